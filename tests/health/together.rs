//! Objects judged together: in the order of the file, and by the definitions beside them.

use std::fs;
use std::path::Path;

use shared::health::judge_all;
use shared::source::read_path;

use super::NOW;

/// The verdicts on a file's objects, `NAME STATUS` each.
fn verdicts(manifests: &str) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("objects.yaml");
    fs::write(&file, manifests).unwrap();
    let facts = read_path(Path::new(&file), NOW.parse::<jiff::Timestamp>().unwrap()).unwrap();
    let seen = judge_all(&facts);
    seen.iter()
        .map(|seen| format!("{} {:?}", seen.object.name, seen.health.status))
        .collect()
}

#[test]
fn objects_keep_their_order() {
    let manifests = "
apiVersion: v1
kind: Service
metadata: {name: traefik}
---
apiVersion: v1
kind: Pod
metadata: {name: traefik-0}
---
apiVersion: v1
kind: Service
metadata: {name: authentik}
";
    assert_eq!(
        verdicts(manifests),
        [
            "traefik Current",
            "traefik-0 InProgress",
            "authentik Current"
        ]
    );
}

#[test]
fn a_definition_tells_whether_a_status_will_come() {
    let manifests = "
apiVersion: example.io/v1
kind: Silent
metadata: {name: silent}
---
apiVersion: example.io/v1
kind: Told
metadata: {name: told}
---
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: silents.example.io}
spec:
  group: example.io
  names: {kind: Silent, plural: silents}
  versions: [{name: v1, schema: {openAPIV3Schema: {properties: {metadata: {}, spec: {}}}}}]
status: {conditions: [{type: Established, status: 'True'}]}
---
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: tolds.example.io}
spec:
  group: example.io
  names: {kind: Told, plural: tolds}
  versions: [{name: v1, subresources: {status: {}}, schema: {openAPIV3Schema: {properties: {spec: {}, status: {}}}}}]
status: {conditions: [{type: Established, status: 'True'}]}
";
    assert_eq!(
        verdicts(manifests),
        [
            "silent Current",
            "told InProgress",
            "silents.example.io Current",
            "tolds.example.io Current"
        ]
    );
}
