//! `kubectl platform`: does the platform work, and what is to be fixed first.

use std::process::ExitCode;

fn main() -> ExitCode {
    kubectl_platform::main()
}
