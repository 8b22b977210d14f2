//! The keys that the owner of a tree has.

use std::path::PathBuf;

use tempfile::TempDir;
use tests::checkout::Checkout;

/// The public ones, in their order.
pub(super) fn public(checkout: &Checkout) -> Vec<String> {
    let text = std::fs::read_to_string(checkout.key_file()).unwrap();
    let public = text
        .lines()
        .filter_map(|line| line.strip_prefix("# public key: "));
    public.map(str::to_owned).collect()
}

/// Each private one in a file of its own.
pub(super) fn apart(checkout: &Checkout, folder: &TempDir) -> Vec<PathBuf> {
    let text = std::fs::read_to_string(checkout.key_file()).unwrap();
    let private = text
        .lines()
        .filter(|line| line.starts_with("AGE-SECRET-KEY-"));
    private
        .enumerate()
        .map(|(index, line)| {
            let path = folder.path().join(format!("{index}.txt"));
            std::fs::write(&path, line).unwrap();
            path
        })
        .collect()
}
