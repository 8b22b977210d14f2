//! Arguments that verbs share: kubectl's own names for what kubectl has too.

pub(crate) mod config;
mod scope;
mod source;
mod wait;

pub(crate) use config::ConfigArgs;
pub(crate) use scope::ScopeArgs;
pub(crate) use source::SourceArgs;
pub(crate) use wait::WaitArgs;
