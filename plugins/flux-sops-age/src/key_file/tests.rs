//! Files of private keys: what is kept, and where none is.

use super::*;

#[test]
fn keys_are_added_and_never_lost() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("sops/age/keys.txt");
    let mut file = KeyFile::open(Some(&path)).unwrap();
    let [one, two] = [Identity::generate(), Identity::generate()];
    file.add(&one, "a/.sops.yaml").unwrap();
    file.add(&two, "b/.sops.yaml").unwrap();
    let again = KeyFile::open(Some(&path)).unwrap();
    assert_eq!(again.identities().len(), 2);
    // Two runs at once, each of which read the file before the other wrote it.
    let mut other = KeyFile::open(Some(&path)).unwrap();
    file.add(&Identity::generate(), "x/.sops.yaml").unwrap();
    other.add(&Identity::generate(), "y/.sops.yaml").unwrap();
    let again = KeyFile::open(Some(&path)).unwrap();
    assert_eq!(again.identities().len(), 4);
    let found = again.made_for("b/.sops.yaml").map(Identity::recipient);
    assert_eq!(found, Some(two.recipient()));
    assert!(again.made_for("c/.sops.yaml").is_none());
    #[cfg(unix)]
    {
        let mode = std::os::unix::fs::PermissionsExt::mode;
        let rights = |path: &Path| mode(&std::fs::metadata(path).unwrap().permissions()) & 0o777;
        assert_eq!(
            (rights(&path), rights(path.parent().unwrap())),
            (0o600, 0o700)
        );
    }
}

#[test]
fn a_file_that_git_would_take_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join(".git")).unwrap();
    let mut file = KeyFile::open(Some(&folder.path().join("keys.txt"))).unwrap();
    let refused = file.add(&Identity::generate(), "x").unwrap_err();
    assert!(
        refused.to_string().contains("would end in Git"),
        "{refused}"
    );
    assert!(!folder.path().join("keys.txt").exists());
}

#[cfg(unix)]
#[test]
fn a_link_does_not_lead_a_key_into_git() {
    use std::os::unix::fs::symlink;
    let tree = tempfile::tempdir().unwrap();
    std::fs::create_dir(tree.path().join(".git")).unwrap();
    std::fs::create_dir(tree.path().join("dot")).unwrap();
    let home = tempfile::tempdir().unwrap();
    symlink(tree.path().join("dot"), home.path().join("sops")).unwrap();
    symlink(tree.path().join("keys.txt"), home.path().join("keys.txt")).unwrap();
    for name in ["sops/keys.txt", "sops/age/keys.txt", "keys.txt"] {
        let mut file = KeyFile::open(Some(&home.path().join(name))).unwrap();
        let refused = file.add(&Identity::generate(), "x").unwrap_err();
        assert!(
            refused.to_string().contains("would end in Git"),
            "{name}: {refused}"
        );
    }
    assert!(!tree.path().join("keys.txt").exists());
}
