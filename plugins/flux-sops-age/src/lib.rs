//! `flux sops-age`: its command line and its verbs.

mod arguments;
mod backup;
mod batch;
pub mod checks;
mod cli;
mod cluster;
mod coded;
mod commands;
mod interrupt;
mod io;
mod key_file;
mod offers;
mod old_forms;
mod prompt;
mod repository;
mod run;
mod seen;
mod session;
mod shell;
mod targets;
mod tree;

pub use run::main;
