//! workloads/pod-failed: A pod that nobody replaces has failed.
//!
//! The pod has no controller, so nothing starts it anew: it was evicted, its node shut down, or its
//! program ended. A static pod, which its node runs from a file, should never end.
//!
//! What it said is in its logs, if the node still has them: `kubectl -n NAMESPACE logs POD`. Delete it
//! where it is not needed any more.

use shared::facts::{Fact, Kind, Need, View, live};
use shared::finding::{Findings, Level};

use crate::checks::evidence::pods::exit;
use crate::checks::evidence::pods::references;
use crate::checks::evidence::pods::trouble::parts;
use crate::checks::evidence::words::remedy;

pub(super) const NEEDS: &[Need] = &[live(Kind::Pod)];

pub(super) fn run(view: &View<'_>, found: &mut Findings) {
    for pod in view
        .unsettled_pods()
        .filter(|pod| pod.status.phase == "Failed")
    {
        let level = match pod.metadata.controller() {
            None => Level::Warning,
            Some(owner) if owner.kind == "Node" => Level::Error,
            Some(_) => continue,
        };
        let ended =
            parts(pod).find_map(|part| Some((part, part.status.state.terminated.as_ref()?)));
        let why = match (pod.status.reason.as_str(), ended) {
            ("", Some((part, end))) => format!("{part} {}", exit::words(Some(end))),
            ("", None) => "nobody says why".to_owned(),
            (reason, ended) => match (pod.status.message.trim(), ended) {
                ("", Some((part, end))) => format!("{reason}: {part} {}", exit::words(Some(end))),
                ("", None) => reason.to_owned(),
                (message, _) => format!("{reason}: {message}"),
            },
        };
        let finding = found.about(level, pod, format!("failed, and nobody replaces it: {why}"));
        finding.suspect(references::node(&pod.spec));
        finding.remedy(remedy::describe(&pod.reference()));
    }
}
