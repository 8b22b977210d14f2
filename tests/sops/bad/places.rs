//! Files that are read-only, links, pipes or somebody else's.

use std::os::unix::fs::PermissionsExt;
use std::process::Command;

use super::{SECRET, desk, refused};
use crate::desk::Outcome;

#[test]
fn a_file_that_would_stay_plain_under_another_name_is_refused() {
    let desk = desk();
    desk.write("p.enc.yaml", SECRET);
    std::fs::hard_link(desk.path("p.enc.yaml"), desk.path("copy.yaml")).unwrap();
    let encrypt = ["encrypt", "-i", "p.enc.yaml"];
    refused(
        &desk,
        "p.enc.yaml",
        &encrypt,
        3,
        &["2 names", "find . -samefile"],
    );
    std::fs::remove_file(desk.path("copy.yaml")).unwrap();
    assert_eq!(desk.ours(&encrypt).status, 0);
    // What is encrypted under the other one may stay, but that is said.
    std::fs::hard_link(desk.path("p.enc.yaml"), desk.path("copy.yaml")).unwrap();
    for arguments in [
        &["rotate", "-i", "p.enc.yaml"][..],
        &["set", "copy.yaml", "[\"kind\"]", "\"x\""],
    ] {
        let outcome = desk.ours(arguments);
        let said = outcome.stderr.contains("has 2 names (hard links)");
        assert_eq!((outcome.status, said), (0, true), "{}", outcome.stderr);
        std::fs::remove_file(desk.path("copy.yaml")).unwrap();
        std::fs::hard_link(desk.path("p.enc.yaml"), desk.path("copy.yaml")).unwrap();
    }
}

#[test]
fn links_out_of_the_tree_are_not_followed_unless_named() {
    let desk = desk();
    let outside = tempfile::tempdir().unwrap();
    let file = outside.path().join("o.enc.yaml");
    std::fs::write(&file, SECRET).unwrap();
    std::os::unix::fs::symlink(&file, desk.path("link.enc.yaml")).unwrap();
    std::os::unix::fs::symlink(outside.path(), desk.path("folder")).unwrap();
    std::os::unix::fs::symlink(desk.path("."), desk.path("round")).unwrap();
    assert_eq!(desk.ours(&["encrypt", "-i", "--all"]).status, 0);
    assert_eq!(std::fs::read_to_string(&file).unwrap(), SECRET);
    // A link that is named is a file like any other: its target is replaced, and it stays a link, as in sops.
    assert_eq!(desk.ours(&["encrypt", "-i", "link.enc.yaml"]).status, 0);
    assert!(std::fs::read_to_string(&file).unwrap().contains("ENC["));
    assert!(
        std::fs::symlink_metadata(desk.path("link.enc.yaml"))
            .unwrap()
            .is_symlink()
    );
    // One that leads nowhere.
    std::os::unix::fs::symlink("nowhere", desk.path("dangling.enc.yaml")).unwrap();
    let outcome = desk.ours(&["decrypt", "dangling.enc.yaml"]);
    assert_eq!(outcome.status, 100, "{}", outcome.stderr);
    assert!(
        outcome.stderr.contains("dangling.enc.yaml: no such file"),
        "{}",
        outcome.stderr
    );
}

#[test]
fn read_only_files_stay_as_they_are() {
    let desk = desk();
    let file = desk.path("s.enc.yaml");
    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o444)).unwrap();
    for arguments in [
        &["decrypt", "-i", "s.enc.yaml"][..],
        &["rotate", "-i", "s.enc.yaml"],
        &["unset", "s.enc.yaml", "[\"kind\"]"],
    ] {
        refused(
            &desk,
            "s.enc.yaml",
            arguments,
            3,
            &["cannot write s.enc.yaml", "read-only"],
        );
    }
    // Rights of a file that is replaced stay.
    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o640)).unwrap();
    assert_eq!(desk.ours(&["rotate", "-i", "s.enc.yaml"]).status, 0);
    assert_eq!(
        std::fs::metadata(&file).unwrap().permissions().mode() & 0o777,
        0o640
    );
}

#[test]
fn what_is_no_file_is_written_to() {
    let desk = desk();
    let plain = desk.ours(&["decrypt", "s.enc.yaml"]).text();
    let decrypt = |name: &str| desk.ours(&["decrypt", "--output", name, "s.enc.yaml"]);
    assert_eq!(decrypt("/dev/stdout").text(), plain);
    // A pipe stays one, and whoever reads it gets all.
    let made = Command::new("mkfifo").arg(desk.path("pipe")).status();
    assert!(made.unwrap().success());
    let mut reader = Command::new("cat");
    reader
        .arg(desk.path("pipe"))
        .stdout(std::process::Stdio::piped());
    let reader = reader.spawn().unwrap();
    assert_eq!(decrypt("pipe").text(), "");
    let read = reader.wait_with_output().unwrap();
    assert_eq!(String::from_utf8(read.stdout).unwrap(), plain);
    // Standard output may be a file that others write to, too.
    let log = std::fs::File::create(desk.path("log")).unwrap();
    let mut command = desk.program(true);
    command.args(["decrypt", "--output", "/dev/stdout", "s.enc.yaml"]);
    assert!(
        command
            .stdout(log.try_clone().unwrap())
            .status()
            .unwrap()
            .success()
    );
    assert_eq!(log.metadata().unwrap().len(), plain.len() as u64);
    // An administrator has files of others and devices.
    let script = "mount -t tmpfs none disk && mknod disk/null c 1 3 2>/dev/null || exit 0
\"$@\" && test -c disk/null";
    std::fs::create_dir(desk.path("disk")).unwrap();
    let mut command = Command::new("unshare");
    desk.configure(&mut command);
    command
        .args(["--mount", "sh", "-c", script, "sh"])
        .arg(tests::program::path("flux-sops-age"))
        .args(["decrypt", "--output", "disk/null", "s.enc.yaml"]);
    // Where nobody is one, there is nothing to see.
    let outcome = Outcome::from(command.output().unwrap());
    let denied = outcome.stderr.contains("unshare");
    assert!(outcome.status == 0 || denied, "{}", outcome.stderr);
}

#[test]
fn a_file_stays_its_owners() {
    use std::os::unix::fs::{MetadataExt, chown};
    let desk = desk();
    let file = desk.path("s.enc.yaml");
    let me = std::fs::metadata(&file).unwrap();
    // Only an administrator has files that are somebody else's.
    if chown(&file, Some(me.uid() + 4321), Some(me.gid() + 4321)).is_err() {
        return;
    }
    assert_eq!(desk.ours(&["rotate", "-i", "s.enc.yaml"]).status, 0);
    let now = std::fs::metadata(&file).unwrap();
    assert_eq!((now.uid(), now.gid()), (me.uid() + 4321, me.gid() + 4321));
}
