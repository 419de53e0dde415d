//! Clock port: the system's clocks, and a fixed one for tests and walks.
