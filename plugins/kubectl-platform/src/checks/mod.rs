//! The checks: one file each, one folder an area. To add one, add its file, one word in the
//! list of its area, and a good and a bad fixture.

/// Registers the checks of an area: each word is a file beside the list.
macro_rules! checks {
    ($area:literal: $($name:ident),* $(,)?) => {
        $(mod $name;)*

        /// The checks of this area.
        pub(super) static CHECKS: &[shared::check::Check] = &[$(shared::check::Check {
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

mod argo;
mod certificates;
mod cluster;
pub(crate) mod evidence;
mod flux;
mod network;
mod operators;
mod reference;
mod secrets;
mod storage;
mod workloads;

use shared::check::Check;
use shared::report::Catalog;

pub(crate) use reference::reads;
pub use reference::reference;

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

/// How reports speak of these checks.
pub const CATALOG: Catalog = Catalog {
    command: "kubectl platform validate",
    page: "plugins/kubectl-platform/CHECKS.md",
    manual: |id| all().find(|check| check.id == id).map(Check::manual),
};

/// All checks, area by area.
pub fn all() -> impl Iterator<Item = &'static Check> {
    AREAS.iter().copied().flatten()
}
