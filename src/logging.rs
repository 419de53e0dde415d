//! Logging to standard error; never a secret, never personal data.
