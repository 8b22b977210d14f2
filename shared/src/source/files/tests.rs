//! Pipes, links, and folders that are not what they seem.

use std::os::unix::fs::symlink;
use std::process::Command;
use std::thread;

use super::*;
use crate::facts::Kind;

const POD: &str = r#"{"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "web"}}"#;

#[test]
fn a_pipe_is_read_once_and_whole() {
    let folder = tempfile::tempdir().unwrap();
    let pipe = folder.path().join("pipe");
    assert!(
        Command::new("mkfifo")
            .arg(&pipe)
            .status()
            .unwrap()
            .success()
    );
    let own = pipe.clone();
    thread::spawn(move || fs::write(own, POD));
    let facts = read_path(&pipe, None).unwrap();
    assert_eq!(facts.count(Kind::Pod), 1);
}

#[test]
fn the_files_of_a_mounted_config_map_are_read_once_each() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    let version = root.join("..2026_11_21");
    fs::create_dir(&version).unwrap();
    fs::write(version.join("web.yaml"), POD).unwrap();
    symlink("..2026_11_21", root.join("..data")).unwrap();
    symlink("..data/web.yaml", root.join("web.yaml")).unwrap();
    let facts = read_path(root, None).unwrap();
    assert_eq!((facts.count(Kind::Pod), facts.gap(Kind::Pod)), (1, None));
}

#[test]
fn links_are_followed_to_what_was_not_read_yet() {
    let folder = tempfile::tempdir().unwrap();
    let (root, beside) = (folder.path().join("a"), folder.path().join("b"));
    fs::create_dir(&root).unwrap();
    fs::create_dir(&beside).unwrap();
    fs::write(root.join("web.yaml"), POD).unwrap();
    fs::write(beside.join("web.yaml"), POD).unwrap();
    symlink("web.yaml", root.join("again.yaml")).unwrap();
    symlink("../b", root.join("beside")).unwrap();
    symlink("../b", root.join("beside-again")).unwrap();
    symlink(".", root.join("here")).unwrap();
    symlink("..", root.join("up")).unwrap();
    let facts = read_path(&root, None).unwrap();
    assert_eq!((facts.count(Kind::Pod), facts.gap(Kind::Pod)), (2, None));
    symlink("nowhere.yaml", root.join("gone.yaml")).unwrap();
    let facts = read_path(&root, None).unwrap();
    let gap = &facts.gap(Kind::Pod).unwrap().message;
    assert!(gap.ends_with("gone.yaml: no such file"), "{gap}");
}

#[test]
fn a_snapshot_of_an_unknown_version_is_no_folder_of_files() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("pods.json"), POD).unwrap();
    let index = r#"{"apiVersion": "kubectl-platform/v9", "kind": "Snapshot", "seen": []}"#;
    fs::write(folder.path().join("index.json"), index).unwrap();
    let refused = read_path(folder.path(), None).err().unwrap();
    assert_eq!(refused.to_string(), "the snapshot is of an unknown version");
}

#[test]
fn what_is_beside_manifests_is_passed_over() {
    let folder = tempfile::tempdir().unwrap();
    let write = |path: &str, text: &str| {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    write("apps/pod.json", POD);
    write("apps/kustomization.yaml", "resources: [pod.json]\n");
    write("charts/auth/Chart.yaml", "apiVersion: v2\nname: auth\n");
    write("charts/auth/values.yaml", "replicas: 1\n");
    write(
        "charts/auth/templates/pod.yaml",
        "kind: {{ .Values.kind }}\n",
    );
    write("package.json", r#"{"name": "docs"}"#);
    write(
        "apps/patch.yaml",
        "- op: replace\n  path: /spec/replicas\n  value: 1\n",
    );
    write("apps/patch.json", r#"[{"op": "remove", "path": "/spec"}]"#);
    let facts = read_repository(folder.path(), Timestamp::now()).unwrap();
    assert_eq!(facts.count(Kind::Pod), 1);
    assert!(facts.gap(Kind::Pod).is_none(), "{:?}", facts.gap(Kind::Pod));
    write("apps/broken.yaml", "metadata: {name: web}\n");
    let facts = read_repository(folder.path(), Timestamp::now()).unwrap();
    let gap = &facts.gap(Kind::Pod).unwrap().message;
    assert!(gap.contains("apps/broken.yaml: "), "{gap}");
}

#[test]
fn a_file_whose_only_object_is_malformed_says_why() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("pod.yaml");
    fs::write(&path, "apiVersion: v1\nkind: Pod\nmetadata: {name: 7}\n").unwrap();
    let refused = read_path(&path, None).err().unwrap().to_string();
    assert!(
        refused.contains("pod.yaml: Pod cannot be read: "),
        "{refused}"
    );
}
