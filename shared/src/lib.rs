//! What the plugins share: reading a platform (`source`), what was read (`facts`), judging one
//! object (`health`), what checks are and find (`check`, `finding`, `cause`), and saying it (`render`).
//! And what the key of a repository's secrets needs: `age` (identities and recipients), `sops` (the file
//! format), `secret` (files and text that must not leak) and `decryption` (what a cluster decrypts with).
//!
//! Arrows run one way: source -> facts -> health -> check -> cause -> render.

pub mod age;
pub mod cause;
pub mod check;
pub mod decryption;
pub mod facts;
pub mod failure;
pub mod finding;
pub mod health;
pub mod id;
pub mod kube;
pub mod lexical;
pub mod malformed;
pub mod mask;
pub mod object;
pub mod parallel;
mod protobuf;
pub mod render;
pub mod report;
pub mod secret;
pub mod selector;
pub mod sops;
pub mod source;
pub mod status;
