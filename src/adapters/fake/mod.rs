//! Scriptable twins of every port, shipped, used by demo and tests.
