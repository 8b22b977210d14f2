//! `kubectl platform`: its command line, its verbs and its checks.

pub mod checks;
mod cli;
mod commands;
mod complete;
mod output;
mod run;

pub use run::main;
