//! workloads/out-of-memory: A container was killed for want of memory.
//!
//! The container took more memory than its limit (or its node had none left), and the kernel killed
//! it. It starts anew and will be killed anew as soon as it does the same work.
//!
//! Compare what it takes with its limit, then raise the limit in Git, or make it take less:
//! `kubectl -n NAMESPACE top pod POD --containers`.

use jiff::SignedDuration;
use shared::facts::kinds::pod::{Pod, Terminated};
use shared::facts::{Need, View};
use shared::finding::{Findings, Level};

use crate::checks::evidence::exit::{self, Sort};
use crate::checks::evidence::needs::pods_and;
use crate::checks::evidence::references;
use crate::checks::evidence::remedy::command;
use crate::checks::evidence::trouble::{Part, Trouble, parts};
use crate::checks::evidence::workload::by_workload;

pub(super) const NEEDS: &[Need] = pods_and![];

/// A container that runs again is worth a warning for so long.
const RECENT: SignedDuration = SignedDuration::from_hours(1);

pub(super) fn run(view: &View<'_>, found: &mut Findings) {
    let pods = view
        .all::<Pod>()
        .iter()
        .filter_map(|pod| Some((pod, killed(view, pod)?)));
    for group in by_workload(view, pods) {
        let worst = group
            .pods
            .iter()
            .max_by_key(|(_, (level, part))| (*level, part.status.restart_count));
        let Some((pod, (level, part))) = worst else {
            continue;
        };
        let restarts = part.status.restart_count;
        let message = format!(
            "{part} was killed for want of memory (OOMKilled, {}); restarted {restarts} times: {}",
            limit(pod, part),
            group.named()
        );
        let remedy = command!(
            "kubectl -n {} top pod {} --containers",
            pod.metadata.namespace,
            pod.metadata.name
        );
        let finding = group.workload.about(found, *level, message);
        finding.remedy(remedy);
        if limit(pod, part) == NO_LIMIT {
            finding.suspect(references::node(&pod.spec));
        }
    }
}

const NO_LIMIT: &str = "no limit of its own";

fn killed<'a>(view: &View<'_>, pod: &'a Pod) -> Option<(Level, Part<'a>)> {
    if let Some(Trouble::Crashing(part, end)) = Trouble::of(pod, view.now()) {
        return (exit::sort(end) == Sort::OutOfMemory).then_some((Level::Error, part));
    }
    let recent = |end: &Terminated| {
        exit::sort(Some(end)) == Sort::OutOfMemory
            && end
                .finished_at
                .age(view.now())
                .is_some_and(|age| age <= RECENT)
    };
    parts(pod)
        .find(|part| {
            part.status
                .last_state
                .terminated
                .as_deref()
                .is_some_and(recent)
        })
        .map(|part| (Level::Warning, part))
}

fn limit(pod: &Pod, part: &Part<'_>) -> String {
    let mut containers = pod.spec.init_containers.iter().chain(&pod.spec.containers);
    let own = containers.find(|container| container.name == part.status.name);
    own.and_then(|container| container.resources.limits.get("memory"))
        .map_or(NO_LIMIT.to_owned(), |limit| format!("limit {limit}"))
}
