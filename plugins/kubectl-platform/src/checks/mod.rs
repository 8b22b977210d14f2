//! The checks: one file each, one folder an area. To add one, add its file, one word in the
//! list of its area, and a good and a bad fixture.

/// Registers the checks of an area: each word is a file beside the list.
macro_rules! checks {
    ($($list:tt)*) => {
        shared::checks!(shared::check::Check, $($list)*);
    };
}

mod argo;
pub(crate) mod at_run_time;
mod certificates;
mod cluster;
pub(crate) mod evidence;
mod flux;
mod network;
mod operators;
mod secrets;
mod storage;
mod workloads;

use shared::check::Check;
use shared::facts::Kind;
use shared::report::{Catalog, Described};

/// Every area's list.
static AREAS: &[&[Check]] = &[
    argo::CHECKS,
    certificates::CHECKS,
    cluster::CHECKS,
    flux::CHECKS,
    network::CHECKS,
    operators::CHECKS,
    secrets::CHECKS,
    storage::CHECKS,
    workloads::CHECKS,
];

/// What to do where a cluster forbids to look.
pub(crate) const RIGHTS: &str = "grant the rights that kubectl platform checks --rbac prints";

/// How reports speak of these checks.
pub const CATALOG: Catalog = Catalog {
    command: "kubectl platform validate",
    explain: "kubectl platform explain",
    list: "kubectl platform checks",
    rights: Some(RIGHTS),
    page: "plugins/kubectl-platform/CHECKS.md",
    checks: || all().map(described).collect(),
};

fn described(check: &'static Check) -> Described {
    let needs = check.needs_by_kind().into_iter();
    let kinds: Vec<_> = needs
        .map(|need| need.kind.name())
        .filter(|name| !name.is_empty())
        .collect();
    let reads = if kinds.is_empty() {
        Kind::Custom.shown_plural().to_owned()
    } else {
        kinds.join(", ")
    };
    Described {
        id: check.id,
        source: check.source,
        reads: Some(reads),
    }
}

/// All checks, area by area.
pub fn all() -> impl Iterator<Item = &'static Check> {
    AREAS.iter().copied().flatten()
}
