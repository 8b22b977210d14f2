//! kubectl-platform.
fn main() {}
