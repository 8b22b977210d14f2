//! argo/application-unhealthy: An Application does not work, or is not there in part.
//!
//! Argo CD judges the health of each object that the Application consists of: something is
//! Degraded, Missing, or has been Progressing for too long.
//!
//! Look at the objects that are named.

use shared::facts::kinds::argo::ApplicationResource;
use shared::facts::{Kind, Need, View, live};
use shared::finding::Findings;

use crate::checks::evidence::argo;
use crate::checks::evidence::argo::application_health::{self, is_well, told};

pub(super) const NEEDS: &[Need] = &[live(Kind::Application)];

pub(super) fn run(view: &View<'_>, found: &mut Findings) {
    for application in argo::staying(view) {
        let Some(health) = application_health::unwell(application) else {
            continue;
        };
        let own = &application.status.health;
        let resources = &application.status.resources;
        let unwell: Vec<_> = resources.iter().filter(|one| !is_well(one)).collect();
        let parts: Vec<_> = unwell.iter().map(|one| told(one)).collect();
        let mut text = own.status.clone();
        for part in [own.message.clone(), parts.join("; ")] {
            if !part.is_empty() {
                text = format!("{text}: {part}");
            }
        }
        // What Argo CD does not judge itself, such as operators' resources, may be the cause too; and where
        // it names nothing that is unwell, whatever is.
        let is_named =
            |one: &&ApplicationResource| !is_well(one) || one.health.is_none() || unwell.is_empty();
        let suspects = resources.iter().filter(is_named).map(argo::judged);
        if let Some(finding) = found.unwell(application, &health, text) {
            finding.suspect(suspects).remedy(argo::get(application));
        }
    }
}
