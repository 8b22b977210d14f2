//! What a check says of names whose kind was not read: nothing.
//!
//! A file that holds no Bucket does not tell whether there is any; what it holds of other kinds is judged all
//! the same. Of a part of a cluster, such as one namespace, the same goes for each namespace.

use super::Check;
use crate::facts::meta::Meta;
use crate::facts::{Fact, Facts, Gap, Kind, Known, Reason, Role, for_kind};
use crate::object::ObjectRef;

/// Why nobody can tell whether an object is there, where a check only names those of its kind.
pub(super) fn gap_of(check: &Check, facts: &Facts, object: &ObjectRef) -> Option<Gap> {
    let (Known::Yes(kind, _) | Known::OtherVersion(kind)) =
        Kind::known(&object.api_version, &object.kind)
    else {
        return None;
    };
    let mut needs = check.needs.iter();
    let is_named = needs.any(|need| need.kind == kind && need.role == Role::Named);
    if !is_named || facts.meta(object).is_some() {
        return None;
    }
    let own = facts.gap(kind).cloned();
    let own = own.filter(|gap| gap.reason == Reason::NotInFile);
    own.or_else(|| {
        let namespace = object.namespace();
        let is_unread = is_part(facts) && !has_any_in(facts, kind, namespace);
        let why = || format!("the file holds none in namespace {namespace}");
        is_unread.then(|| Gap::new(Reason::NotInFile, why()))
    })
    .map(|gap| gap.of(kind))
}

/// Whether a file holds only a part of a cluster.
fn is_part(facts: &Facts) -> bool {
    let mut gaps = Kind::ALL.iter().filter_map(|kind| facts.gap(*kind));
    gaps.any(|gap| gap.reason == Reason::NotInFile)
}

fn has_any_in(facts: &Facts, kind: Kind, namespace: &str) -> bool {
    let is_in = |meta: &Meta| meta.namespace == namespace;
    for_kind!(kind, F => facts.all::<F>().iter().any(|fact| is_in(fact.meta())))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check;
    use crate::facts::kinds::pod::Pod;
    use crate::facts::kinds::service::Service;
    use crate::facts::{Need, View, declared};
    use crate::finding::Findings;
    use crate::source::read_text;

    /// Each pod names the Service that is called as it is.
    const CHECK: Check = Check {
        id: "test/named-missing",
        source: "",
        needs: NEEDS,
        run: |view: &View<'_>, found: &mut Findings| {
            for pod in view.all::<Pod>() {
                let (namespace, name) = (&*pod.metadata.namespace, &*pod.metadata.name);
                if view.get::<Service>(namespace, name).is_none() {
                    let service = Kind::Service.object(namespace, name);
                    found.error(pod, "names it").blame(service);
                }
            }
        },
    };

    const NEEDS: &[Need] = &[declared(Kind::Pod), declared(Kind::Service).named()];

    fn run(more: &str) -> (usize, Option<String>) {
        let text =
            format!("{{apiVersion: v1, kind: Pod, metadata: {{name: a, namespace: web}}}}\n{more}");
        let facts = read_text(text.into_bytes(), "-", None).unwrap();
        let outcome = check::run(&CHECK, &facts);
        (outcome.findings.len(), outcome.gap.map(|gap| gap.told()))
    }

    #[test]
    fn a_name_is_passed_over_only_where_its_kind_was_not_read() {
        let service = |name: &str, namespace: &str| {
            format!(
                "---\n{{apiVersion: v1, kind: Service, metadata: {{name: {name}, namespace: {namespace}}}}}\n"
            )
        };
        let whole = "---\n{apiVersion: v1, kind: Node, metadata: {name: a}}\n---\n\
            {apiVersion: v1, kind: Namespace, metadata: {name: web}}\n";
        let why = |text: &str| (0, Some(text.to_owned()));
        assert_eq!(run(""), why("services: the file holds none"));
        let elsewhere = run(&service("b", "auth"));
        assert_eq!(
            elsewhere,
            why("services: the file holds none in namespace web")
        );
        assert_eq!(run(&service("b", "web")), (1, None));
        assert_eq!(run(&service("a", "web")), (0, None));
        assert_eq!(run(whole), (1, None));
    }
}
