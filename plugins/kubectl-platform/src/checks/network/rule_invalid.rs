//! network/rule-invalid: Traefik cannot read the rule of a route.
//!
//! It leaves the route out and says so only in its own log: requests are answered with 404. Names
//! of matchers and the number of their arguments changed between Traefik 2 and 3.
//!
//! Correct `spec.routes.match`; arguments stand in backticks, such as ``Host(`www.almckay.io`)``.

use shared::facts::{Gap, Kind, Need, Reason, View, declared};
use shared::finding::{Findings, Level};

use crate::checks::evidence::routes::rule_syntax::{self, Syntax};
use crate::checks::evidence::routes::{self, rule, traefik};
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
        for one in &route.spec.routes {
            let syntax = match (one.syntax.as_str(), syntax) {
                ("v2", Syntax::Http3) => Syntax::Http2,
                (_, syntax) => syntax,
            };
            if let Some(fault) = rule_syntax::fault(&one.r#match, syntax) {
                let told = format!("Traefik cannot read the rule {}: {fault}", one.r#match);
                let finding = found.about_read(Level::Error, from.clone(), &route.metadata, told);
                finding.remedy(remedy::describe(&from));
            } else if rule::is_too_deep(&one.r#match) {
                let why = format!("too many groups lie in each other in the rule of {from}");
                found.skip(Gap::new(Reason::Unreadable, why));
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
