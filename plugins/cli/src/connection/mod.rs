//! The flags by which kubectl connects, with kubectl's own names and meaning.

pub mod given;

use std::path::PathBuf;
use std::time::Duration;

use clap::Args;
use clap_complete::engine::ArgValueCandidates;
use secrecy::SecretString;
use shared::kube::Connection;

use crate::{complete, time_limit};

/// How to connect to a cluster.
#[derive(Debug, Args)]
#[command(next_help_heading = "Connection")]
pub struct ConnectionArgs {
    /// Read this kubeconfig alone
    #[arg(long, value_name = "FILE")]
    kubeconfig: Option<PathBuf>,

    /// The contexts of the kubeconfig to look at, side by side [default: the current one]
    #[arg(long, value_name = "NAME,...", value_delimiter = ',', add = ArgValueCandidates::new(complete::contexts))]
    context: Vec<String>,

    /// The kubeconfig's cluster to connect to
    #[arg(long, value_name = "NAME", add = ArgValueCandidates::new(complete::clusters))]
    cluster: Option<String>,

    /// The kubeconfig's user to connect as
    #[arg(long, value_name = "NAME", add = ArgValueCandidates::new(complete::users))]
    user: Option<String>,

    /// The address of the API server
    #[arg(long, short, value_name = "URL")]
    server: Option<String>,

    /// The name that the API server's certificate must be for
    #[arg(long, value_name = "NAME")]
    tls_server_name: Option<String>,

    /// Authorities that may have signed the API server's certificate
    #[arg(long, value_name = "FILE")]
    certificate_authority: Option<PathBuf>,

    /// The client's certificate
    #[arg(long, value_name = "FILE")]
    client_certificate: Option<PathBuf>,

    /// The client's key
    #[arg(long, value_name = "FILE")]
    client_key: Option<PathBuf>,

    /// Accept any certificate of the API server: anybody may pretend to be it
    #[arg(
        long,
        value_name = "BOOL",
        num_args = 0..=1,
        require_equals = true,
        default_value_t = false,
        default_missing_value = "true",
        hide_default_value = true,
        hide_possible_values = true
    )]
    insecure_skip_tls_verify: bool,

    /// A bearer token
    #[arg(long, value_name = "TOKEN", hide_env_values = true, value_parser = secret)]
    token: Option<SecretString>,

    /// Act as this user
    #[arg(long = "as", value_name = "USER")]
    impersonate: Option<String>,

    /// Act as a member of this group (repeatable)
    #[arg(long = "as-group", value_name = "GROUP")]
    impersonate_groups: Vec<String>,

    /// Act as this uid
    #[arg(long = "as-uid", value_name = "UID")]
    impersonate_uid: Option<String>,

    /// How long one request may take: 1s, 2m, 3h; 0 means without limit
    #[arg(long, value_name = "TIME", default_value = "10s", value_parser = timeout)]
    request_timeout: Duration,
}

impl ConnectionArgs {
    /// What the flags say.
    pub fn connection(&self) -> Connection {
        Connection {
            kubeconfig: self.kubeconfig.clone(),
            contexts: once(&self.context),
            cluster: self.cluster.clone(),
            user: self.user.clone(),
            server: self.server.clone(),
            tls_server_name: self.tls_server_name.clone(),
            certificate_authority: self.certificate_authority.clone(),
            client_certificate: self.client_certificate.clone(),
            client_key: self.client_key.clone(),
            insecure_skip_tls_verify: self.insecure_skip_tls_verify,
            token: self.token.clone(),
            impersonate: self.impersonate.clone(),
            impersonate_groups: self.impersonate_groups.clone(),
            impersonate_uid: self.impersonate_uid.clone(),
            request_timeout: self.request_timeout,
        }
    }
}

/// Each name once, in the order in which they were written.
fn once(names: &[String]) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for name in names {
        if !all.contains(name) {
            all.push(name.clone());
        }
    }
    all
}

#[expect(clippy::unnecessary_wraps, reason = "clap's parsers may fail")]
fn secret(text: &str) -> Result<SecretString, String> {
    Ok(SecretString::from(text))
}

/// A number without a unit counts seconds, as kubectl has it.
fn timeout(text: &str) -> Result<Duration, String> {
    let limit = match text.parse() {
        Ok(seconds) => Duration::from_secs(seconds),
        Err(_) => time_limit::parse(text)?,
    };
    Ok(match limit {
        Duration::ZERO => Duration::MAX,
        limit => limit,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_context_that_is_named_twice_is_asked_once() {
        let names = ["work", "home", "work"].map(str::to_owned);
        assert_eq!(once(&names), ["work", "home"]);
    }

    #[test]
    fn timeouts_are_read_as_kubectl_reads_them() {
        assert_eq!(timeout("30"), Ok(Duration::from_secs(30)));
        assert_eq!(timeout("1m30s"), Ok(Duration::from_secs(90)));
        assert_eq!(timeout("0"), Ok(Duration::MAX));
        assert_eq!(timeout("0s"), Ok(Duration::MAX));
        assert!(timeout("soon").is_err());
        assert!(timeout("-1s").is_err());
    }
}
