//! The objects that targets name, and what of it is not there.

use cli::nearest::nearest;
use shared::facts::{Facts, Kind, Scope};
use shared::failure::{Exit, Failure, Result};
use shared::health::{self, Seen};

use super::kind_name::{Words, defined, is_called, plurals};
use super::not_found;
use super::target::Target;

/// Finds the objects, target by target.
pub(super) fn find<'a>(
    facts: &'a Facts,
    targets: &[Target],
    namespace: Option<&str>,
) -> Vec<Seen<'a>> {
    let all = targets.iter();
    all.flat_map(|target| named(target, of_kind(target, facts), namespace))
        .collect()
}

/// Fails when something that is named is in no cluster, or no cluster knows its kind.
pub(super) fn require(all: &[Facts], targets: &[Target], namespace: Option<&str>) -> Result<()> {
    targets.iter().try_for_each(|target| {
        let mut found = all.iter().map(|facts| is_there(target, facts, namespace));
        let first = found.next().unwrap_or(Ok(()));
        first.or_else(|missing| found.find(Result::is_ok).unwrap_or(Err(missing)))
    })
}

fn is_there(target: &Target, facts: &Facts, namespace: Option<&str>) -> Result<()> {
    let is_read = facts
        .gap(target.kind)
        .is_none_or(|gap| !gap.reason.is_incomplete());
    if !is_read {
        return Ok(());
    }
    let seen = of_kind(target, facts);
    let is_custom = target.kind == Kind::Custom;
    if is_custom && seen.is_empty() && defined(facts, &target.text).next().is_none() {
        return Err(no_such_kind(&target.text, facts));
    }
    match &target.name {
        Some(name) if named(target, seen, namespace).is_empty() => {
            Err(not_found(&format!("{}/{name}", target.text), namespace))
        }
        _ => Ok(()),
    }
}

fn no_such_kind(text: &str, facts: &Facts) -> Failure {
    let unread = facts.gap(Kind::CustomResourceDefinition);
    if let Some(gap) = unread.filter(|gap| gap.reason.is_incomplete()) {
        let why = &gap.message;
        return Failure::new(format!(
            "cannot tell what {text} is: definitions of kinds: {why}"
        ))
        .exit(Exit::Incomplete);
    }
    let failure = Failure::new(format!("no such kind: {text}"));
    let nearest = nearest(Words::of(text).name, plurals(facts));
    if nearest.is_empty() {
        failure.hint("list the kinds with: kubectl api-resources")
    } else {
        failure.hint(format!("did you mean: {}", nearest.join(", ")))
    }
}

fn of_kind<'a>(target: &Target, facts: &'a Facts) -> Vec<Seen<'a>> {
    let mut seen = health::judge(facts, target.kind);
    if target.kind == Kind::Custom {
        let words = Words::of(&target.text);
        let defined: Vec<_> = defined(facts, &target.text).map(|one| &one.spec).collect();
        seen.retain(|Seen { object, .. }| {
            is_called(&object.kind, None, words.name) && words.are_of(&object.api_version)
                || defined
                    .iter()
                    .any(|spec| spec.group == object.group() && spec.names.kind == object.kind)
        });
    }
    seen
}

/// Those in the namespace and of the name, where one is asked for. As kubectl has it, a namespace does not
/// matter to what lives in none.
fn named<'a>(target: &Target, mut seen: Vec<Seen<'a>>, namespace: Option<&str>) -> Vec<Seen<'a>> {
    seen.retain(|Seen { kind, object, .. }| {
        let lives_in_none = match kind {
            Kind::Custom => object.namespace.is_none(),
            kind => kind.scope() == Scope::Cluster,
        };
        let is_within =
            namespace.is_none_or(|wanted| lives_in_none || object.namespace() == wanted);
        is_within && target.name.as_ref().is_none_or(|name| object.name == *name)
    });
    seen
}

#[cfg(test)]
mod tests {
    use super::super::target::parse;
    use super::*;

    const FIRST: &str = r"
{apiVersion: apps/v1, kind: Deployment, metadata: {name: redis, namespace: redis}}
---
{apiVersion: v1, kind: Namespace, metadata: {name: flux-system}}
---
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: oxen.example.io}
spec: {group: example.io, names: {kind: Ox, plural: oxen, shortNames: [bo]}, versions: [{name: v1}]}
";

    const SECOND: &str =
        "{apiVersion: example.io/v1, kind: Ox, metadata: {name: a, namespace: redis}}";

    fn facts(manifests: &str) -> Facts {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("all.yaml"), manifests).unwrap();
        shared::source::read_path(folder.path(), jiff::Timestamp::UNIX_EPOCH).unwrap()
    }

    fn targets(argument: &str) -> Vec<Target> {
        parse(&[argument.to_owned()]).unwrap()
    }

    #[test]
    fn what_is_in_one_cluster_is_there() {
        let all = [facts(SECOND), facts(FIRST)];
        for there in ["deploy/redis", "ox/a", "bo", "ox.example.io"] {
            assert!(require(&all, &targets(there), None).is_ok(), "{there}");
        }
        for missing in ["deploy/valkey", "ox/b", "cows"] {
            assert!(require(&all, &targets(missing), None).is_err(), "{missing}");
        }
    }

    #[test]
    fn kinds_go_by_the_names_of_their_definitions() {
        let all = facts(&format!("{FIRST}---\n{SECOND}"));
        for name in ["ox", "oxen", "bo", "oxen.example.io", "oxen.v1.example.io"] {
            assert_eq!(find(&all, &targets(name), None).len(), 1, "{name}");
        }
        assert!(find(&all, &targets("oxen.example.com"), None).is_empty());
    }

    #[test]
    fn a_misspelt_kind_is_none_in_a_file_either() {
        let all = [facts(FIRST)];
        let failure = require(&all, &targets("deploymnt"), None).unwrap_err();
        let hint = failure.to_string() + &format!("{failure:?}");
        assert!(hint.contains("deployments"), "{hint}");
        assert!(require(&all, &targets("ds"), None).is_ok());
    }

    #[test]
    fn a_namespace_does_not_hide_what_lives_in_none() {
        let all = facts(FIRST);
        let found =
            |argument: &str, namespace| find(&all, &targets(argument), Some(namespace)).len();
        assert_eq!(found("ns/flux-system", "redis"), 1);
        assert_eq!(found("ns", "redis"), 1);
        assert_eq!(found("deploy", "redis"), 1);
        assert_eq!(found("deploy", "flux-system"), 0);
    }
}
