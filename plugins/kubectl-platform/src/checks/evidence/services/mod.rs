//! Services: what they select, what is behind them, where they are reached, and who needs them.

pub(in crate::checks) mod addresses;
mod askers;
pub(in crate::checks) mod behind;
pub(in crate::checks) mod dns;
pub(in crate::checks) mod endpoints;
pub(in crate::checks) mod gone;
pub(in crate::checks) mod host;
pub(crate) mod load_balancer;
pub(in crate::checks) mod made;
pub(in crate::checks) mod ports;
pub(crate) mod selection;
pub(in crate::checks) mod unknown_host;
pub(in crate::checks) mod unresolved;
pub(in crate::checks) mod unselected;
pub(in crate::checks) mod users;
