//! `flux-sops-age` against the real sops and age: each reads what the other writes.

mod cases;
mod check;
mod desk;
mod documents;
mod keys;
mod random;
mod scalars;
mod stores;
mod verbs;
