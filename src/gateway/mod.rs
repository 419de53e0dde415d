//! The reference gateway: axum, rustls, SQLite, synthetic people, scripted faults.
