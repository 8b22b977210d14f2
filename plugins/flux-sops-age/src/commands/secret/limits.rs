//! What Kubernetes takes as a Secret.

use shared::failure::Result;
use shared::secret::Secret as Bytes;

use super::values::wrong;
use crate::tree::entry_name;

/// How many bytes the values of a Secret may have together:
/// <https://kubernetes.io/docs/concepts/configuration/secret/#restriction-data-size>.
pub(super) const MOST: usize = 1024 * 1024;

/// Refuses what no API server takes.
pub(super) fn check(name: &str, namespace: Option<&str>, values: &[(String, Bytes)]) -> Result<()> {
    if !name.split('.').all(is_label) || name.len() > 253 {
        return Err(
            wrong(&format!("{name:?} is no name of a Secret")).hint("use a-z, 0-9, - and . alone")
        );
    }
    if let Some(namespace) = namespace.filter(|namespace| !is_label(namespace)) {
        return Err(wrong(&format!("{namespace:?} is no name of a namespace"))
            .hint("use a-z, 0-9 and - alone"));
    }
    for (index, (key, _)) in values.iter().enumerate() {
        if !entry_name::is_allowed(key) {
            return Err(wrong(&format!("{key:?} is no key of a Secret")));
        }
        if values[..index].iter().any(|(other, _)| other == key) {
            return Err(wrong(&format!("the key {key} is given twice")));
        }
    }
    let size: usize = values.iter().map(|(_, value)| value.bytes().len()).sum();
    if size > MOST {
        return Err(wrong(&format!(
            "the values are too large for a Secret, which holds 1 MiB: {size} bytes"
        )));
    }
    Ok(())
}

/// A label of RFC 1123.
fn is_label(text: &str) -> bool {
    let is_inner = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    (1..=63).contains(&text.len())
        && text.bytes().all(is_inner)
        && !text.starts_with('-')
        && !text.ends_with('-')
}
