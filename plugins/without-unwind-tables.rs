//! Leaves the tables for unwinding out of released programs, where a panic ends them at once.

use std::env;

fn main() {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/../without-unwind-tables.ld");
    println!("cargo::rerun-if-changed={script}");
    let is = |name: &str, value: &str| env::var(name).is_ok_and(|given| given == value);
    // Neither other systems nor musl's own objects are linked with scripts like this one.
    let takes_scripts = is("CARGO_CFG_TARGET_OS", "linux") && is("CARGO_CFG_TARGET_ENV", "gnu");
    if takes_scripts && is("PROFILE", "release") {
        println!("cargo::rustc-link-arg-bins=-Wl,-T,{script}");
    }
}
