//! Waiting for what takes its time.

use std::time::{Duration, Instant};

/// How long anything may take. A test that waits this long is broken, however slow the machine.
const DEADLINE: Duration = Duration::from_secs(180);

/// Asks again and again until there is an answer.
///
/// # Panics
///
/// After three minutes, with `what` was waited for and why the last attempt was no answer.
pub fn eventually<T>(what: &str, mut ask: impl FnMut() -> Result<T, String>) -> T {
    let start = Instant::now();
    loop {
        match ask() {
            Ok(answer) => return answer,
            Err(why) if start.elapsed() > DEADLINE => panic!("waited in vain for {what}: {why}"),
            Err(_) => std::thread::sleep(Duration::from_millis(50)),
        }
    }
}
