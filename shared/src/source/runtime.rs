//! Runs what waits for a network. Commands that read files never start it.

use std::future::Future;

use crate::failure::{Context, Exit, Failure, Result};

/// Runs until done, or until Ctrl-C, which drops all that was begun.
///
/// # Errors
/// Those of the future, or the interruption.
pub fn run<T>(future: impl Future<Output = Result<T>>) -> Result<T> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .context("cannot start")?;
    let result = runtime.block_on(async {
        tokio::select! {
            result = future => result,
            Ok(()) = tokio::signal::ctrl_c() => Err(Failure::new("interrupted").exit(Exit::Interrupted)),
        }
    });
    // A credential plugin or a name server that does not answer must not keep us.
    runtime.shutdown_background();
    result
}
