//! workloads/config-missing: A Secret, a ConfigMap or a key of one that pods need does not exist.
//!
//! A container takes its environment or a volume from a Secret or ConfigMap that is not there, or
//! that lacks the key. kubelet does not start it until it is. A pod that runs already goes on, but
//! the next one will not start.
//!
//! Find out what should have made the object (a Kustomization, a HelmRelease, an ExternalSecret, a
//! SealedSecret, a Certificate) and why it did not, or correct the name in the workload.

use shared::facts::{Kind, Need, View, declared};
use shared::finding::{Findings, Level};

use crate::checks::evidence::hold::Hold;
use crate::checks::evidence::needs::secrets_of_pods_and;
use crate::checks::evidence::references::Needed;
use crate::checks::evidence::workload::{Group, by_workload};
use crate::checks::evidence::{origin, reflector, remedy};

pub(super) const NEEDS: &[Need] = secrets_of_pods_and![declared(Kind::ConfigMap).hint()];

pub(super) fn run(view: &View<'_>, found: &mut Findings) {
    let pods = view
        .unsettled_pods()
        .filter_map(|pod| match Hold::of(view, pod)? {
            Hold::Config(missing) => Some((pod, missing)),
            _ => None,
        });
    let groups = by_workload(view, pods);
    for group in &groups {
        let namespace = group.workload.object.namespace();
        let missing = needs(group);
        let names: Vec<String> = missing.iter().map(lack).collect();
        let message = format!("cannot start: {}: {}", names.join(", "), group.named());
        let finding = group.workload.about(found, Level::Error, message);
        for needed in missing {
            finding.blame(needed.object(namespace));
        }
    }
    for group in &groups {
        let namespace = group.workload.object.namespace();
        for needed in needs(group) {
            let object = needed.object(namespace);
            let others = groups.iter().filter(|other| {
                other.workload.object.namespace() == namespace && needs(other).contains(&needed)
            });
            let names: Vec<String> = others
                .map(|other| other.workload.object.to_string())
                .collect();
            let message = format!(
                "{}: {} cannot start without it",
                lack(&needed),
                names.join(", ")
            );
            let remedy = match needed.key {
                "" => remedy::list(&object),
                _ => remedy::describe(&object),
            };
            let finding = found.missing(Level::Error, object, message);
            if let Some((source, why)) =
                reflector::refusal(view, &finding.object).filter(|_| needed.is_secret)
            {
                finding.message += &why;
                finding.blame(source);
            }
            finding.remedy(remedy).made_by(if needed.is_secret {
                origin::of_secret(view, &group.workload, needed.name)
            } else {
                origin::of_config_map(view, &group.workload)
            });
        }
    }
}

/// What pods of a workload wait for; of an object that does not exist its keys are not named.
fn needs<'a>(group: &Group<'a, Vec<Needed<'a>>>) -> Vec<Needed<'a>> {
    let all = group
        .pods
        .first()
        .map(|(_, missing)| missing.as_slice())
        .unwrap_or_default();
    all.to_vec()
}

fn lack(needed: &Needed<'_>) -> String {
    let Needed { name, key, .. } = needed;
    match *key {
        "" => format!("{} {name} does not exist", needed.kind()),
        key => format!("{} {name} has no key {key}", needed.kind()),
    }
}
