//! Calico's selectors, `app == 'site' && has(tier)`, as conditions on labels.
//! See <https://docs.tigera.io/calico/latest/reference/resources/networkpolicy#selectors>.

use super::super::cilium_policy::{NAMESPACE, NAMESPACE_LABELS};
use super::super::network_policy::Requirement;

/// What a selector asks of pods; nothing where it cannot be told.
pub(super) fn of_pods(text: &str) -> Option<Vec<Requirement>> {
    let mut all = read(text)?;
    // All pods are of Kubernetes.
    all.retain(|one| one.key != "projectcalico.org/orchestrator");
    for one in &mut all {
        one.key = match one.key.strip_prefix("pcns.") {
            Some(label) => format!("{NAMESPACE_LABELS}{label}"),
            None if one.key == "projectcalico.org/namespace" => NAMESPACE.to_owned(),
            None => std::mem::take(&mut one.key),
        };
        if one.key.starts_with("projectcalico.org/") || one.key.starts_with("pcsa.") {
            return None;
        }
    }
    Some(all)
}

/// What a selector asks of namespaces.
pub(super) fn of_spaces(text: &str) -> Option<Vec<Requirement>> {
    let mut all = read(text)?;
    for one in &mut all {
        if one.key == "projectcalico.org/name" {
            "kubernetes.io/metadata.name".clone_into(&mut one.key);
        }
    }
    Some(all)
}

/// The same, of the namespaces of pods.
pub(super) fn of_spaces_of_pods(text: &str) -> Option<Vec<Requirement>> {
    let mut all = of_spaces(text)?;
    for one in &mut all {
        one.key.insert_str(0, NAMESPACE_LABELS);
    }
    Some(all)
}

fn read(text: &str) -> Option<Vec<Requirement>> {
    if text.contains("||") {
        return None;
    }
    let parts = text.split("&&").map(str::trim);
    let parts = parts.filter(|part| !["", "all()"].contains(part));
    parts.map(condition).collect()
}

fn condition(text: &str) -> Option<Requirement> {
    let asked = |key: &str, operator: &str, values: Vec<String>| {
        let key = key.trim();
        let is_key = |c: char| c.is_ascii_alphanumeric() || "-_./".contains(c);
        (!key.is_empty() && key.chars().all(is_key)).then(|| Requirement {
            key: key.to_owned(),
            operator: operator.to_owned(),
            values,
        })
    };
    let inner = |start: &str| text.strip_prefix(start)?.strip_suffix(')');
    if let Some(key) = inner("has(") {
        return asked(key, "Exists", Vec::new());
    }
    if let Some(key) = inner("!has(").or(inner("! has(")) {
        return asked(key, "DoesNotExist", Vec::new());
    }
    for (sign, operator) in [
        ("==", "In"),
        ("!=", "NotIn"),
        (" not in ", "NotIn"),
        (" in ", "In"),
    ] {
        if let Some((key, values)) = text.split_once(sign) {
            return asked(key, operator, listed(values)?);
        }
    }
    None
}

/// `'a'`, or `{'a', "b"}`.
fn listed(text: &str) -> Option<Vec<String>> {
    let text = text.trim();
    let list = text
        .strip_prefix('{')
        .and_then(|rest| rest.strip_suffix('}'));
    let all = list.unwrap_or(text).split(',').map(str::trim);
    let all = all.map(|one| {
        let quoted = |quote| one.strip_prefix(quote)?.strip_suffix(quote);
        quoted('\'').or(quoted('"')).map(str::to_owned)
    });
    all.collect()
}
