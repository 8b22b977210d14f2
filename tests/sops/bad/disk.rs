//! Disks that take no more, or fail.

use std::process::Command;

use tests::kill;

use super::{SECRET, desk, strays};
use crate::desk::Outcome;

#[test]
fn a_write_that_fails_leaves_every_file_whole() {
    let desk = desk();
    let sealed = desk.read("s.enc.yaml");
    let mut refused = 0;
    for error in ["ENOSPC", "EIO"] {
        kill::with_every_write_failing(
            &tests::program::path("flux-sops-age"),
            error,
            |command| {
                desk.configure(command);
                command.args(["rotate", "-i", "s.enc.yaml"]);
            },
            || desk.write("s.enc.yaml", &sealed),
            |point, status| {
                let text = desk.read("s.enc.yaml");
                assert!(matches!(status.code(), Some(0 | 3)), "{point:?}: {status}");
                assert!(status.code() == Some(3) || text != sealed, "{point:?}");
                refused += usize::from(text == sealed);
                assert_eq!(desk.sops(&["decrypt", "s.enc.yaml"]).status, 0, "{point:?}");
                assert_eq!(strays(&desk), Vec::<String>::new(), "{error} {point:?}");
            },
        );
    }
    assert!(refused >= 4, "{refused}");
}

/// Fills what `$0` is mounted on, and does the work there. Left: whether there is a file that was not there.
const FULL: &str = "mount -t tmpfs -o size=256k none disk && cp ./*.yaml .sops.yaml disk && cd disk || exit 99
cat /dev/zero > filler 2>/dev/null
\"$@\"; status=$?
cmp -s s.enc.yaml ../s.enc.yaml || exit 98
test \"$(ls -A)\" = \"$(printf '.sops.yaml\\nfiller\\nplain.enc.yaml\\ns.enc.yaml')\" || { ls -A >&2; exit 97; }
exit $status";

#[test]
fn a_full_disk_changes_nothing() {
    let desk = desk();
    std::fs::create_dir(desk.path("disk")).unwrap();
    desk.write("plain.enc.yaml", SECRET);
    for (arguments, status) in [
        (&["rotate", "-i", "s.enc.yaml"][..], 3),
        (&["unset", "s.enc.yaml", "[\"kind\"]"], 3),
        (&["decrypt", "-i", "s.enc.yaml"], 3),
        (&["decrypt", "--output", "out.yaml", "s.enc.yaml"], 3),
        (&["encrypt", "-i", "plain.enc.yaml"], 3),
        (&["keygen", "-o", "new.txt"], 1),
    ] {
        let mut command = Command::new("unshare");
        desk.configure(&mut command);
        command.args([
            "--user",
            "--map-root-user",
            "--mount",
            "sh",
            "-c",
            FULL,
            "sh",
        ]);
        command
            .arg(tests::program::path("flux-sops-age"))
            .args(arguments);
        let outcome = Outcome::from(command.output().unwrap());
        assert_eq!(outcome.status, status, "{arguments:?}: {}", outcome.stderr);
        assert!(
            outcome.stderr.contains("cannot write") && outcome.stderr.contains("o space left"),
            "{}",
            outcome.stderr
        );
    }
}
