//! The names in a Secret that Flux looks for keys at.
//!
//! See <https://fluxcd.io/flux/components/kustomize/kustomizations/#decryption>.

use super::SUFFIX;

/// Entries for Vault and the clouds' key services.
const SERVICES: [&str; 4] = [
    "sops.vault-token",
    "sops.aws-kms",
    "sops.azure-kv",
    "sops.gcp-kms",
];

/// Whether Flux takes age keys of an entry with this name.
pub fn is_of_age(name: &str) -> bool {
    name.ends_with(SUFFIX)
}

/// Whether Flux takes a key of an entry with this name.
pub fn is_looked_at(name: &str) -> bool {
    is_of_age(name) || name.ends_with(".asc") || SERVICES.contains(&name)
}
