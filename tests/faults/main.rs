//! What can be wrong with a cluster, the way to it, or the reader: what is said then, by every verb, and never
//! that all is well.
#![cfg(unix)]

mod answers;
mod connecting;
mod discovery;
mod following;
mod following_through;
mod forbidden;
mod leaving;
mod proxies;
mod readers;
mod servers;
mod several;
mod users;
mod verbs;
