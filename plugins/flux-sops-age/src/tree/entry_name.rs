//! Names of the entries of Secrets and ConfigMaps.

/// The longest name, in bytes.
const MOST: usize = 253;

/// Whether Kubernetes takes it.
/// See <https://kubernetes.io/docs/concepts/configuration/secret/#restriction-names-data>.
pub(crate) fn is_allowed(name: &str) -> bool {
    let is_inner = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
    (1..=MOST).contains(&name.len())
        && name.bytes().all(is_inner)
        && name != "."
        && !name.starts_with("..")
}
