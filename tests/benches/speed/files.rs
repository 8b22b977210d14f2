//! `validate --from`: a snapshot, what kubectl prints, and YAML.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use crate::Size;
use crate::floor::{self, files_in, size_of};
use crate::measure::{compare, run};
use crate::objects;
use crate::programs::platform;
use crate::table;

/// How often each is run.
const RUNS: usize = 7;

/// YAML takes fifty times as long as JSON: so much less of it tells the same.
const YAML_PART: usize = 10;

pub(crate) fn measure(size: Size) {
    let folder = tempfile::tempdir().unwrap();
    let (printed, taken) = (folder.path().join("json"), folder.path().join("snapshot"));
    write_json(&printed, &objects::all(size));
    let path = |path: &Path| path.to_str().unwrap().to_owned();
    run(&mut platform(&[
        "snapshot",
        "--from",
        &path(&printed),
        "-f",
        &path(&taken),
    ]));
    for (title, folder) in [("a snapshot", &taken), ("kubectl get -o json", &printed)] {
        let files = files_in(folder);
        table::head(&format!(
            "validate --from {title}, {}",
            table::megabytes(size_of(&files))
        ));
        let (ours, floor) = compare(
            RUNS,
            || run(&mut platform(&["validate", "--from", &path(folder), "-q"])),
            || floor::measure("json", folder),
        );
        table::time("time, beside serde_json into IgnoredAny", ours, floor, 2.0);
        table::size(
            "memory, beside the files' size",
            ours.memory,
            size_of(&files),
        );
    }

    let yaml = folder.path().join("yaml");
    let part = Size {
        pods: size.pods / YAML_PART,
        customs: size.customs / YAML_PART,
    };
    write_yaml(&yaml, &objects::all(part));
    let files = files_in(&yaml);
    table::head(&format!(
        "validate --from YAML, {}",
        table::megabytes(size_of(&files))
    ));
    let (ours, floor) = compare(
        RUNS,
        || run(&mut platform(&["validate", "--from", &path(&yaml), "-q"])),
        || floor::measure("yaml", &yaml),
    );
    table::time("time, beside the parser's own pass", ours, floor, 1.5);
    table::size(
        "memory, beside the files' size",
        ours.memory,
        size_of(&files),
    );
}

/// A list for each kind, as `kubectl get -o json` prints it.
fn write_json(folder: &Path, objects: &[Value]) {
    fs::create_dir(folder).unwrap();
    for (name, items) in objects::by_kind(objects) {
        let list = json!({"apiVersion": "v1", "kind": "List", "metadata": {"resourceVersion": ""}, "items": items});
        let text = serde_json::to_string_pretty(&list).unwrap();
        fs::write(folder.join(format!("{name}.json")), text).unwrap();
    }
}

/// A list for each kind, as `kubectl get -o yaml` prints it.
fn write_yaml(folder: &Path, objects: &[Value]) {
    fs::create_dir(folder).unwrap();
    for (name, items) in objects::by_kind(objects) {
        let list = json!({"apiVersion": "v1", "items": items, "kind": "List"});
        let text = serde_saphyr::to_string(&list).unwrap();
        fs::write(folder.join(format!("{name}.yaml")), text).unwrap();
    }
}
