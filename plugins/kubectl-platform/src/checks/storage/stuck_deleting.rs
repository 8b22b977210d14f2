//! storage/stuck-deleting: A claim or a volume that was deleted does not go.
//!
//! While something uses it, it works as before, and goes with its data as soon as the last pod lets go
//! of it: with the next restart. Where nothing uses it, nobody takes its finalizer off, and no claim of
//! its name can be made anew.
//!
//! A deletion cannot be taken back. Copy what is needed while a pod still has it; then let the pods go,
//! and make the claim anew. Find out who holds what nobody uses: `kubectl describe pvc` or `pv`.

use shared::facts::kinds::pod::Pod;
use shared::facts::kinds::storage::{PersistentVolume, PersistentVolumeClaim};
use shared::facts::{Fact, Kind, Need, View, live};
use shared::finding::{Findings, Level};

use crate::checks::evidence::deletion;
use crate::checks::evidence::volumes::claim;
use crate::checks::evidence::words::remedy;

pub(super) const NEEDS: &[Need] = &[
    live(Kind::PersistentVolumeClaim),
    live(Kind::PersistentVolume),
    live(Kind::Pod).hint(),
];

pub(super) fn run(view: &View<'_>, found: &mut Findings) {
    for one in view.all::<PersistentVolumeClaim>() {
        tell(view, found, one, || {
            let mut pods = view.all::<Pod>().iter();
            let user = pods.find(|pod| claim::is_used_by(one, pod))?;
            Some(format!("pod {}", user.metadata.name))
        });
    }
    for one in view.all::<PersistentVolume>() {
        let is_bound = one.status.phase == "Bound";
        tell(view, found, one, || {
            is_bound.then(|| "its claim".to_owned())
        });
    }
}

fn tell(
    view: &View<'_>,
    found: &mut Findings,
    one: &impl Fact,
    user: impl FnOnce() -> Option<String>,
) {
    let meta = one.meta();
    if !deletion::is_overdue(meta, view.now()) {
        return;
    }
    let (level, why) = match user() {
        Some(user) => {
            let told = format!("it goes with its data once {user} lets go of it");
            (Level::Warning, told)
        }
        None => (Level::Error, deletion::held(meta)),
    };
    let object = one.reference();
    let told = deletion::told(meta, view.now());
    let text = format!("{} {} {told}: {why}", object.kind, object.name);
    found
        .about(level, one, text)
        .remedy(remedy::describe(&object));
}
