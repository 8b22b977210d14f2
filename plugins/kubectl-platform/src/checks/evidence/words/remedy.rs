//! Commands to paste. What the cluster or a file gave (names, paths) may be anything, so that each
//! such word is quoted for the shell where it has to be.

use std::borrow::Cow;

use shared::facts::Kind;
use shared::object::ObjectRef;

/// A command: `format!`, but every argument becomes one word of the shell, or a part of one. Names
/// in the braces are refused, since what they stand for would not be quoted.
macro_rules! command {
    ($text:literal $(, $word:expr)+ $(,)?) => {
        format!(concat!($text) $(, $crate::checks::evidence::words::remedy::word(&$word))+)
    };
}
pub(in crate::checks) use command;

/// A word that the shell takes as it is, and that is no option.
pub(in crate::checks) fn word<T: AsRef<str> + ?Sized>(text: &T) -> Cow<'_, str> {
    // No name begins with a hyphen, and no word of a command holds a NUL.
    let text = text.as_ref().trim_start_matches('-');
    let end = text.find('\0').unwrap_or(text.len());
    shlex::try_quote(&text[..end]).unwrap_or_default()
}

/// Shows an object and its events.
pub(in crate::checks) fn describe(object: &ObjectRef) -> String {
    on("kubectl describe", object)
}

/// Shows what there is of a kind where an object is missing.
pub(in crate::checks) fn list(missing: &ObjectRef) -> String {
    let of = scope(missing.namespace());
    format!("kubectl{of} get {}", command!("{}", resource(missing)))
}

/// What kubectl is to do with an object: `kubectl describe` becomes
/// `kubectl -n NAMESPACE describe KIND NAME`.
pub(in crate::checks) fn on(verb: &str, object: &ObjectRef) -> String {
    let of = scope(object.namespace());
    let verb = verb.trim_start_matches("kubectl ");
    let (kind, name) = (resource(object), &object.name);
    format!("kubectl{of} {verb} {}", command!("{} {}", kind, name))
}

/// Shows what a pod of a workload wrote.
pub(in crate::checks) fn logs(workload: &ObjectRef) -> String {
    let kind = workload.kind.to_lowercase();
    command!(
        "kubectl -n {} logs {}/{}",
        workload.namespace(),
        kind,
        workload.name
    )
}

/// Has a workload that was told to run no pods run one.
pub(in crate::checks) fn scale_up(workload: &ObjectRef) -> String {
    command!(
        "kubectl scale {} {} -n {} --replicas 1",
        workload.kind.to_lowercase(),
        workload.name,
        workload.namespace()
    )
}

/// ` -n NAMESPACE`; empty for what belongs to the whole cluster.
pub(in crate::checks) fn scope(namespace: &str) -> String {
    match namespace {
        "" => String::new(),
        namespace => command!(" -n {}", namespace),
    }
}

/// What kubectl calls a kind: with its group where the name alone may mean another.
fn resource(object: &ObjectRef) -> String {
    let kind = object.kind.to_ascii_lowercase();
    let is_known = Kind::ALL.iter().any(|kind| {
        let mut groups = kind.apis().iter().map(|api| shared::object::group_of(api));
        kind.name() == object.kind && groups.any(|group| group == object.group())
    });
    match object.group() {
        group if !is_known && !group.is_empty() => format!("{kind}.{group}"),
        _ => kind,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_quoted_and_no_options() {
        for (text, quoted) in [
            ("redis-master.cache", "redis-master.cache"),
            ("./apps/web", "./apps/web"),
            ("", "''"),
            ("--kubeconfig=x", "'kubeconfig=x'"),
            ("a b", "'a b'"),
            ("a;reboot", "'a;reboot'"),
            ("$(reboot)", "'$(reboot)'"),
            ("a'`b`", "\"a'\"'`b`'"),
            ("a\0b", "a"),
        ] {
            assert_eq!(word(text), quoted, "{text}");
        }
    }

    #[test]
    fn kinds_are_named_so_that_kubectl_finds_them() {
        for (api_version, kind, namespace, shown) in [
            ("v1", "Node", "", "kubectl describe node x"),
            (
                "v1",
                "Service",
                "auth",
                "kubectl -n auth describe service x",
            ),
            (
                "serving.knative.dev/v1",
                "Service",
                "auth",
                "kubectl -n auth describe service.serving.knative.dev x",
            ),
            (
                "postgresql.cnpg.io/v1",
                "Cluster",
                "auth",
                "kubectl -n auth describe cluster.postgresql.cnpg.io x",
            ),
        ] {
            let object = ObjectRef::new(api_version, kind, namespace, "x");
            assert_eq!(describe(&object), shown);
        }
    }
}
