//! Keys of all kinds, made by one program and used by the other.

use std::process::Command;

use tests::parts::part;

use crate::desk::Desk;

#[test]
fn post_quantum_keys_work_both_ways() {
    let desk = Desk::with_key(&["-pq"]);
    assert!(desk.recipient.starts_with("age1pq1"));
    desk.write("a.yaml", "a: secret\n");
    let found = desk.both_ways("a.yaml", &[]);
    assert_eq!(found.sops_of_ours, b"a: secret\n");
    assert_eq!(found.ours_of_sops, b"a: secret\n");
}

#[test]
fn keys_that_we_make_are_keys_to_age() {
    let desk = Desk::new();
    for (arguments, file) in [
        (&["keygen", "-o", "x"][..], "x"),
        (&["keygen", "--pq", "-o", "pq"][..], "pq"),
    ] {
        let made = desk.ours(arguments);
        assert_eq!(made.status, 0, "{}", made.stderr);
        let ours = desk.ours(&["keygen", "-y", file]).text();
        let theirs = Command::new(part("age-keygen"))
            .arg("-y")
            .arg(desk.path(file))
            .output()
            .unwrap();
        assert_eq!(String::from_utf8(theirs.stdout).unwrap(), ours);
        assert!(made.stderr.contains(ours.trim()));
        assert!(desk.read(file).contains(&format!("# public key: {ours}")));
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = std::fs::metadata(desk.path(file))
                .unwrap()
                .permissions()
                .mode();
            assert_eq!(mode & 0o777, 0o600);
        }
        let before = desk.read(file);
        assert_eq!(desk.ours(arguments).status, 1);
        assert_eq!(desk.read(file), before);
    }
}

#[test]
fn ssh_keys_open_files_both_ways() {
    let desk = Desk::new();
    let ssh = desk.path(".ssh");
    std::fs::create_dir(&ssh).unwrap();
    for kind in ["ed25519", "rsa"] {
        let key = ssh.join(format!("id_{kind}"));
        let made = Command::new("ssh-keygen")
            .args(["-q", "-t", kind, "-N", "", "-C", "", "-f"])
            .arg(&key)
            .status()
            .unwrap();
        assert!(made.success());
        let public = std::fs::read_to_string(key.with_extension("pub")).unwrap();
        desk.write("a.yaml", "a: secret\n");
        for (one, other) in [(true, false), (false, true)] {
            let run = |ours: bool, arguments: &[&str]| {
                if ours {
                    desk.ours(arguments)
                } else {
                    desk.sops(arguments)
                }
            };
            let sealed = run(one, &["encrypt", "--age", public.trim(), "a.yaml"]).text();
            desk.write("e.yaml", sealed);
            std::fs::rename(desk.path("key.txt"), desk.path("away")).unwrap();
            assert_eq!(
                run(other, &["decrypt", "e.yaml"]).text(),
                "a: secret\n",
                "{kind}"
            );
            std::fs::rename(desk.path("away"), desk.path("key.txt")).unwrap();
        }
    }
}

#[test]
fn identities_are_found_in_every_place_that_sops_knows() {
    let desk = Desk::new();
    desk.write("a.yaml", "a: secret\n");
    let sealed = desk
        .sops(&["encrypt", "--age", &desk.recipient, "a.yaml"])
        .text();
    desk.write("e.yaml", sealed);
    let key = desk.read("key.txt");
    let identity = key.lines().last().unwrap();
    let ours = tests::program::path("flux-sops-age");
    let opens = |name: &str, value: &str| {
        let output = desk
            .command(&ours)
            .env_remove("SOPS_AGE_KEY_FILE")
            .env(name, value)
            .args(["decrypt", "e.yaml"])
            .output()
            .unwrap();
        (output.status.code().unwrap(), output.stdout)
    };
    let other = desk.ours(&["keygen"]).text();
    let other = other.lines().last().unwrap();
    let secret = (0, b"a: secret\n".to_vec());
    assert_eq!(opens("SOPS_AGE_KEY", identity), secret);
    assert_eq!(
        opens("SOPS_AGE_KEY", &format!("{other} {identity}")),
        secret
    );
    assert_eq!(opens("SOPS_AGE_KEY_FILE", "key.txt"), secret);
    assert_eq!(opens("SOPS_AGE_KEY_CMD", "cat key.txt"), secret);
    desk.write(
        "for.sh",
        "test \"$SOPS_AGE_RECIPIENT\" = \"$1\" && cat key.txt",
    );
    assert_eq!(
        opens("SOPS_AGE_KEY_CMD", &format!("sh for.sh {}", desk.recipient)),
        secret
    );
    std::fs::create_dir_all(desk.path("conf/sops/age")).unwrap();
    desk.write("conf/sops/age/keys.txt", &key);
    assert_eq!(
        opens("XDG_CONFIG_HOME", desk.path("conf").to_str().unwrap()),
        secret
    );
    assert_eq!(opens("SOPS_AGE_KEY", other).0, 128);
    assert_eq!(opens("SOPS_AGE_KEY", "AGE-SECRET-KEY-1BROKEN").0, 128);
}
