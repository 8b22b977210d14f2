//! Runs what waits for a network. Commands that read files never start it.

use std::future::Future;

use crate::failure::{Context, Exit, Failure, Result};

/// Runs until done, or until Ctrl-C, which drops all that was begun.
///
/// All that travels is handled by this one thread: to hand each piece of an answer to another costs more than to
/// decrypt it. What takes long, such as a large page that is taken apart, has threads of its own.
///
/// # Errors
/// Those of the future, or the interruption.
pub fn run<T>(future: impl Future<Output = Result<T>>) -> Result<T> {
    let runtime = tokio::runtime::Builder::new_current_thread()
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
