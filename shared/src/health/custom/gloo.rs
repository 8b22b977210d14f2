//! Gloo's gateways, routes and upstreams, by the state that each of its parts reports.
//! See <https://docs.solo.io/gloo-edge/latest/reference/api/>, `core.solo.io.Status`.

use super::began;
use crate::facts::kinds::custom::Custom;
use crate::health::{Health, Status};

/// States by their names, and by the numbers that older versions write.
const STATES: &[(&str, &str, Status)] = &[
    ("2", "Rejected", Status::Failed),
    ("3", "Warning", Status::Failed),
    // No proxy uses it yet, and none has to.
    ("0", "Pending", Status::Suspended),
    ("1", "Accepted", Status::Current),
];

/// The worst state of all that is reported; nothing where nobody has reported.
pub(super) fn health(custom: &Custom) -> Option<Health> {
    let scalars = &custom.status.scalars;
    STATES.iter().find_map(|(number, name, status)| {
        let (path, _) = scalars.iter().find(|(path, text)| {
            path.rsplit('.').next() == Some("state") && (text == number || text == name)
        })?;
        let reason = format!("{}reason", path.strip_suffix("state").unwrap_or_default());
        let message = custom.status.text(&reason);
        Some(Health::new(*status, *name, message).since(began(custom)))
    })
}
