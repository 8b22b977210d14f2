//! argo/project-missing: An Application belongs to a project that is not there.
//!
//! `spec.project` names an AppProject that does not exist in Argo CD's namespace. Argo CD refuses
//! the Application.
//!
//! Create the AppProject, or mend the name.

use shared::facts::kinds::custom::Custom;
use shared::facts::{Fact, Kind, Need, View, declared};
use shared::finding::Findings;

use crate::checks::evidence::absent::Absent;
use crate::checks::evidence::argo;
use crate::checks::evidence::words::remedy::command;

pub(super) const NEEDS: &[Need] = &[declared(Kind::Application), declared(Kind::Custom).lookup()];

pub(super) fn run(view: &View<'_>, found: &mut Findings) {
    let projects: Vec<_> = view
        .all::<Custom>()
        .iter()
        .filter(|one| one.kind == "AppProject")
        .map(Fact::reference)
        .collect();
    // Applications may live outside Argo CD's namespace; projects never do.
    let exists = |name: &str| projects.iter().any(|project| project.name == name);
    let mut absent = Absent::default();
    for application in argo::staying(view) {
        if let Some(project) = argo::project(application).filter(|project| !exists(&project.name)) {
            absent.add(project, &application.reference(), "spec.project", Vec::new);
        }
    }
    absent.report(found, |missing, finding| {
        finding.remedy(command!(
            "kubectl -n {} get appprojects",
            missing.namespace()
        ));
    });
}
