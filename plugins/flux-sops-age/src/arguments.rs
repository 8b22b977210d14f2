//! Arguments that verbs share, by sops's own names for what sops has too.

use std::path::PathBuf;

use clap::Args;
use shared::age::Identity;
use shared::failure::{Context, Result};

/// Flags that any verb takes.
#[derive(Debug, Args)]
#[command(next_help_heading = "Global Options")]
pub(crate) struct Global {
    /// Read this configuration, instead of the next .sops.yaml upward
    #[arg(
        long,
        value_name = "FILE",
        env = "SOPS_CONFIG",
        global = true,
        hide_env_values = true
    )]
    pub(crate) config: Option<PathBuf>,

    /// Indent YAML and JSON that is written anew by so many spaces
    #[arg(long, value_name = "SPACES", global = true)]
    pub(crate) indent: Option<usize>,

    /// Say more of what is done
    #[arg(short, long, global = true)]
    pub(crate) verbose: bool,
}

/// Which files.
#[derive(Debug, Args)]
pub(crate) struct Files {
    /// Files and folders; of a folder, all that .sops.yaml covers
    #[arg(value_name = "FILE")]
    pub(crate) paths: Vec<PathBuf>,

    /// All files that .sops.yaml covers
    #[arg(long, conflicts_with = "paths")]
    pub(crate) all: bool,
}

/// In which format files are read and written.
#[derive(Debug, Args)]
pub(crate) struct Formats {
    /// The format of the file, whatever its name says
    #[arg(long, value_name = "yaml|json|dotenv|ini|binary")]
    pub(crate) input_type: Option<String>,

    /// The format to write
    #[arg(long, value_name = "yaml|json|dotenv|ini|binary")]
    pub(crate) output_type: Option<String>,
}

/// What kind of key a new one is.
#[derive(Debug, Args)]
pub(crate) struct NewKey {
    /// Make a post-quantum key (Flux 2.9 and later read it)
    #[arg(long)]
    pq: bool,
}

impl NewKey {
    /// Makes one.
    ///
    /// # Errors
    /// When the system gives no random bytes.
    pub(crate) fn make(&self) -> Result<Identity> {
        if self.pq {
            Identity::generate_post_quantum().context("cannot make a key")
        } else {
            Ok(Identity::generate())
        }
    }
}
