//! The objects in Flux' inventories, which write them as `NAMESPACE_NAME_GROUP_KIND`.
//! See <https://github.com/fluxcd/cli-utils/blob/main/pkg/object/objmetadata.go>.

use shared::facts::Kind;
use shared::facts::kinds::flux_apply::{Inventory, InventoryEntry};
use shared::object::ObjectRef;

/// What was applied.
pub(in crate::checks) fn objects(inventory: &Inventory) -> impl Iterator<Item = ObjectRef> {
    inventory.entries.iter().filter_map(object)
}

/// What was applied of a kind in a namespace, which is empty for kinds of the whole cluster.
pub(in crate::checks) fn of_kind<'a>(
    inventory: &'a Inventory,
    kind: Kind,
    namespace: &'a str,
) -> impl Iterator<Item = ObjectRef> + 'a {
    those(inventory, move |entry| {
        may_be(entry, kind.name(), namespace)
    })
}

/// What was applied of a kind under a name, in any namespace.
pub(in crate::checks) fn called<'a>(
    inventory: &'a Inventory,
    kind: Kind,
    name: &'a str,
) -> impl Iterator<Item = ObjectRef> + 'a {
    let of_kind = those(inventory, move |entry| entry.id.ends_with(kind.name()));
    of_kind.filter(move |object| {
        object.name == name && *object == kind.object(object.namespace(), name)
    })
}

/// Whether an object was applied.
pub(in crate::checks) fn holds(inventory: &Inventory, wanted: &ObjectRef) -> bool {
    let is_like = |entry: &InventoryEntry| may_be(entry, &wanted.kind, wanted.namespace());
    those(inventory, is_like).any(|object| object == *wanted)
}

/// What was applied, of the entries that may be meant.
fn those<'a>(
    inventory: &'a Inventory,
    may_be: impl Fn(&InventoryEntry) -> bool + 'a,
) -> impl Iterator<Item = ObjectRef> + 'a {
    let entries = inventory.entries.iter();
    entries
        .filter(move |entry| may_be(entry))
        .filter_map(object)
}

/// Tells most entries apart before anything is made of them: inventories are long, and asked often.
fn may_be(entry: &InventoryEntry, kind: &str, namespace: &str) -> bool {
    let id = entry.id.as_bytes();
    let before_kind = id.len().checked_sub(kind.len() + 1);
    id.get(namespace.len()) == Some(&b'_')
        && before_kind.is_some_and(|at| id[at] == b'_')
        && id.starts_with(namespace.as_bytes())
        && id.ends_with(kind.as_bytes())
}

fn object(entry: &InventoryEntry) -> Option<ObjectRef> {
    let (rest, kind) = entry.id.rsplit_once('_')?;
    let (rest, group) = rest.rsplit_once('_')?;
    let (namespace, name) = rest.split_once('_')?;
    let api_version = if group.is_empty() {
        entry.v.clone()
    } else {
        format!("{group}/{}", entry.v)
    };
    // A colon, which names of roles may hold, is written as two underscores.
    Some(ObjectRef::new(
        api_version,
        kind.to_owned(),
        namespace,
        name.replace("__", ":"),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_become_objects() {
        for (id, v, object) in [
            (
                "cache_redis-credentials__Secret",
                "v1",
                "v1:Secret/cache/redis-credentials",
            ),
            (
                "_letsencrypt-prod_cert-manager.io_ClusterIssuer",
                "v1",
                "cert-manager.io/v1:ClusterIssuer/letsencrypt-prod",
            ),
            (
                "_system__node_rbac.authorization.k8s.io_ClusterRole",
                "v1",
                "rbac.authorization.k8s.io/v1:ClusterRole/system:node",
            ),
        ] {
            let inventory = Inventory {
                entries: vec![InventoryEntry {
                    id: id.into(),
                    v: v.into(),
                }],
            };
            let found: Vec<_> = objects(&inventory)
                .map(|o| format!("{}:{o}", o.api_version))
                .collect();
            assert_eq!(found, [object]);
        }
    }

    #[test]
    fn those_of_a_kind_and_a_namespace_are_told_apart() {
        let ids = [
            "cache_redis_helm.toolkit.fluxcd.io_HelmRelease",
            "cache_redis__Secret",
            "cache-old_redis_helm.toolkit.fluxcd.io_HelmRelease",
            "_cache__HelmRelease",
        ];
        let entries = ids.map(|id| InventoryEntry {
            id: id.into(),
            v: "v2".into(),
        });
        let inventory = Inventory {
            entries: entries.into(),
        };
        let found = of_kind(&inventory, Kind::HelmRelease, "cache");
        let found: Vec<_> = found.map(|object| object.to_string()).collect();
        assert_eq!(found, ["HelmRelease/cache/redis"]);
        let secret = |name| Kind::Secret.object("cache", name);
        assert!(holds(&inventory, &secret("redis")));
        assert!(!holds(&inventory, &secret("redis-tls")));
    }
}
