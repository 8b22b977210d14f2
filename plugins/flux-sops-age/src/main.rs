//! `flux sops-age`: the life of the key that Flux decrypts with.

use std::process::ExitCode;

fn main() -> ExitCode {
    flux_sops_age::main()
}
