//! Cases of our own: small objects, each with its verdict.
