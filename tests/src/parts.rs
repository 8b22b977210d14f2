//! The real programs that tests start.

use std::path::{Path, PathBuf};

/// The path of a real program, such as `kube-apiserver`, `kubectl` or `sops`.
///
/// # Panics
///
/// When `tests/parts/build` has not built it.
pub fn part(program: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../target/parts")
        .join(program);
    match path.canonicalize() {
        Ok(path) => path,
        Err(_) => panic!("{program} is not built: run tests/parts/build"),
    }
}
