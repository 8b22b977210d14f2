//! Limits what is reported to one namespace, and keeps the roots of it.

use std::collections::HashSet;

use crate::cause::Caused;
use crate::object::ObjectRef;

/// Drops what is not in the namespace and explains nothing there.
pub(super) fn limit(all: &mut Vec<Caused>, namespace: &str) {
    let roots: HashSet<ObjectRef> = all
        .iter()
        .filter(|caused| is_in(&caused.finding.object, namespace))
        .filter_map(|caused| caused.because.clone())
        .collect();
    all.retain(|caused| {
        let object = &caused.finding.object;
        is_in(object, namespace) || (caused.root && roots.contains(object))
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
        assert_eq!(all[0].explains, 2);
    }
}
