//! Message look-up: Fluent files of `locales/`, embedded.
