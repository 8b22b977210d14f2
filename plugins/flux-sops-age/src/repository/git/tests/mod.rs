//! Git trees whose files have odd names and attributes, and users who have odd settings.

mod submodules;

use std::process::Command;

use super::commit::Unknown;
use super::*;

/// A Git tree, at work in it.
struct Tree(tempfile::TempDir);

impl Tree {
    fn new() -> Self {
        let tree = Self(tempfile::tempdir().unwrap());
        tree.git(&["init", "--quiet", "--initial-branch=main"]);
        for (name, value) in [
            ("user.name", "tests"),
            ("user.email", "tests@almckay.io"),
            ("color.ui", "always"),
            ("log.showSignature", "true"),
            ("status.showUntrackedFiles", "no"),
        ] {
            tree.git(&["config", name, value]);
        }
        tree
    }

    fn top(&self) -> &Path {
        self.0.path()
    }

    fn git(&self, arguments: &[&str]) -> String {
        let output = Command::new("git")
            .current_dir(self.top())
            .args(arguments)
            .output()
            .unwrap();
        assert!(output.status.success(), "git {arguments:?}: {output:?}");
        String::from_utf8(output.stdout).unwrap().trim().to_owned()
    }

    fn write(&self, name: impl AsRef<Path>, text: &str) {
        std::fs::write(self.top().join(name), text).unwrap();
    }

    fn remove(&self, name: impl AsRef<Path>) {
        std::fs::remove_file(self.top().join(name)).unwrap();
    }

    fn commit(&self) -> String {
        self.git(&["add", "--all"]);
        self.git(&["commit", "--quiet", "-m", "as it is"]);
        self.git(&["rev-parse", "HEAD"])
    }

    /// What the files had that are gone.
    fn gone(&self) -> Vec<(PathBuf, String, String)> {
        let gone = deleted(self.top()).unwrap().into_iter().map(|file| {
            let held = blob(self.top(), &file.blob).unwrap();
            (file.path, String::from_utf8(held).unwrap(), file.commit)
        });
        gone.collect()
    }
}

/// Names that Git quotes, and such as only some systems have.
fn odd_names() -> Vec<PathBuf> {
    let mut names: Vec<PathBuf> = vec![" é.enc.yaml".into()];
    #[cfg(target_os = "linux")]
    names.extend([&b"[a]*.enc.yaml"[..], b"\"\n.enc.yaml", b"caf\xe9.enc.yaml"].map(path_of));
    names
}

#[test]
fn files_that_are_marked_as_binary_are_found() {
    let tree = Tree::new();
    let attributes = "*.enc.yaml -diff\n*.enc.json binary\n";
    tree.write(".gitattributes", attributes);
    let mut names = odd_names();
    names.push("a.enc.json".into());
    for name in &names {
        tree.write(name, "age1");
    }
    tree.write("other.enc.yaml", "age2");
    let commit = tree.commit();
    let found = files_with(tree.top(), &commit, &["age1"], Submodules::Taken).unwrap();
    let mut found: Vec<PathBuf> = found.into_iter().map(|(name, _)| name).collect();
    found.sort();
    names.sort();
    assert_eq!(found, names);
    assert_eq!(
        files_with(tree.top(), &commit, &["age3"], Submodules::Taken),
        Ok(Vec::new())
    );
    let unknown = files_with(tree.top(), &"0".repeat(40), &["age1"], Submodules::Taken);
    assert_eq!(unknown, Err(Unknown::Commit));
}

#[test]
fn files_of_any_name_are_found_in_the_history() {
    let tree = Tree::new();
    let mut names = odd_names();
    tree.write("stays", "");
    names.iter().for_each(|name| tree.write(name, "old"));
    tree.commit();
    names.iter().for_each(|name| tree.remove(name));
    let last = tree.commit();
    let mut found = tree.gone();
    found.sort();
    names.sort();
    let expected = names.into_iter();
    let expected: Vec<_> = expected
        .map(|name| (name, "old".to_owned(), last.clone()))
        .collect();
    assert_eq!(found, expected);
}

#[test]
fn what_a_merge_took_away_is_found_and_what_was_moved_is_not_gone() {
    let tree = Tree::new();
    tree.write("moved", "moved as it is");
    tree.write("gone", "what was in it");
    tree.commit();
    tree.git(&["checkout", "--quiet", "-b", "other"]);
    tree.write("one", "");
    tree.commit();
    tree.git(&["checkout", "--quiet", "main"]);
    tree.git(&["mv", "moved", "elsewhere"]);
    tree.commit();
    tree.git(&["merge", "--quiet", "--no-commit", "other"]);
    tree.remove("gone");
    let merge = tree.commit();
    let found = tree.gone();
    let expected = ("gone".into(), "what was in it".to_owned(), merge);
    assert!(
        !found.is_empty() && found.iter().all(|one| *one == expected),
        "{found:?}"
    );
}

#[test]
fn a_change_is_told_of_the_file_of_that_name() {
    let tree = Tree::new();
    tree.write("a1.yaml", "");
    tree.commit();
    tree.write("a1.yaml", "changed");
    let changes = |name: &str| has_changes(tree.top(), &[tree.top().join(name)]);
    assert_eq!(changes("a1.yaml"), Some(true));
    assert_eq!(changes("a[1].yaml"), Some(false));
    tree.write("new.yaml", "");
    assert_eq!(changes("new.yaml"), Some(true));
}

#[test]
fn a_clone_without_older_commits_says_so() {
    let tree = Tree::new();
    for text in ["1", "2"] {
        tree.write("a", text);
        tree.commit();
    }
    assert!(!is_shallow(tree.top()));
    let clone = tempfile::tempdir().unwrap();
    let from = format!("file://{}", tree.top().display());
    let to = clone.path().display().to_string();
    tree.git(&["clone", "--quiet", "--depth=1", &from, &to]);
    assert!(is_shallow(clone.path()));
}

#[test]
fn what_git_ignores_is_told_whatever_the_name() {
    let tree = Tree::new();
    tree.write(".gitignore", "*.key\n");
    let ignores = |name: &str| ignores(tree.top(), &tree.top().join(name));
    assert!(ignores("age.key") && ignores("a[b]*.key"));
    assert!(!ignores("age.yaml"));
}
