//! The desk over real mutual TLS on 127.0.0.1, with a kiosk and a browser that are written here.

mod document;
mod kiosks;
mod store;
mod support;
