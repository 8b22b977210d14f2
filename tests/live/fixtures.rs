//! Fixtures are objects that a cluster could really hold.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use tests::control_plane::ControlPlane;
use tests::objects::objects;
use tests::program::outcome;

/// The first words of a fixture that no cluster would take, on purpose.
const INVALID: &str = "# fixture: invalid";

/// The folders with fixtures.
const FOLDERS: [&str; 2] = ["checks", "examples"];

/// All fixtures, by their path.
fn fixtures() -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    let mut folders: Vec<PathBuf> = FOLDERS.map(|folder| tests_folder().join(folder)).into();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).into_iter().flatten() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|end| end == "yaml") {
                let text = fs::read_to_string(&path).unwrap();
                found.push((path, text));
            }
        }
    }
    found.retain(|(_, text)| !text.starts_with(INVALID));
    assert!(!found.is_empty(), "no fixtures");
    found
}

fn tests_folder() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn the_api_server_would_take_their_built_in_kinds() {
    let plane = ControlPlane::shared();
    let mut wrong = Vec::new();
    // Ports are given away once all else was looked at, and a Service of another test may have this one.
    let is_wrong = |why: &String| !why.ends_with("provided port is already allocated");
    for (path, text) in fixtures() {
        for why in plane.refusals(&objects(&text)).into_iter().filter(is_wrong) {
            wrong.push(format!("{}: {why}", path.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
#[cfg_attr(not(cases_at_hand), ignore = "the cases of others are not at hand")]
fn the_real_definitions_would_take_their_custom_kinds() {
    // The definitions are not part of this repository: they belong to their projects.
    let judge = tests_folder().join("../../shared/check-fixtures");
    let folders = FOLDERS.map(|folder| tests_folder().join(folder));
    let judged = outcome(Command::new("python3").arg(judge).args(folders));
    assert_eq!(judged.status, Some(0), "{}{}", judged.stdout, judged.stderr);
}
