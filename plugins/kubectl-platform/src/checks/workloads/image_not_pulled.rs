//! workloads/image-not-pulled: An image cannot be pulled.
//!
//! kubelet cannot get the image from its registry: the tag does not exist, the registry wants other
//! credentials, limits the rate, or cannot be reached. The container is not started until it can.
//!
//! The message quotes the registry. Mend the tag in Git, or the pull Secret that the pod or its
//! ServiceAccount names; kubelet tries again by itself within five minutes.

use shared::facts::kinds::secret::Secret;
use shared::facts::{Fact, Kind, Need, View, declared};
use shared::finding::{Findings, Level};
use shared::object::ObjectRef;

use crate::checks::evidence::needs::secrets_of_pods_and;
use crate::checks::evidence::pull::{self, Sort};
use crate::checks::evidence::siblings::Siblings;
use crate::checks::evidence::trouble::Trouble;
use crate::checks::evidence::workload::by_workload;
use crate::checks::evidence::{dns, origin, references, reflector, remedy};

pub(super) const NEEDS: &[Need] = secrets_of_pods_and![declared(Kind::ServiceAccount).hint()];

pub(super) fn run(view: &View<'_>, found: &mut Findings) {
    let pods = view
        .unsettled_pods()
        .filter_map(|pod| match Trouble::of(pod, view.now())? {
            Trouble::Waiting(part, reason, said) if pull::REASONS.contains(&reason) => {
                Some((pod, (part, reason, said)))
            }
            _ => None,
        });
    let groups = by_workload(view, pods);
    let mut refused = Siblings::default();
    for group in &groups {
        if let Some((pod, (part, _, said))) = group.pods.first() {
            let words = pull::said(view, pod, said);
            if pull::sort(words) == Sort::Credentials {
                refused.add(
                    group.workload.object.clone(),
                    pull::registry(&part.status.image),
                    words,
                );
            }
        }
    }
    for group in groups {
        let Some((pod, (part, reason, said))) = group.pods.first() else {
            continue;
        };
        let words = pull::said(view, pod, said);
        let reason = pull::reason(reason);
        let image = &part.status.image;
        let message = format!(
            "{part} has no image {image}: {reason}{words}: {}",
            group.named()
        );
        let finding = group.workload.about(found, Level::Error, message);
        finding.remedy(remedy::describe(&pod.reference()));
        let secrets = match pull::sort(words) {
            Sort::Credentials => references::pull_secrets(view, pod),
            Sort::Resolver => {
                finding.suspect(dns::servers(view).into_iter().map(|dns| dns.object));
                continue;
            }
            Sort::Disk => {
                finding.suspect(references::node(&pod.spec));
                continue;
            }
            Sort::Other => continue,
        };
        finding
            .suspect(secrets.clone())
            .suspect(refused.of(&group.workload.object));
        let origin = |secret: &ObjectRef| origin::of_secret(view, &group.workload, &secret.name);
        let is_there = |secret: &ObjectRef| {
            view.get::<Secret>(secret.namespace(), &secret.name)
                .is_some()
                || !view.knows::<Secret>()
        };
        let (there, missing): (Vec<_>, Vec<_>) = secrets.into_iter().partition(is_there);
        finding.suspect(there.iter().flat_map(origin));
        for secret in missing {
            let (name, by) = (&secret.name, &group.workload.object);
            let message =
                format!("Secret {name} does not exist: {by} cannot pull its images without it");
            let origin = origin(&secret);
            let remedy = remedy::list(&secret);
            let refusal = reflector::refusal(view, &secret);
            let finding = found.missing(Level::Error, secret, message);
            if let Some((source, why)) = refusal {
                finding.message += &why;
                finding.blame(source);
            }
            finding.made_by(origin).remedy(remedy);
        }
    }
}
