//! Ingresses.

use jiff::Timestamp;

use super::conditions::first;
use super::{Assess, Health, Status};
use crate::facts::kinds::ingress::Ingress;

impl Assess for Ingress {
    fn health(&self, _: Timestamp) -> Health {
        if let Some(health) = first(&self.metadata, 0) {
            return health;
        }
        if self.status.load_balancer.ingress.is_empty() {
            // Not all controllers publish one, so that this has no end.
            let message = "no controller has given it an address yet";
            return Health::new(Status::InProgress, "AddressPending", message);
        }
        Health::current()
    }
}
