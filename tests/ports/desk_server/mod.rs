//! The desk over real mutual TLS on 127.0.0.1, with a kiosk and a browser that are written here.

mod attacks;
mod document;

mod kiosks;
mod page;
mod store;
pub mod support;
