//! Face engine port: detect, align, embed, liveness, on tract.
