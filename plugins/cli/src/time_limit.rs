//! How long something may take, as one writes it.

use std::time::Duration;

use shared::facts::time::go_duration;

/// Reads a time limit.
///
/// # Errors
/// When it is none, in words for whoever wrote it.
pub fn parse(text: &str) -> Result<Duration, String> {
    let limit = go_duration(text).and_then(|limit| Duration::try_from(limit).ok());
    limit.ok_or_else(|| "write it as 30s, 5m or 1h".to_owned())
}
