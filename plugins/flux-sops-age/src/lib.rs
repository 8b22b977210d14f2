//! `flux sops-age`: its command line and its verbs.

mod batch;
mod cli;
mod commands;
mod old_forms;
mod prompt;
mod run;
mod session;
mod targets;

pub use run::main;
