//! The checks: one file each, one folder an area. To add one, add its file, one word in the list of its area, and
//! what it finds in `tests/sops/check`.

/// Registers the checks of an area: each word is a file beside the list.
macro_rules! checks {
    ($($list:tt)*) => {
        shared::checks!(crate::checks::Check, $($list)*);
    };
}

mod cluster;
mod evidence;
mod files;
mod keys;
mod need;

use shared::check::Outcome;
use shared::finding::Findings;
use shared::report::{Catalog, Described};

pub(crate) use need::Need;

use crate::seen::Seen;

/// One rule about what was seen, beside its manual.
pub struct Check {
    /// `area/name`, which is also the path of its file and never reused.
    pub id: &'static str,
    source: &'static str,
    needs: &'static [Need],
    run: fn(&Seen<'_>, &mut Findings),
}

/// How reports speak of these checks.
pub const CATALOG: Catalog = Catalog {
    command: "flux sops-age check",
    explain: "flux sops-age explain",
    list: "flux sops-age explain",
    rights: None,
    page: "plugins/flux-sops-age/CHECKS.md",
    checks: || all().map(described).collect(),
};

fn described(check: &'static Check) -> Described {
    Described {
        id: check.id,
        source: check.source,
        reads: None,
    }
}

/// All checks, area by area.
pub fn all() -> impl Iterator<Item = &'static Check> {
    [cluster::CHECKS, files::CHECKS, keys::CHECKS]
        .into_iter()
        .flatten()
}

impl Check {
    /// Whether it is about a cluster, and is run for each.
    pub(crate) fn is_of_cluster(&self) -> bool {
        self.needs.contains(&Need::Cluster)
    }

    /// Runs it on what was seen.
    pub(crate) fn run(&self, seen: &Seen<'_>) -> Outcome {
        let unmet = self.needs.iter().find_map(|need| need.gap(seen));
        let (findings, gap) = match unmet {
            Some(gap) => (Vec::new(), Some(gap)),
            None => {
                let mut findings = Findings::new(self.id, seen.now);
                (self.run)(seen, &mut findings);
                findings.into_parts()
            }
        };
        Outcome {
            check: self.id,
            findings,
            // What could not be read may hold what any check looks for.
            gap: gap.or_else(|| seen.tree.gap()),
        }
    }
}
