//! `kubectl platform`: its command line, its verbs, its checks, and the components it knows.

mod arguments;
pub mod checks;
mod cli;
mod commands;
mod complete;
pub mod components;
mod output;
mod progress;
mod rights;
mod run;

pub use run::main;
