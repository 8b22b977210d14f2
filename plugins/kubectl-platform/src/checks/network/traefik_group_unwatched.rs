//! network/traefik-group-unwatched: A route is of an API group that Traefik does not watch.
//!
//! Traefik 3 reads `traefik.io` only, Traefik before 2.10 `traefik.containo.us` only. The API
//! server still takes objects of the other group, but they are served no more.
//!
//! Change the route's `apiVersion` in Git; the rest of the object stays as it is.

use shared::facts::{Kind, Need, View, declared};
use shared::finding::{Findings, Level};

use crate::checks::evidence::routes::{self, traefik};

pub(super) const NEEDS: &[Need] = &[
    declared(Kind::IngressRoute),
    declared(Kind::IngressRouteTcp),
    declared(Kind::IngressRouteUdp),
    declared(Kind::Deployment).lookup(),
    declared(Kind::DaemonSet).lookup(),
];

const OLD: &str = "traefik.containo.us";

/// From here on Traefik watches the new group, and until [`LAST_OLD`] the old one too.
const FIRST_NEW: (u32, u32) = (2, 10);
const LAST_OLD: u32 = 2;

pub(super) fn run(view: &View<'_>, found: &mut Findings) {
    let traefiks = traefik::all(view);
    let versions: Option<Vec<_>> = traefiks.iter().map(traefik::Traefik::version).collect();
    let Some(versions) = versions.filter(|versions| !versions.is_empty()) else {
        return;
    };
    for (from, route) in routes::of_traefik(view) {
        let is_old = from.group() == OLD;
        let is_watched = versions.iter().any(|version| {
            if is_old {
                version.0 <= LAST_OLD
            } else {
                *version >= FIRST_NEW
            }
        });
        if is_watched {
            continue;
        }
        let shown: Vec<_> = versions.iter().map(traefik::shown).collect();
        let told = format!(
            "is of the group {}, which Traefik {} does not watch",
            from.group(),
            shown.join(", ")
        );
        found.about_read(Level::Error, from, &route.metadata, told);
    }
}
