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

use crate::checks::evidence::needs::pods_and;
use crate::checks::evidence::pods::exit::{self, Sort};
use crate::checks::evidence::pods::references;
use crate::checks::evidence::pods::trouble::{Part, Trouble, parts};
use crate::checks::evidence::pods::workload::by_workload;
use crate::checks::evidence::words::remedy::command;

pub(super) const NEEDS: &[Need] = pods_and![];

/// A container that runs again is worth a warning for so long.
const RECENT: SignedDuration = SignedDuration::from_hours(1);

pub(super) fn run(view: &View<'_>, found: &mut Findings) {
    let pods = view.all::<Pod>().iter();
    let killed = pods.filter_map(|pod| Some((pod, killed(view, pod)?)));
    for group in by_workload(view, killed) {
        let (pod, (level, part)) = group.worst(|(level, part)| (*level, part.status.restart_count));
        let limit = part.memory_limit(pod);
        let told = limit.map(|limit| format!("limit {limit}"));
        let message = format!(
            "{part} was killed for want of memory (OOMKilled, {}){}: {}",
            told.as_deref().unwrap_or("no limit of its own"),
            exit::restarted(part.status.restart_count),
            group.named()
        );
        let finding = group.workload.about(found, *level, message);
        finding
            .suspect(references::node(&pod.spec).filter(|_| limit.is_none()))
            .remedy(command!(
                "kubectl -n {} top pod {} --containers",
                pod.metadata.namespace,
                pod.metadata.name
            ));
    }
}

fn killed<'a>(view: &View<'_>, pod: &'a Pod) -> Option<(Level, Part<'a>)> {
    let is_for_memory = |end: Option<&Terminated>| exit::sort(end) == Sort::OutOfMemory;
    if let Some(Trouble::Crashing(part, end)) = Trouble::of(pod, view.now()) {
        return is_for_memory(end).then_some((Level::Error, part));
    }
    let is_recent = |end: &Terminated| {
        let age = end.finished_at.age(view.now());
        is_for_memory(Some(end)) && age.is_some_and(|age| age <= RECENT)
    };
    let mut ended = parts(pod).filter(|part| {
        let last = part.status.last_state.terminated.as_deref();
        last.is_some_and(is_recent)
    });
    ended.next().map(|part| (Level::Warning, part))
}
