//! Facts are the same in whichever form the server sent them.

use std::collections::BTreeSet;
use std::fs;

use http::Method;
use serde_json::{Value, json};
use shared::facts::{Fact, Facts, Kind, by_kind};
use shared::kube::Connection;
use shared::source::{read_clusters, read_path};
use tests::control_plane::{ControlPlane, Kubeconfig};
use tests::objects::objects;

/// Objects of Kubernetes' own kinds with all that facts are made of, also empty values that say something.
const FULL: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/live/protobuf.yaml");

/// What a list of the server is in JSON, and what we made of the form in which it was read.
fn assert_alike<F: Fact>(plane: &ControlPlane, live: &Facts) {
    let api = F::KIND.apis()[0];
    let root = if api == "v1" { "/api" } else { "/apis" };
    let path = format!("{root}/{api}/{}", F::KIND.plural());
    let list = plane.request(&Method::GET, &path, None).unwrap();
    let file = tempfile::Builder::new().suffix(".json").tempfile().unwrap();
    fs::write(file.path(), list.to_string()).unwrap();
    let of_json = read_path(file.path(), live.now).unwrap();
    assert_eq!(live.gap(F::KIND), None);
    let (expected, found) = (written::<F>(&of_json), written::<F>(live));
    assert!(!expected.is_empty(), "nothing at {path}");
    for (expected, found) in expected.iter().zip(&found) {
        assert_eq!(found, expected, "{path}");
    }
    assert_eq!(found.len(), expected.len(), "{path}");
}

fn written<F: Fact>(facts: &Facts) -> Vec<Value> {
    let all = facts.all::<F>().iter();
    all.map(|fact| serde_json::to_value(fact).unwrap())
        .collect()
}

macro_rules! assert_all_alike {
    ($($kind:ident)*) => {
        #[test]
        fn protobuf_and_json_give_the_same_facts() {
            let plane = ControlPlane::fresh();
            let example = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/almckay-broken/cluster.yaml");
            for file in [example, FULL] {
                plane.apply(&objects(&fs::read_to_string(file).unwrap()));
            }
            let user = plane.new_user();
            let rules = json!([{"apiGroups": ["*"], "resources": ["*"], "verbs": ["list"]}]);
            plane.grant(&user, &rules);
            let config = Kubeconfig::new().context("infra", &plane, &user);
            let flags = Connection {
                kubeconfig: Some(config.path()),
                ..Connection::default()
            };
            let kinds = BTreeSet::from([$(Kind::$kind),*]);
            let live = read_clusters(&flags, &kinds).unwrap().remove(0);
            $(assert_alike::<by_kind::$kind>(&plane, &live);)*
        }
    };
}

assert_all_alike! {
    Pod Node Namespace Service EndpointSlice ConfigMap ServiceAccount ResourceQuota Event
    PersistentVolumeClaim PersistentVolume StorageClass CsiDriver
    Deployment ReplicaSet StatefulSet DaemonSet Job CronJob HorizontalPodAutoscaler PodDisruptionBudget
    Ingress IngressClass CustomResourceDefinition ApiService
}
