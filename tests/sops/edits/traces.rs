//! What `edit` leaves behind: nothing.

use std::path::Path;
use std::process::{Command, Stdio};

use tests::wait::eventually;

use super::Editing;
use crate::desk::Outcome;

#[test]
fn plain_text_lies_in_memory_and_is_its_owners_alone() {
    let editing = Editing::new(
        "stat -c '%a' \"$1\" > seen; stat -c '%a' \"$(dirname \"$1\")\" >> seen; stat -f -c %T \"$1\" >> seen; echo \"$1\" >> seen",
    );
    assert_eq!(editing.ours(&["edit", "e.yaml"]).status, 200);
    let seen = editing.desk.read("seen");
    let seen: Vec<&str> = seen.lines().collect();
    assert_eq!(seen[..3], ["600", "700", "tmpfs"], "{seen:?}");
    assert!(seen[3].ends_with("/e.yaml"));
    assert!(!Path::new(seen[3]).parent().unwrap().exists());
}

#[test]
fn plain_text_is_gone_on_every_exit() {
    let editing = Editing::new("echo \"$1\" > seen.new; mv seen.new seen; exec sleep 60");
    for signal in ["INT", "TERM", "HUP", "KILL"] {
        let _ = std::fs::remove_file(editing.desk.path("seen"));
        let mut running = editing
            .command(true, &["edit", "e.yaml"])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let seen = editing.desk.path("seen");
        eventually("the editor", || {
            seen.exists()
                .then_some(())
                .ok_or("it does not run".to_owned())
        });
        let file = editing.desk.read("seen");
        let folder = Path::new(file.trim()).parent().unwrap().to_owned();
        assert!(folder.exists());
        let sent = Command::new("kill")
            .args(["-s", signal, &running.id().to_string()])
            .status()
            .unwrap();
        assert!(sent.success());
        running.wait().unwrap();
        eventually(&format!("the end after SIG{signal}"), || {
            (!folder.exists())
                .then_some(())
                .ok_or(format!("{} is there", folder.display()))
        });
        assert_eq!(editing.desk.read("e.yaml"), editing.sealed, "{signal}");
    }
    // And where the editor itself is what fails.
    editing
        .desk
        .write("editor.sh", "echo \"$1\" > seen; kill -9 $$");
    assert_eq!(editing.ours(&["edit", "e.yaml"]).status, 201);
    assert!(
        !Path::new(editing.desk.read("seen").trim())
            .parent()
            .unwrap()
            .exists()
    );
}

#[test]
fn the_editor_is_not_given_private_keys() {
    let editing = Editing::new("env > seen");
    let key = editing.desk.read("key.txt");
    let key = key.lines().last().unwrap();
    let mut command = editing.command(true, &["edit", "e.yaml"]);
    command
        .env_remove("SOPS_AGE_KEY_FILE")
        .env("SOPS_AGE_KEY", key);
    assert_eq!(Outcome::from(command.output().unwrap()).status, 200);
    let seen = editing.desk.read("seen");
    assert!(
        seen.contains("EDITOR=") && !seen.contains("AGE-SECRET-KEY"),
        "{seen}"
    );
}
