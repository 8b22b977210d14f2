//! A tree with a base, and kustomizations that build on it.

use std::fs;

use jiff::Timestamp;

use crate::source::read_repository;

#[test]
fn a_working_tree_is_read_as_its_kustomizations_build_it() {
    let folder = tempfile::tempdir().unwrap();
    let write = |path: &str, text: &str| {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    let object = |kind: &str, name: &str| {
        format!(
            "---\n{{apiVersion: v1, kind: {kind}, metadata: {{name: {name}, namespace: own}}}}\n"
        )
    };
    write("base/kustomization.yaml", "resources: [pod.yaml]\n");
    write("base/pod.yaml", &object("Pod", "web"));
    for name in ["a", "b"] {
        let text = format!(
            "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nnamespace: {name}\n\
             resources: [../base, own.yaml]\npatches: [{{path: pod.yaml}}, {{patch: \"a: b\\n\"}}]\n\
             patchesStrategicMerge: [./more.yaml]\n\
             configMapGenerator: [{{name: made, literals: [a=b], files: [x/c.yaml, d=e]}}]\n\
             secretGenerator: [{{name: made, literals: [a=s3cret]}}, {{name: other, behavior: merge}}]\n"
        );
        let file = if name == "a" {
            "kustomization.yaml"
        } else {
            "Kustomization"
        };
        write(&format!("{name}/{file}"), &text);
        write(&format!("{name}/pod.yaml"), &object("Pod", "web"));
        write(
            &format!("{name}/own.yaml"),
            &[
                object("Pod", "mine"),
                object("Namespace", name).replace(", namespace: own", ""),
            ]
            .concat(),
        );
        write(&format!("{name}/more.yaml"), &object("Pod", "more"));
    }
    write("flux/pod.yaml", &object("Pod", "flux"));
    let facts = read_repository(folder.path(), Timestamp::now()).unwrap();
    let all: Vec<_> = crate::health::judge_all(&facts)
        .iter()
        .map(|seen| seen.object.to_string())
        .collect();
    let built = [
        "Pod/a/mine",
        "Namespace/a",
        "Pod/b/mine",
        "Namespace/b",
        "Pod/own/web",
        "Pod/own/flux",
    ];
    let made = [
        "ConfigMap/a/made",
        "Secret/a/made",
        "ConfigMap/b/made",
        "Secret/b/made",
    ];
    assert_eq!(all, [&built[..], &made[..]].concat());
    let made = &facts.all::<crate::facts::kinds::core::ConfigMap>()[0].keys;
    assert!(
        ["a", "c.yaml", "d"].iter().all(|key| made.has(key)),
        "{made:?}"
    );
}

#[test]
fn kustomizations_that_build_on_each_other_in_many_ways_are_built_once() {
    let folder = tempfile::tempdir().unwrap();
    let write = |path: &str, text: &str| {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    for level in 0..30 {
        for side in ["a", "b"] {
            let below = level + 1;
            let text = format!("resources: [../a{below}, ../b{below}]\n");
            write(&format!("{side}{level}/kustomization.yaml"), &text);
        }
    }
    let made = "configMapGenerator: [{name: made, envs: [/dev/zero]}]\n";
    write("a30/kustomization.yaml", made);
    let facts = read_repository(folder.path(), Timestamp::now()).unwrap();
    let made = facts.all::<crate::facts::kinds::core::ConfigMap>();
    assert_eq!(made.len(), 1);
}
