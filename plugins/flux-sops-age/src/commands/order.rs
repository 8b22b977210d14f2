//! `--decryption-order`: accepted as in sops; only age keys are opened here, so that it changes nothing.

use shared::failure::{Failure, Result};
use shared::sops::exit;

/// Refuses an order that names a kind twice.
///
/// # Errors
/// When a kind stands in it twice.
pub(super) fn check(order: Option<&str>) -> Result<()> {
    let kinds: Vec<&str> = order.unwrap_or_default().split(',').collect();
    match (1..kinds.len()).find(|at| kinds[..*at].contains(&kinds[*at])) {
        Some(at) => Err(Failure::new(format!(
            "the decryption order names a kind twice: {}",
            kinds[at]
        ))
        .exit(exit::DUPLICATE_ORDER)),
        None => Ok(()),
    }
}
