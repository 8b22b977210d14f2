//! The connection to one cluster.

use ::kube::client::ConfigExt;
use ::kube::{Client, Config};

use super::api::Api;
use super::config::configure;
use super::connection::Connection;
use super::failing::client_failure;
use super::lanes::Lanes;
use super::transport;
use crate::facts::kinds::url::PublicUrl;
use crate::failure::{Context, Result};

/// A cluster that can be asked.
pub struct Cluster {
    /// The context's name; empty where none was used.
    pub name: String,
    /// The server's address, as it may be shown.
    pub server: String,
    /// The namespace that a command without `-n` means.
    pub namespace: String,
    /// What is asked.
    pub api: Api,
}

/// Connects to a context, by default the current one. Nothing is sent yet, but a credential
/// plugin of the kubeconfig is run.
///
/// # Errors
/// When the kubeconfig, or what it refers to, cannot be used.
pub async fn connect(flags: &Connection, context: Option<&str>) -> Result<Cluster> {
    let (name, config) = configure(flags, context)?;
    let server = PublicUrl::of(&config.cluster_url.to_string()).0;
    let server = server.trim_end_matches('/').to_owned();
    let namespace = config.default_namespace.clone();
    // A credential plugin may take its time, and other clusters need not wait for it.
    let lanes = Lanes::new();
    let of_client = lanes.clone();
    let built = tokio::task::spawn_blocking(|| build(config, of_client)).await;
    let client = built.context("cannot connect")??;
    Ok(Cluster {
        name,
        api: Api::new(client, lanes, server.clone(), flags.request_timeout),
        server,
        namespace,
    })
}

/// Makes the client. kube runs a credential plugin each time it asks for the credentials, which
/// may take seconds; one that gives a token is run just once here.
fn build(mut config: Config, lanes: Lanes) -> Result<Client> {
    let plugin = config.auth_info.exec.clone();
    let fail = |error: ::kube::Error| client_failure(&error, plugin.as_ref());
    let credentials = config.auth_layer().map_err(fail)?;
    if credentials.is_some() {
        config.auth_info.exec = None;
    }
    transport::client(config, credentials, lanes).map_err(fail)
}
