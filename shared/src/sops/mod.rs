//! Files that [sops](https://getsops.io) encrypts, read and written here.
//!
//! A file goes through these hands:
//!
//! ```text
//! bytes -> format -> tree (values, comments, sites) + sops block -> metadata
//!                      |  data_key: an identity opens it
//!                      v
//!                    crypt: walks the tree by the rule (scope), deciphers (cipher), hashes (mac)
//!                      |
//!                      v
//!           yaml: replaced at its sites | json, dotenv, ini, binary: written anew -> bytes
//! ```
//!
//! The same walk the other way encrypts. What is not understood (recipients of other kinds, fields of later
//! versions) passes through untouched.

pub mod binary;
mod block;
pub mod cipher;
pub mod crypt;
pub mod data_key;
mod decimal;
pub mod document;
pub mod dotenv;
pub mod exit;
pub mod extract;
pub mod file;
pub mod flat;
pub mod format;
pub mod ini;
pub mod json;
pub mod mac;
mod marks;
pub mod metadata;
pub mod path;
pub mod pattern;
pub mod recipients;
pub mod rules;
pub mod scalar;
pub mod scope;
pub mod shamir;
pub mod text;
pub mod time;
pub mod tree;
pub mod walk;
pub mod yaml;

pub use document::{Document, Layout};
pub use format::Format;
pub use marks::looks_encrypted;
pub use metadata::Metadata;
