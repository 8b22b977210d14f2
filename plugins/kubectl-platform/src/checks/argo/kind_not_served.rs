//! argo/kind-not-served: What an Application describes is of a kind that the cluster does not know.
//!
//! The Application holds a custom resource whose definition is not installed: its operator is not there
//! yet, was taken away, or is of another group. Argo CD syncs nothing of the Application then.
//!
//! Install the definition, in an earlier sync wave or by an Application of its own.

use shared::facts::kinds::api::CustomResourceDefinition;
use shared::facts::kinds::argo::Application;
use shared::facts::{Fact, Kind, Need, View, declared, live};
use shared::finding::Findings;

use crate::checks::evidence::absent::Absent;
use crate::checks::evidence::words::message;

pub(super) const NEEDS: &[Need] = &[
    live(Kind::Application),
    declared(Kind::CustomResourceDefinition).lookup(),
];

/// How Argo CD calls the cluster that it runs in.
const IN_CLUSTER: &str = "https://kubernetes.default.svc";

pub(super) fn run(view: &View<'_>, found: &mut Findings) {
    let mut absent = Absent::default();
    for application in view.all::<Application>() {
        let last = application.status.operation_state.as_ref();
        // What another cluster knows stands there.
        let destination = &application.spec.destination;
        if destination.name != "in-cluster" && destination.server.0 != IN_CLUSTER {
            continue;
        }
        let results = last.map_or(&[][..], |last| &last.sync_result.resources);
        let failed = results
            .iter()
            .filter(|result| result.status == "SyncFailed");
        for result in failed {
            let unserved = message::unserved(&result.message).into_iter();
            for (definition, _) in
                unserved.filter(|(one, _)| view.lacks::<CustomResourceDefinition>("", &one.name))
            {
                let field = format!("{} {}", result.kind, result.name);
                absent.add(definition, &application.reference(), &field, Vec::new);
            }
        }
    }
    absent.report(found, |_, finding| {
        finding.remedy("kubectl api-resources --verbs=list");
    });
}
