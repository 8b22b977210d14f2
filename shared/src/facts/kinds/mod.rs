//! One small struct a kind, with just the fields that checks and health rules read.

mod alike;
pub mod api;
pub mod apps;
pub mod argo;
pub mod batch;
pub mod cert_manager;
pub mod core;
pub mod custom;
pub mod flux_apply;
pub mod flux_source;
pub mod gateway;
pub mod helm_controller;
pub mod ingress;
pub mod int_or_string;
pub mod keys;
pub mod node;
pub mod pod;
pub mod references;
pub mod scaling;
pub mod secret;
pub mod secret_sync;
pub mod service;
pub mod storage;
pub mod traefik;
pub mod url;
