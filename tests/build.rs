//! Tells the tests whether the cases of others are at hand, which lie beside the project and are no part of it: without
//! them the tests that judge by these are told as ignored.

use std::path::Path;

fn main() {
    println!("cargo::rustc-check-cfg=cfg(cases_at_hand)");
    println!("cargo::rerun-if-changed=build.rs");
    if Path::new("../../shared").is_dir() {
        println!("cargo::rustc-cfg=cases_at_hand");
    }
}
