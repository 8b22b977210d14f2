//! workloads/config-missing: A Secret, a ConfigMap or a key of one that pods need does not exist.
//!
//! A container takes its environment or a volume from a Secret or ConfigMap that is not there, or
//! that lacks the key. kubelet does not start it until it is. A pod that runs already goes on, but
//! the next one will not start. Or a program asks the API server for one by itself, and ends when it is not there.
//!
//! Find out what should have made the object (a Kustomization, a HelmRelease, an ExternalSecret, a
//! SealedSecret, a Certificate) and why it did not, or correct the name in the workload.

use shared::facts::{Kind, Need, View, declared};
use shared::finding::{Findings, Level};

use crate::checks::evidence::needs::secrets_of_pods_and;
use crate::checks::evidence::pods::hold::Hold;
use crate::checks::evidence::pods::workload::ailing;
use crate::checks::evidence::secrets::origin;
use crate::checks::evidence::words::remedy;

pub(super) const NEEDS: &[Need] = secrets_of_pods_and![declared(Kind::ConfigMap).hint()];

pub(super) fn run(view: &View<'_>, found: &mut Findings) {
    let groups = ailing(view, |pod| match Hold::of(view, pod)? {
        Hold::Config(missing) => Some(missing),
        _ => None,
    });
    for group in &groups {
        let lacks: Vec<_> = group.cause.iter().map(|needed| needed.lack()).collect();
        let message = format!("cannot start: {}: {}", lacks.join(", "), group.named());
        let finding = group.workload.about(found, Level::Error, message);
        for needed in &group.cause {
            finding.blame(needed.object(group.workload.object.namespace()));
        }
    }
    for group in &groups {
        let workload = &group.workload;
        let namespace = workload.object.namespace();
        for needed in &group.cause {
            let object = needed.object(namespace);
            let waiting = groups.iter().filter(|other| {
                other.workload.object.namespace() == namespace && other.cause.contains(needed)
            });
            let names: Vec<_> = waiting
                .map(|other| other.workload.object.to_string())
                .collect();
            let (lack, names) = (needed.lack(), names.join(", "));
            let message = format!("{lack}: {names} cannot start without it");
            let remedy = match needed.key {
                "" => remedy::list(&object),
                _ => remedy::describe(&object),
            };
            let finding = if needed.is_secret() {
                origin::missing_secret(view, found, workload, object, message)
            } else {
                let makers = origin::of_config_map(view, workload);
                let finding = found.missing(Level::Error, object, message);
                finding.made_by(makers)
            };
            finding.remedy(remedy);
        }
    }
}
