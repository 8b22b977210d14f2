//! Limits what is reported to one namespace, and keeps the roots of it.

use std::collections::{HashMap, HashSet};

use crate::cause::Caused;
use crate::object::ObjectRef;

/// Drops what is not in the namespace and explains nothing there. What a root explains is then only what is left.
pub(super) fn limit(all: &mut Vec<Caused>, namespace: &str) {
    let mut explained: HashMap<ObjectRef, HashSet<ObjectRef>> = HashMap::new();
    for caused in all.iter() {
        let object = &caused.finding.object;
        if is_in(object, namespace) {
            for cause in caused.causes.iter().filter(|cause| *cause != object) {
                let of_cause = explained.entry(cause.clone()).or_default();
                of_cause.insert(object.clone());
            }
        }
    }
    all.retain_mut(|caused| {
        let object = &caused.finding.object;
        let explains = explained.get(object).map_or(0, HashSet::len);
        if caused.root {
            caused.explains = explains;
        }
        is_in(object, namespace) || (caused.root && explains > 0)
    });
}

fn is_in(object: &ObjectRef, namespace: &str) -> bool {
    object.namespace() == namespace
        || (object.kind == "Namespace" && object.group().is_empty() && object.name == namespace)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cause::explain;
    use crate::finding::{Finding, Level};

    fn finding(namespace: &str, name: &str, blames: &[ObjectRef]) -> Finding {
        Finding {
            check: "test/test",
            level: Level::Error,
            object: ObjectRef::new("v1", "Pod", namespace, name),
            place: None,
            message: String::new(),
            remedy: None,
            blames: blames.to_vec(),
            suspects: Vec::new(),
            makers: Vec::new(),
            is_symptom: false,
        }
    }

    #[test]
    fn a_root_elsewhere_is_still_named() {
        let root = finding("flux-system", "root", &[]);
        let near = finding("auth", "near", std::slice::from_ref(&root.object));
        let far = finding("cache", "far", std::slice::from_ref(&root.object));
        let mut all = explain(vec![root, near, far, finding("cache", "other", &[])]);
        limit(&mut all, "auth");
        let names: Vec<_> = all
            .iter()
            .map(|caused| &*caused.finding.object.name)
            .collect();
        assert_eq!(names, ["root", "near"]);
        assert_eq!(all[0].explains, 1);
    }
}
