//! The objects in Flux' inventories, which write them as `NAMESPACE_NAME_GROUP_KIND`.
//! See <https://github.com/fluxcd/cli-utils/blob/main/pkg/object/objmetadata.go>.

use shared::facts::kinds::flux_apply::{Inventory, InventoryEntry};
use shared::object::ObjectRef;

/// What was applied.
pub(in crate::checks) fn objects(inventory: &Inventory) -> impl Iterator<Item = ObjectRef> {
    inventory.entries.iter().filter_map(object)
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
}
