//! Which namespaces are reported.

use clap::Args;
use clap_complete::engine::ArgValueCandidates;
use cli::complete::namespaces;

/// What is reported.
#[derive(Debug, Args)]
pub(crate) struct ScopeArgs {
    /// Report only this namespace, and the causes of that wherever they are
    #[arg(short, long, value_name = "NAMESPACE", add = ArgValueCandidates::new(namespaces))]
    pub(crate) namespace: Option<String>,

    /// Report all namespaces, which is the default
    #[arg(short = 'A', long, conflicts_with = "namespace")]
    pub(crate) all_namespaces: bool,
}
