//! `flux-sops-age` against the real sops and age: each reads what the other writes.

#[cfg(target_os = "linux")]
mod bad;
mod below;
#[cfg(target_os = "linux")]
mod canaries;
mod cases;
mod check;
mod comments;
mod corpus;
mod desk;
mod documents;
#[cfg(target_os = "linux")]
mod edits;
mod hints;
mod hook;
#[cfg(target_os = "linux")]
mod interrupted;
mod joined;
mod keys;
#[cfg(target_os = "linux")]
mod kills;
#[cfg(target_os = "linux")]
mod locked;
#[cfg(unix)]
mod modes;
#[cfg(unix)]
mod parallel;
mod piped;
mod properties;
mod random;
mod rules;
mod scalars;
mod secrets;
mod sets;
mod stores;
mod told;
mod unheard;
mod verbs;
