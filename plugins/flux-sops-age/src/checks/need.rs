//! What a check cannot do without.

use shared::facts::{Gap, Reason};

use super::evidence::coverage;
use crate::seen::Seen;
use crate::tree::{Covered, Extent};

/// Something that must be there for a check to mean anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Need {
    /// Encrypted files.
    Sealed,
    /// Rules for what is encrypted.
    Rules,
    /// The whole tree, not only files that were named.
    WholeTree,
    /// A private key on this machine.
    Key,
    /// A cluster, and its Kustomizations.
    Cluster,
    /// Encrypted files that Kustomizations of the cluster build.
    Built,
}

impl Need {
    /// Why it is not met.
    pub(super) fn gap(self, seen: &Seen<'_>) -> Option<Gap> {
        let tree = seen.tree;
        let (is_met, reason, why) = match self {
            Self::Sealed => {
                let any = tree.sealed().next().is_some();
                (any, Reason::NotInstalled, "no encrypted file")
            }
            Self::Rules => {
                let without = |file: &crate::tree::File| matches!(file.covered, Covered::NoRules);
                let any = !tree.files.iter().all(without);
                (any, Reason::NotInstalled, "no .sops.yaml")
            }
            Self::WholeTree => {
                let why = "only the named files were looked at";
                (tree.extent == Extent::Whole, Reason::NotInFile, why)
            }
            Self::Cluster => match seen.cluster {
                Some(cluster) => return cluster.gap.clone(),
                None => (false, Reason::NotLive, "no cluster was asked"),
            },
            Self::Built => {
                let cluster = seen.cluster;
                let any = cluster.is_some_and(|cluster| coverage::builds_any(seen, cluster));
                let why = "no Kustomization of the cluster builds an encrypted file of this tree";
                (any, Reason::NotInFile, why)
            }
            Self::Key => {
                let why = "there is no private key on this machine";
                (!seen.laptop.is_empty, Reason::NoKey, why)
            }
        };
        (!is_met).then(|| Gap::new(reason, why))
    }
}
