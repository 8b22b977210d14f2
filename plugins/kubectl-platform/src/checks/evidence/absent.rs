//! Objects that are named and are not there: one finding each, however many name it.

use std::collections::{BTreeMap, BTreeSet};

use shared::facts::{Fact, View};
use shared::finding::{Finding, Findings, Level};
use shared::object::ObjectRef;

/// Adds in which other namespace there is one of the name.
pub(in crate::checks) fn tell_elsewhere<F: Fact>(
    view: &View<'_>,
    missing: &ObjectRef,
    finding: &mut Finding,
) {
    let mut all = view.all::<F>().iter().map(Fact::meta);
    if let Some(other) = all.find(|other| other.name == missing.name) {
        finding.message += &format!("; there is one in namespace {}", other.namespace);
    }
}

/// More than this many who name the same are counted, not told.
const TOLD: usize = 3;

/// Of so many who name the same it is asked who should have made it: the others would tell no other.
const ASKED: usize = 20;

/// What is missing, who names it where, and who should have made it.
#[derive(Default)]
pub(in crate::checks) struct Absent(BTreeMap<ObjectRef, Named>);

#[derive(Default)]
struct Named {
    /// All who name it, each once.
    seen: BTreeSet<(String, ObjectRef)>,
    /// The first of them.
    told: Vec<(String, ObjectRef)>,
    makers: Vec<ObjectRef>,
}

impl Absent {
    /// Notes that a field of an object names what is not there, and who should have made it.
    pub(in crate::checks) fn add(
        &mut self,
        missing: ObjectRef,
        named_by: &ObjectRef,
        field: &str,
        makers: impl FnOnce() -> Vec<ObjectRef>,
    ) {
        let named = self.0.entry(missing).or_default();
        let told = (field.to_owned(), named_by.clone());
        if named.told.len() < TOLD && !named.told.contains(&told) {
            named.told.push(told.clone());
        }
        named.seen.insert(told);
        if named.seen.len() <= ASKED {
            named.makers.extend(makers());
        }
    }

    /// Says each; `complete` adds the remedy, and what else there is to say.
    pub(in crate::checks) fn report(
        self,
        found: &mut Findings,
        complete: impl Fn(&ObjectRef, &mut Finding),
    ) {
        for (missing, named) in self.0 {
            let others = named.seen.len() - named.told.len();
            let mut text = format!(
                "{} {} does not exist, and {} it",
                missing.kind,
                missing.name,
                naming(&named.told)
            );
            if others > 0 {
                let does = if others == 1 { "does" } else { "do" };
                text += &format!("; so {does} {others} more");
            }
            let finding = found.missing(Level::Error, missing.clone(), text);
            complete(&missing, finding.made_by(named.makers));
        }
    }
}

/// Who names something where: a field that all of them do it in is told once.
fn naming(told: &[(String, ObjectRef)]) -> String {
    let verb = if told.len() == 1 { "names" } else { "name" };
    let mut text = String::new();
    for (at, (field, by)) in told.iter().enumerate() {
        match at.checked_sub(1).map(|before| told[before].0 == *field) {
            None => text += &format!("{field} of {by}"),
            Some(true) => text += &format!(", {by}"),
            Some(false) => text += &format!(", {field} of {by}"),
        }
    }
    format!("{text} {verb}")
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use shared::facts::Kind;

    use super::*;

    #[test]
    fn of_many_who_name_the_same_some_are_told_and_some_are_asked() {
        let source = Kind::GitRepository.object("flux-system", "infra");
        let mut absent = Absent::default();
        let asked = Cell::new(0);
        for number in 0..100 {
            let by = Kind::Kustomization.object("flux-system", &format!("app-{number}"));
            absent.add(source.clone(), &by, "spec.sourceRef", || {
                asked.set(asked.get() + 1);
                vec![by.clone()]
            });
        }
        assert_eq!(asked.get(), ASKED);
        let mut found = Findings::new("flux/source-missing", jiff::Timestamp::UNIX_EPOCH);
        absent.report(&mut found, |_, _| {});
        let (found, _) = found.into_parts();
        let said = "and spec.sourceRef of Kustomization/flux-system/app-0, \
                    Kustomization/flux-system/app-1, Kustomization/flux-system/app-2 name it; so do 97 more";
        assert!(found[0].message.ends_with(said), "{found:?}");
    }
}
