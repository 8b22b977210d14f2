//! workloads/crash-loop: A container ends again and again.
//!
//! kubelet starts the container, it ends, and kubelet waits longer before each new start (up to five
//! minutes). The exit code is the program's own word: 1 or 2 mostly mean that it gave up because
//! something it needs is missing or not reachable, 126 and 127 that its command cannot be run, 137
//! that it was killed, 139 that it crashed.
//!
//! What the program said before it ended is in the logs of the previous run:
//! `kubectl -n NAMESPACE logs POD -c CONTAINER --previous`.

use shared::facts::{Kind, Need, View, declared, live};
use shared::finding::{Findings, Level};

use crate::checks::evidence::events;
use crate::checks::evidence::needs::dependants_and;
use crate::checks::evidence::pods::dependencies;
use crate::checks::evidence::pods::exit::{self, Sort};
use crate::checks::evidence::pods::trouble::Trouble;
use crate::checks::evidence::pods::workload::ailing;
use crate::checks::evidence::pods::{family, references};
use crate::checks::evidence::words::remedy::command;

pub(super) const NEEDS: &[Need] = dependants_and![
    live(Kind::Event).hint(),
    declared(Kind::Namespace).hint(),
    live(Kind::Node).hint(),
];

pub(super) fn run(view: &View<'_>, found: &mut Findings) {
    let groups = ailing(view, |pod| match Trouble::of(pod, view.now())? {
        Trouble::Crashing(part, end) if !part.is_init && exit::sort(end) != Sort::OutOfMemory => {
            Some((part, end))
        }
        _ => None,
    });
    for group in groups {
        let (pod, (part, end)) = group.worst(|(part, _)| part.status.restart_count);
        let sort = exit::sort(*end);
        let is_stopped = sort == Sort::Killed || end.is_some_and(|end| end.exit_code == 0);
        let why = match events::killing_probe(view, pod).filter(|_| is_stopped) {
            Some(probe) => format!("is killed again and again: {probe}"),
            None => exit::words(*end),
        };
        let restarted = exit::restarted(part.status.restart_count);
        let named = group.named();
        let message = format!("{part} {why}{restarted}: {named}");
        let suspects = match sort {
            Sort::OutOfMemory => Vec::new(),
            Sort::NotStarted => family::alike(view, &group.workload),
            Sort::Broke => references::node(&pod.spec).into_iter().collect(),
            Sort::Killed | Sort::GaveUp => dependencies::told(view, &group.workload, pod, *end),
        };
        let finding = group.workload.about(found, Level::Error, message);
        finding.suspect(suspects).remedy(command!(
            "kubectl -n {} logs {} -c {} --previous",
            pod.metadata.namespace,
            pod.metadata.name,
            part.status.name
        ));
    }
}
