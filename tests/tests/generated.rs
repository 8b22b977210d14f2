//! Generated text is committed, and must not be stale. `BLESS=1` writes it anew.

use std::fs;
use std::path::Path;

/// Compares a committed file with what is generated now.
fn fresh(path: &str, text: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(path);
    if std::env::var_os("BLESS").is_some() {
        fs::write(&path, text).unwrap();
    }
    let committed = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        committed == text,
        "{} is stale: BLESS=1 cargo test -p tests --test generated",
        path.display()
    );
}

#[test]
fn the_reference_of_checks_of_keys_is_fresh() {
    fresh(
        "plugins/flux-sops-age/CHECKS.md",
        &flux_sops_age::checks::reference(),
    );
}

#[test]
fn the_reference_of_checks_is_fresh() {
    fresh(
        "plugins/kubectl-platform/CHECKS.md",
        &kubectl_platform::checks::reference(),
    );
}
