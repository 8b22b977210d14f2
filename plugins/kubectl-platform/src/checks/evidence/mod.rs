//! What several checks draw on, by subject: one kind of evidence a file.

pub(super) mod absent;
pub(super) mod argo;
pub(super) mod certificates;
pub(super) mod controller;
pub(super) mod deletion;
pub(super) mod events;
pub(super) mod flux;
pub(super) mod lasting;
pub(super) mod needed;
pub(super) mod needs;
pub(super) mod network;
pub(super) mod object_store;
pub(super) mod on_its_way;
pub(super) mod operator;
pub(super) mod pods;
pub(super) mod policies;
pub(crate) mod routes;
pub(super) mod secrets;
pub(super) mod served;
pub(crate) mod services;
pub(super) mod siblings;
pub(super) mod superseded;
pub(super) mod trust;
pub(super) mod volumes;
pub(super) mod webhook;
pub(super) mod words;
