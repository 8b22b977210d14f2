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
use crate::checks::evidence::pods::credentials::Refused;
use crate::checks::evidence::pods::{pull, references, unpulled};
use crate::checks::evidence::secrets::origin;
use crate::checks::evidence::services::host::hosts_and;
use crate::checks::evidence::words::remedy;

pub(super) const NEEDS: &[Need] =
    hosts_and!(secrets_of_pods_and![declared(Kind::ServiceAccount).hint()]);

pub(super) fn run(view: &View<'_>, found: &mut Findings) {
    let groups = unpulled::pods(view);
    let refused = unpulled::refused(view, &groups);
    let mut shared = Refused::default();
    for group in groups {
        let (pod, workload) = (group.pod, &group.workload);
        let unpulled::Unpulled { part, words, .. } = group.cause;
        let (image, why) = (&part.status.image, pull::reason(group.cause.reason));
        let message = format!(
            "{part} has no image {image}: {why}{words}: {}",
            group.named()
        );
        let finding = workload.about(found, Level::Error, message);
        finding.remedy(remedy::describe(&pod.reference()));
        finding.suspect(unpulled::served_by(view, &group));
        if pull::sort(words) != pull::Sort::Credentials {
            finding.suspect(unpulled::elsewhere(view, pod, words));
            finding.suspect(refused.of(&workload.object));
            continue;
        }
        let secrets = references::pull_secrets(view, pod);
        let is_missing =
            |secret: &ObjectRef| view.lacks::<Secret>(secret.namespace(), &secret.name);
        let (missing, there): (Vec<_>, Vec<_>) = secrets.iter().cloned().partition(is_missing);
        let origins = there
            .iter()
            .map(|secret| origin::of_secret(view, workload, &secret.name));
        finding
            .suspect(secrets)
            .suspect(refused.of(&workload.object))
            .suspect(origins.flatten());
        for secret in &there {
            shared.add(view, secret, workload, (pull::registry(image), image));
        }
        for secret in missing {
            let (name, by) = (&secret.name, &workload.object);
            let message =
                format!("Secret {name} does not exist: {by} cannot pull its images without it");
            let remedy = remedy::list(&secret);
            origin::missing_secret(view, found, workload, secret, message).remedy(remedy);
        }
    }
    shared.report(found);
}
