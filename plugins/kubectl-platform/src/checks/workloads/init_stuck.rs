//! workloads/init-stuck: An init container does not come to its end.
//!
//! The pod's own containers start only after each of its init containers has ended with success. One
//! of them fails again and again, or runs and waits: mostly for a database or another service.
//!
//! What it waits for is in its logs: `kubectl -n NAMESPACE logs POD -c CONTAINER`.

use shared::facts::kinds::pod::Pod;
use shared::facts::{Need, View};
use shared::finding::{Findings, Level};

use crate::checks::evidence::needs::dependants_and;
use crate::checks::evidence::pods::dependencies;
use crate::checks::evidence::pods::exit::{self, Sort};
use crate::checks::evidence::pods::trouble::{Part, Trouble};
use crate::checks::evidence::pods::workload::ailing;
use crate::checks::evidence::words::remedy::command;
use crate::checks::evidence::words::span::lasting;

pub(super) const NEEDS: &[Need] = dependants_and![];

pub(super) fn run(view: &View<'_>, found: &mut Findings) {
    for group in ailing(view, |pod| stuck(view, pod)) {
        let (pod, (part, why, sort)) = (group.pod, &group.cause);
        let message = format!("{part} {why}: {}", group.named());
        let suspects = match sort {
            Sort::NotStarted => Vec::new(),
            _ => dependencies::of(view, &group.workload, &pod.spec),
        };
        let finding = group.workload.about(found, Level::Error, message);
        finding.suspect(suspects).remedy(command!(
            "kubectl -n {} logs {} -c {}",
            pod.metadata.namespace,
            pod.metadata.name,
            part.status.name
        ));
    }
}

fn stuck<'a>(view: &View<'_>, pod: &'a Pod) -> Option<(Part<'a>, String, Sort)> {
    match Trouble::of(pod, view.now())? {
        Trouble::Crashing(part, end) if part.is_init && exit::sort(end) != Sort::OutOfMemory => {
            let restarted = exit::restarted(part.status.restart_count);
            let why = format!("{}{restarted}", exit::words(end));
            Some((part, why, exit::sort(end)))
        }
        Trouble::Initializing(part) => {
            let running = part.status.state.running.as_ref();
            let since = running.map(|running| running.started_at);
            let lasting = lasting(since.unwrap_or_default(), view.now());
            let why = format!("runs{lasting} and does not end");
            Some((part, why, Sort::GaveUp))
        }
        _ => None,
    }
}
