//! Which files of a tree a rotation takes.

use tests::checkout::Checkout;

use super::REDIS;
use super::desk::Desk;

const BROKEN: &str = "gitops/apps/b.enc.yaml";

#[test]
fn what_git_ignores_and_texts_about_encrypted_files_stay_as_they_are() {
    let desk = Desk::new();
    let checkout = &desk.checkout;
    let sealed = checkout.read(REDIS);
    checkout.write(".gitignore", "local.enc.yaml\n");
    checkout.write("local.enc.yaml", &sealed);
    let (_, block) = sealed.split_once("stringData:").unwrap();
    let manual = format!("# Secrets\n\nAn encrypted file looks like this:\n\n```yaml{block}```\n");
    checkout.write("docs/secrets.md", &manual);
    desk.reconcile();
    let said = desk.well(&[]);
    assert!(
        said.contains("files encrypted for both keys: 1")
            && said.contains(&format!("git add .sops.yaml {REDIS}\n")),
        "{said}"
    );
    assert_eq!(checkout.read("local.enc.yaml"), sealed);
    assert_eq!(checkout.read("docs/secrets.md"), manual);
}

#[test]
fn a_file_that_nobody_can_open_stops_it_before_anything_is_written() {
    let desk = Desk::new();
    let checkout = &desk.checkout;
    let sealed = checkout.read(REDIS);
    let conflict = "<<<<<<< HEAD\n=======\n>>>>>>> topic\nstringData:";
    checkout.write(BROKEN, sealed.replace("stringData:", conflict));
    let before = checkout.files();
    let refused = desk.rotate(&[]);
    assert_eq!(refused.status, Some(1), "{refused:?}");
    assert!(
        refused
            .stderr
            .contains("gitops/apps/b.enc.yaml: it has a merge conflict on line "),
        "{refused:?}"
    );
    assert_eq!(before, checkout.files());
    assert_eq!(desk.in_cluster(), 1);
}

#[test]
fn rules_of_folders_below_are_rotated_too() {
    const BELOW: &str = "gitops/apps/team/.sops.yaml";
    let desk = Desk::new();
    let checkout = &desk.checkout;
    let rules = checkout.read(".sops.yaml");
    checkout.write(BELOW, &rules);
    checkout.write("docs/.sops.yaml", "creation_rules: [{pgp: ABC}]\n");
    desk.reconcile();
    let dry = desk.well(&["--dry-run"]);
    let planned = format!("would change {BELOW}: for both keys\n");
    assert!(dry.contains(&planned) && !dry.contains("docs/"), "{dry}");
    let said = desk.well(&[]);
    assert!(
        said.contains(&format!("git add .sops.yaml {BELOW} {REDIS}\n")),
        "{said}"
    );
    assert_eq!(checkout.read(BELOW), checkout.read(".sops.yaml"));
    assert_ne!(checkout.read(BELOW), rules);
    desk.well(&["--abort"]);
    assert_eq!(checkout.read(BELOW), rules);
}

#[test]
fn a_file_of_the_revision_that_nobody_can_read_keeps_the_key_in_the_cluster() {
    let desk = Desk::new();
    let checkout = &desk.checkout;
    desk.well(&[]);
    desk.reconcile();
    let old = checkout.read(REDIS);
    desk.well(&["--complete"]);
    let conflict = "<<<<<<< HEAD\n=======\n>>>>>>> topic\nstringData:";
    checkout.write(BROKEN, old.replace("stringData:", conflict));
    desk.reconcile();
    // It is gone again, and the cluster has not heard of that.
    std::fs::remove_file(checkout.folder().join(BROKEN)).unwrap();
    let refused = desk.rotate(&["--complete"]);
    assert_eq!(refused.status, Some(3), "{refused:?}");
    let told = format!("its {BROKEN} names age1");
    assert!(
        refused.stdout.contains(&told) && refused.stdout.contains("mend that file"),
        "{refused:?}"
    );
    assert_eq!(desk.in_cluster(), 2);
    desk.reconcile();
    desk.well(&["--complete"]);
    assert_eq!(desk.in_cluster(), 1);
}

#[test]
fn a_submodule_that_needs_the_key_keeps_it_in_the_cluster() {
    let desk = Desk::new();
    let checkout = &desk.checkout;
    let below = Checkout::new(std::path::Path::new("/dev/null"));
    below.write("secret.enc.yaml", checkout.read(REDIS));
    below.commit();
    let from = below.folder().display().to_string();
    let add = ["submodule", "--quiet", "add", &from, "gitops/team"];
    checkout.git(&[&["-c", "protocol.file.allow=always"], &add[..]].concat());
    desk.reconcile();
    let planned = desk.rotate(&["--dry-run"]);
    let told = "files of the submodule gitops/team are not encrypted anew";
    assert!(planned.stderr.contains(told), "{planned:?}");
    desk.well(&[]);
    desk.reconcile();
    desk.well(&["--complete"]);
    desk.reconcile();
    let refused = desk.rotate(&["--complete"]);
    assert_eq!(refused.status, Some(3), "{refused:?}");
    let told = "its gitops/team/secret.enc.yaml is encrypted for age1";
    assert!(refused.stdout.contains(told), "{refused:?}");
    assert_eq!(desk.in_cluster(), 2);
    checkout.git(&["submodule", "--quiet", "deinit", "-f", "gitops/team"]);
    let refused = desk.rotate(&["--complete"]);
    assert!(
        refused
            .stdout
            .contains("the submodule gitops/team: git submodule update --init"),
        "{refused:?}"
    );
    assert_eq!(desk.in_cluster(), 2);
}
