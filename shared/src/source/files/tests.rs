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
fn a_snapshot_that_was_unpacked_into_a_folder_is_read_as_one() {
    let folder = tempfile::tempdir().unwrap();
    let own = folder.path().join("unpacked/platform-snapshot");
    fs::create_dir_all(&own).unwrap();
    fs::write(own.join("v1.Pod.json"), POD).unwrap();
    let index = r#"{"apiVersion": "kubectl-platform/v1", "kind": "Snapshot", "time": "2026-11-21T12:00:00Z",
        "read": [{"resource": "pods", "objects": 1, "files": ["v1.Pod.json"]},
            {"resource": "nodes", "objects": 0, "files": [], "gap": {"reason": "forbidden", "message": "no"}}]}"#;
    fs::write(own.join("index.json"), index).unwrap();
    let facts = read_path(folder.path(), None).unwrap();
    assert_eq!(facts.now.to_string(), "2026-11-21T12:00:00Z");
    assert_eq!(facts.gap(Kind::Node).unwrap().message, "no");
    fs::write(folder.path().join("web.json"), POD).unwrap();
    let refused = read_path(folder.path(), None).err().unwrap().to_string();
    assert!(refused.ends_with("a snapshot among other files"));
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
    assert!(gap.contains("apps/broken.yaml:1: "), "{gap}");
}

#[test]
fn a_file_whose_only_object_is_malformed_says_why() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("pod.yaml");
    fs::write(&path, "apiVersion: v1\nkind: Pod\nmetadata: {name: 7}\n").unwrap();
    let refused = read_path(&path, None).err().unwrap().to_string();
    assert!(
        refused.contains("pod.yaml:1: Pod cannot be read: "),
        "{refused}"
    );
}

#[test]
fn what_cannot_be_read_is_told_without_a_word_of_it() {
    let secret = "apiVersion: v1\nkind: Secret\nmetadata: {name: sops-age}\n";
    for (text, why) in [
        (
            "s3cret\n".to_owned(),
            "cannot read FILE: invalid type: string, expected a Kubernetes object",
        ),
        (
            format!("{secret}data: s3cret\n"),
            "FILE:1: Secret cannot be read: invalid type: string, expected a map",
        ),
        (
            format!("---\n{secret}data: [s3cret]\n"),
            "FILE:2: Secret cannot be read: invalid type: sequence, expected a map",
        ),
        (
            r#"["s3cret"]"#.to_owned(),
            "FILE: an object cannot be read: invalid type: string, expected a Kubernetes object",
        ),
        (
            r#"{"apiVersion":"v1","kind":"Secret","data":"s3cret"}"#.to_owned(),
            "FILE: Secret cannot be read: invalid type: string, expected a map",
        ),
        (
            r#"{"apiVersion":"v1","kind":"SecretList","items":[{"data":"s3cret"}]}"#.to_owned(),
            "FILE: Secret cannot be read: invalid type: string, expected a map",
        ),
        (
            r#"{"s3cret":"s3cret"#.to_owned(),
            "cannot read FILE: EOF while parsing a string at line 1 column 17",
        ),
        (
            "s3cret: 1\ns3cret: 2\n".to_owned(),
            "cannot read FILE: a key stands twice in a mapping at line 2, column 1",
        ),
        (
            "a: *s3cret\n".to_owned(),
            "cannot read FILE: unknown anchor at line 1, column 4",
        ),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.yaml");
        fs::write(&path, text).unwrap();
        for read in [path.as_path(), folder.path()] {
            let refused = read_path(read, None).err().unwrap().to_string();
            assert_eq!(refused.replace(&path.display().to_string(), "FILE"), why);
        }
    }
}

#[test]
fn each_object_of_a_list_knows_its_own_line() {
    let pod = |name: &str| format!("- apiVersion: v1\n  kind: Pod\n  metadata: {{name: {name}}}\n");
    let text = format!(
        "---\napiVersion: v1\nitems:\n{}{}kind: List\n",
        pod("a"),
        pod("b")
    );
    let facts = read_text(text.into_bytes(), "-", None).unwrap();
    let pods = facts.all::<crate::facts::kinds::pod::Pod>();
    let places = pods.iter().filter_map(|pod| pod.metadata.place.as_ref());
    let lines: Vec<_> = places.map(|place| place.line).collect();
    assert_eq!(lines, [Some(4), Some(7)]);
}
