//! Ingresses.

use jiff::Timestamp;

use super::conditions::{first, since_created};
use super::{Assess, Health};
use crate::facts::kinds::ingress::Ingress;

impl Assess for Ingress {
    fn health(&self, _: Timestamp) -> Health {
        if let Some(health) = first(&self.metadata, 0) {
            return health;
        }
        if self.status.load_balancer.ingress.is_empty() {
            let message = "no controller has given it an address yet";
            return since_created(&self.metadata, "AddressPending", message);
        }
        Health::current()
    }
}
