//! Qualification port: REST client with journal, and the wire types.
