//! The synthetic people and the test card authority, shared by virtual card, gateway and demo.
