//! Files of submodules, where the clone has them and where it does not.

use super::*;

/// A tree with another one as its submodule at `path`.
fn with_submodule(below: &Tree, path: &str) -> Tree {
    let tree = Tree::new();
    let from = below.top().display().to_string();
    let add = ["submodule", "--quiet", "add", &from, path];
    tree.git(&[&["-c", "protocol.file.allow=always"], &add[..]].concat());
    tree
}

#[test]
fn what_submodules_hold_is_found_with_their_paths() {
    let deep = Tree::new();
    deep.write("c.enc.yaml", "age1");
    deep.commit();
    let below = with_submodule(&deep, "deep");
    below.write("b.enc.yaml", "age1");
    below.write("other", "age2");
    below.commit();
    let tree = with_submodule(&below, "apps [1]");
    tree.write("a.enc.yaml", "age1");
    let commit = tree.commit();
    let names = |found: Vec<commit::Held>| -> Vec<PathBuf> {
        found.into_iter().map(|(name, _)| name).collect()
    };

    // What is not in this clone is not nothing.
    let unknown = files_with(tree.top(), &commit, &["age1"], Submodules::Taken);
    let missing = Unknown::Submodule("apps [1]/deep".into());
    assert_eq!(unknown, Err(missing));

    // Who does not fetch submodules has nothing of them.
    let own = files_with(tree.top(), &commit, &["age1"], Submodules::LeftOut);
    assert_eq!(names(own.unwrap()), [PathBuf::from("a.enc.yaml")]);

    let update = ["submodule", "--quiet", "update", "--init", "--recursive"];
    tree.git(&[&["-c", "protocol.file.allow=always"], &update[..]].concat());
    let found = names(files_with(tree.top(), &commit, &["age1"], Submodules::Taken).unwrap());
    let expected = [
        "a.enc.yaml",
        "apps [1]/b.enc.yaml",
        "apps [1]/deep/c.enc.yaml",
    ];
    assert_eq!(found, expected.map(PathBuf::from));
}

#[test]
fn a_folder_of_a_submodule_that_is_empty_is_not_taken_for_the_tree_around_it() {
    let tree = Tree::new();
    tree.write("a.enc.yaml", "age1");
    let first = tree.commit();
    // A tree may be its own submodule, as sites are that stand on a branch of it.
    let entry = format!("160000,{first},site");
    tree.git(&["update-index", "--add", "--cacheinfo", &entry]);
    tree.git(&["commit", "--quiet", "-m", "with itself"]);
    std::fs::create_dir_all(tree.top().join("site")).unwrap();
    let commit = tree.git(&["rev-parse", "HEAD"]);
    let unknown = files_with(tree.top(), &commit, &["age1"], Submodules::Taken);
    assert_eq!(unknown, Err(Unknown::Submodule("site".into())));
}
