//! workloads/crash-loop: A container ends again and again.
//!
//! kubelet starts the container, it ends, and kubelet waits longer before each new start (up to five
//! minutes). The exit code is the program's own word: 1 or 2 mostly mean that it gave up because
//! something it needs is missing or not reachable, 126 and 127 that its command cannot be run, 137
//! that it was killed, 139 that it crashed.
//!
//! What the program said before it ended is in the logs of the previous run:
//! `kubectl -n NAMESPACE logs POD -c CONTAINER --previous`.

use shared::facts::kinds::pod::{Pod, Terminated};
use shared::facts::{Fact, Kind, Need, View, live};
use shared::finding::{Findings, Level};

use crate::checks::evidence::dependencies;
use crate::checks::evidence::exit::{self, Sort};
use crate::checks::evidence::needs::dependants_and;
use crate::checks::evidence::remedy::command;
use crate::checks::evidence::trouble::{Part, Trouble};
use crate::checks::evidence::workload::by_workload;
use crate::checks::evidence::{events, family, references};

pub(super) const NEEDS: &[Need] = dependants_and![live(Kind::Event).hint()];

pub(super) fn run(view: &View<'_>, found: &mut Findings) {
    let pods = view
        .unsettled_pods()
        .filter_map(|pod| Some((pod, crash(view, pod)?)));
    for group in by_workload(view, pods) {
        let worst = group
            .pods
            .iter()
            .max_by_key(|(_, (part, _))| part.status.restart_count);
        let Some((pod, (part, end))) = worst else {
            continue;
        };
        let killed = probe(view, pod).filter(|_| {
            matches!(exit::sort(*end), Sort::Killed) || end.is_some_and(|end| end.exit_code == 0)
        });
        let why = match killed {
            Some(probe) => format!("is killed again and again: {probe}"),
            None => exit::words(*end),
        };
        let restarts = part.status.restart_count;
        let message = format!(
            "{part} {why}; restarted {restarts} times: {}",
            group.named()
        );
        let suspects = match exit::sort(*end) {
            Sort::OutOfMemory => Vec::new(),
            Sort::NotStarted => family::alike(view, &group.workload),
            Sort::Broke => references::node(&pod.spec).into_iter().collect(),
            Sort::Killed | Sort::GaveUp => {
                let mut all = dependencies::of(view, &group.workload, &pod.spec);
                all.extend(family::alike(view, &group.workload));
                all
            }
        };
        let remedy = command!(
            "kubectl -n {} logs {} -c {} --previous",
            pod.metadata.namespace,
            pod.metadata.name,
            part.status.name
        );
        let finding = group.workload.about(found, Level::Error, message);
        finding.suspect(suspects).remedy(remedy);
    }
}

/// What kubelet killed it for, if that was a probe.
fn probe<'a>(view: &View<'a>, pod: &Pod) -> Option<&'a str> {
    let mut kinds = ["Liveness", "Startup"].into_iter();
    kinds.find_map(|kind| events::probe(view, &pod.reference(), kind))
}

fn crash<'a>(view: &View<'_>, pod: &'a Pod) -> Option<(Part<'a>, Option<&'a Terminated>)> {
    match Trouble::of(pod, view.now())? {
        Trouble::Crashing(part, end) if !part.is_init && exit::sort(end) != Sort::OutOfMemory => {
            Some((part, end))
        }
        _ => None,
    }
}
