//! Leaves the tables for unwinding out of released programs, where a panic ends them at once.

#![expect(clippy::print_stdout, reason = "cargo reads it")]

use std::env;

fn main() {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/../without-unwind-tables.ld");
    println!("cargo::rerun-if-changed={script}");
    let variable = |name: &str| env::var(name).unwrap_or_default();
    let is_released =
        variable("PROFILE") == "release" && variable("CARGO_CFG_TARGET_OS") == "linux";
    if is_released {
        println!("cargo::rustc-link-arg-bins=-Wl,-T,{script}");
    }
    // The C library must know these: musl's comes with the compiler, others may be older than it.
    if is_released && variable("CARGO_CFG_TARGET_ENV") == "musl" {
        println!("cargo::rustc-link-arg-bins=-Wl,-z,pack-relative-relocs");
    }
}
