//! The checks: one file each, one folder an area. To add one, add its file, one word in the list of its area, and
//! what it finds in `tests/sops/check`.

/// Registers the checks of an area: each word is a file beside the list.
macro_rules! checks {
    ($area:literal: $($name:ident),* $(,)?) => {
        $(mod $name;)*

        /// The checks of this area.
        pub(super) static CHECKS: &[crate::checks::Check] = &[$(crate::checks::Check {
            id: {
                const PATH: &str = concat!($area, "/", stringify!($name));
                const ID: [u8; PATH.len()] = shared::id::hyphenated(PATH);
                shared::id::text(&ID)
            },
            source: include_str!(concat!(stringify!($name), ".rs")),
            needs: $name::NEEDS,
            run: $name::run,
        }),*];
    };
}

mod cluster;
mod evidence;
mod files;
mod keys;
mod need;
mod reference;

use shared::check::{Manual, Outcome};
use shared::finding::Findings;
use shared::report::Catalog;

pub(crate) use need::Need;
pub use reference::reference;

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
pub(crate) const CATALOG: Catalog = Catalog {
    command: "flux sops-age check",
    page: "plugins/flux-sops-age/CHECKS.md",
    manual: |id| all().find(|check| check.id == id).map(Check::manual),
};

/// All checks, area by area.
pub fn all() -> impl Iterator<Item = &'static Check> {
    [cluster::CHECKS, files::CHECKS, keys::CHECKS]
        .into_iter()
        .flatten()
}

impl Check {
    /// The text at the head of its file.
    pub fn manual(&self) -> Manual {
        Manual::of(self.source)
    }

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
