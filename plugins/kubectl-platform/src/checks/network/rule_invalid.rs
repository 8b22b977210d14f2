//! network/rule-invalid: Traefik cannot read the rule of a route.
//!
//! It leaves the route out and says so only in its own log: requests are answered with 404. Names
//! of matchers and the number of their arguments changed between Traefik 2 and 3.
//!
//! Correct `spec.routes.match`; arguments stand in backticks, such as ``Host(`www.almckay.io`)``.

use shared::facts::{Kind, Need, View, declared};
use shared::finding::{Findings, Level};

use crate::checks::evidence::routes::rule_syntax::{self, Syntax};
use crate::checks::evidence::routes::{self, traefik};
use crate::checks::evidence::words::remedy;

pub(super) const NEEDS: &[Need] = &[
    declared(Kind::IngressRoute),
    declared(Kind::IngressRouteTcp),
    declared(Kind::IngressRouteUdp).hint(),
    declared(Kind::Deployment).hint(),
    declared(Kind::DaemonSet).hint(),
];

pub(super) fn run(view: &View<'_>, found: &mut Findings) {
    let http = of_http(view);
    for (from, route) in routes::of_traefik(view) {
        let syntax = match &*from.kind {
            "IngressRoute" => http,
            "IngressRouteTCP" => Syntax::Tcp,
            _ => continue,
        };
        for rule in &route.spec.routes {
            let syntax = match (rule.syntax.as_str(), syntax) {
                ("v2", Syntax::Http3) => Syntax::Http2,
                (_, syntax) => syntax,
            };
            if let Some(fault) = rule_syntax::fault(&rule.r#match, syntax) {
                let told = format!("Traefik cannot read the rule {}: {fault}", rule.r#match);
                let finding = found.about_read(Level::Error, from.clone(), &route.metadata, told);
                finding.remedy(remedy::describe(&from));
            }
        }
    }
}

/// How rules of HTTP routes are read: by the versions that run. An old syntax can be made the default.
fn of_http(view: &View<'_>) -> Syntax {
    let traefiks = traefik::all(view);
    let versions: Option<Vec<_>> = traefiks.iter().map(|one| one.version()).collect();
    let majors: Vec<_> = versions
        .into_iter()
        .flatten()
        .map(|(major, _)| major)
        .collect();
    let is_old_by_default = traefiks.iter().any(traefik::Traefik::reads_old_rules);
    match majors.as_slice() {
        [] => Syntax::Http,
        _ if is_old_by_default => Syntax::Http,
        all if all.iter().all(|major| *major == 2) => Syntax::Http2,
        all if all.iter().all(|major| *major >= 3) => Syntax::Http3,
        _ => Syntax::Http,
    }
}
