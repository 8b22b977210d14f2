//! Sessions: what a person types, and the very output, in Markdown.
//!
//! Each `console` block runs in one shell, in a folder of its own beside copies of `tests/cli/files`;
//! `$ ` starts a command, `> ` goes on with it. `SNAPSHOTS=overwrite` writes what is really printed.
#![cfg(unix)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use snapbox::{Data, assert_data_eq};

const END: &str = "<<the command ended>>\n";

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .unwrap()
        .into()
}

/// Folders that commands are found in: the plugin, and a kubectl that only calls plugins, as the
/// real one does (that it does so is another test's matter).
fn path_with_plugins(folder: &Path) -> String {
    let kubectl = folder.join("kubectl");
    let script = "#!/bin/sh\nverb=$1; shift; exec \"kubectl-$verb\" \"$@\"\n";
    fs::write(&kubectl, script).unwrap();
    let mut rights = fs::metadata(&kubectl).unwrap().permissions();
    std::os::unix::fs::PermissionsExt::set_mode(&mut rights, 0o755);
    fs::set_permissions(&kubectl, rights).unwrap();
    let built = tests::program::path("kubectl-platform");
    format!(
        "{}:{}:{}",
        folder.display(),
        built.parent().unwrap().display(),
        std::env::var("PATH").unwrap()
    )
}

/// Runs the commands of one block, and returns the block as it really went.
fn replay(commands: &[Vec<&str>], folder: &Path) -> String {
    let mut script = String::from("exec 2>&1\n");
    for command in commands {
        let command = command.join("\n");
        script.push_str(&format!(
            "{command}\nstatus=$?\nprintf %s '{END}'\n(exit $status)\n"
        ));
    }
    let home = tempfile::tempdir().unwrap();
    let output = Command::new("bash")
        .args(["-c", &script])
        .current_dir(folder)
        .env_clear()
        .env("PATH", path_with_plugins(home.path()))
        .env("HOME", home.path())
        .env("COLUMNS", "80")
        .env("LC_ALL", "C.UTF-8")
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let printed = String::from_utf8(output.stdout).unwrap();
    let mut printed = printed.split(END);
    let mut block = String::new();
    for command in commands {
        block.push_str(&format!("$ {}\n", command.join("\n> ")));
        let text = printed.next().unwrap_or_default();
        block.push_str(text);
        if !text.is_empty() && !text.ends_with('\n') {
            block.push_str("(no line end)\n");
        }
    }
    block
}

/// A Markdown file with the outputs of its sessions as they really are.
fn really(text: &str, folder: &Path) -> String {
    let mut real = String::new();
    let mut commands: Option<Vec<Vec<&str>>> = None;
    for line in text.lines() {
        match &mut commands {
            None => {
                real.push_str(line);
                real.push('\n');
                commands = (line == "```console").then(Vec::new);
            }
            Some(block) if line == "```" => {
                real.push_str(&replay(block, folder));
                real.push_str("```\n");
                commands = None;
            }
            Some(block) => {
                if let Some(command) = line.strip_prefix("$ ") {
                    block.push(vec![command]);
                } else if let (Some(more), Some(command)) =
                    (line.strip_prefix("> "), block.last_mut())
                {
                    command.push(more);
                }
            }
        }
    }
    assert!(commands.is_none(), "a block without an end");
    real
}

fn check(path: &Path, folder: &Path) {
    let text =
        fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    assert!(
        text.contains("\n```console\n"),
        "{}: no session",
        path.display()
    );
    assert_data_eq!(really(&text, folder), Data::read_from(path, None).raw());
}

#[test]
fn sessions() {
    let folder = root().join("tests/cli");
    let mut paths: Vec<_> = fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    paths.retain(|path| path.extension().is_some_and(|suffix| suffix == "md"));
    assert!(!paths.is_empty());
    for path in paths {
        check(&path, &folder.join("files"));
    }
}
#[test]
fn readme() {
    check(&root().join("README.md"), &root());
}
