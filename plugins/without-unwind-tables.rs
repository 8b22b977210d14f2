//! Makes released programs small: without the tables for unwinding, for a panic ends them at once, and with functions of
//! the same code made one.

#![expect(clippy::print_stdout, reason = "cargo reads it")]

use std::env;
use std::path::PathBuf;
use std::process::Command;

fn main() {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/../without-unwind-tables.ld");
    println!("cargo::rerun-if-changed={script}");
    let variable = |name: &str| env::var(name).unwrap_or_default();
    let is_released =
        variable("PROFILE") == "release" && variable("CARGO_CFG_TARGET_OS") == "linux";
    if is_released {
        println!("cargo::rustc-link-arg-bins=-Wl,-T,{script}");
    }
    if is_released && is_linked_by_lld() {
        println!("cargo::rustc-link-arg-bins=-Wl,--icf=all");
    }
    // The C library must know these: musl's comes with the compiler, others may be older than it.
    if is_released && variable("CARGO_CFG_TARGET_ENV") == "musl" {
        println!("cargo::rustc-link-arg-bins=-Wl,-z,pack-relative-relocs");
    }
}

/// Whether the linker is the one that comes with the compiler, as for this target it is unless somebody chose another.
/// Others may not know how to make functions one.
fn is_linked_by_lld() -> bool {
    const TARGET: &str = "x86_64-unknown-linux-gnu";
    let is_chosen = env::var("CARGO_ENCODED_RUSTFLAGS").is_ok_and(|flags| flags.contains("link"))
        || env::var_os("RUSTC_LINKER").is_some();
    let is_host = ["TARGET", "HOST"]
        .iter()
        .all(|name| env::var(name).is_ok_and(|value| value == TARGET));
    let rustc = env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let sysroot = Command::new(rustc).args(["--print", "sysroot"]).output();
    let sysroot = sysroot.map(|output| String::from_utf8_lossy(&output.stdout).trim().to_owned());
    let lld = sysroot.map(|sysroot| {
        let own = format!("lib/rustlib/{TARGET}/bin/gcc-ld/ld.lld");
        PathBuf::from(sysroot).join(own)
    });
    is_host && !is_chosen && lld.is_ok_and(|lld| lld.exists())
}
