//! flux-sops-age.
fn main() {}
