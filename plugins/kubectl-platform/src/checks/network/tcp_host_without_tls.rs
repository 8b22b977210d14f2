//! network/tcp-host-without-tls: A TCP route asks for a server name, but has no TLS.
//!
//! The server name is part of TLS: without it Traefik cannot tell one name from another, refuses
//! the route and serves nothing on it.
//!
//! Use ``HostSNI(`*`)`` on an entry point of its own, or give the route `tls` (with `passthrough:
//! true` where the server speaks TLS itself). PostgreSQL clients that start in plain text need a
//! Traefik that knows PostgreSQL's STARTTLS (2.7 and later), and `tls` too.

use shared::facts::kinds::traefik::IngressRouteTcp;
use shared::facts::{Kind, Need, View, declared};
use shared::finding::Findings;

use crate::checks::evidence::routes::rule;

pub(super) const NEEDS: &[Need] = &[declared(Kind::IngressRouteTcp)];

pub(super) fn run(view: &View<'_>, found: &mut Findings) {
    for route in view.all::<IngressRouteTcp>() {
        if route.spec.tls.is_some() {
            continue;
        }
        let rules = route.spec.routes.iter();
        let hosts = rules.flat_map(|rule| rule::hosts(&rule.r#match));
        let hosts: Vec<_> = hosts.collect();
        if !hosts.is_empty() {
            found.error(
                route,
                format!(
                    "asks for the server name {}, but has no tls",
                    hosts.join(", ")
                ),
            );
        }
    }
}
