//! One context of the kubeconfig, with what the flags change in it.

use std::path::Path;

use ::kube::config::{AuthInfo, Cluster, Context, Kubeconfig};

use super::connection::Connection;
use super::user::{change_user, find_user, tidy};
use crate::failure::{Failure, Result};

/// One context with its cluster and user, as the flags want them.
#[derive(Default)]
pub(super) struct Selected {
    /// The context's name; empty where the flags alone say where to connect.
    pub(super) name: String,
    /// Its default namespace.
    pub(super) namespace: Option<String>,
    pub(super) cluster: Cluster,
    pub(super) user: AuthInfo,
}

/// Takes a context, by default the current one, out of a kubeconfig.
///
/// # Errors
/// When there is no such context, cluster or user.
pub(super) fn select(
    all: &Kubeconfig,
    wanted: Option<&str>,
    flags: &Connection,
) -> Result<Selected> {
    let (name, context) = find_context(all, wanted, flags)?;
    let cluster = flags.cluster.as_deref().unwrap_or(&context.cluster);
    let mut cluster = find_cluster(all, cluster, flags)?;
    let user = flags.user.as_deref().or(context.user.as_deref());
    let mut user = find_user(all, user, flags)?;
    change_cluster(&mut cluster, flags);
    change_user(&mut user, flags);
    tidy(&mut user)?;
    Ok(Selected {
        name,
        namespace: context.namespace,
        cluster,
        user,
    })
}

/// The context of a name, by default the current one.
pub(super) fn find_context(
    all: &Kubeconfig,
    wanted: Option<&str>,
    flags: &Connection,
) -> Result<(String, Context)> {
    let Some(name) = wanted.or(all.current_context.as_deref()) else {
        if flags.server.is_some() || flags.cluster.is_some() {
            return Ok((String::new(), Context::default()));
        }
        return Err(Failure::new("the kubeconfig has no current context")
            .hint(known("pass --context", all)));
    };
    let found = all
        .contexts
        .iter()
        .find(|context| context.name == name)
        .and_then(|context| context.context.clone());
    match found {
        Some(context) => Ok((name.to_owned(), context)),
        None => Err(
            Failure::new(format!("the kubeconfig has no such context: {name}"))
                .hint(known("pass --context", all)),
        ),
    }
}

fn known(advice: &str, all: &Kubeconfig) -> String {
    let names: Vec<&str> = all
        .contexts
        .iter()
        .map(|context| context.name.as_str())
        .collect();
    if names.is_empty() {
        "the kubeconfig has no contexts at all: pass another with --kubeconfig".to_owned()
    } else {
        format!("{advice}, one of: {}", names.join(", "))
    }
}

fn find_cluster(all: &Kubeconfig, name: &str, flags: &Connection) -> Result<Cluster> {
    let found = all.clusters.iter().find(|cluster| cluster.name == name);
    match found.and_then(|cluster| cluster.cluster.clone()) {
        Some(cluster) => Ok(cluster),
        None if flags.server.is_some() && flags.cluster.is_none() => Ok(Cluster::default()),
        None => Err(
            Failure::new(format!("the kubeconfig has no such cluster: {name}"))
                .hint("compare the contexts and clusters of kubectl config view"),
        ),
    }
}

/// Applies the flags about the server. What the kubeconfig says of certificates is about its own server, and the flags
/// that say which are trusted stand for all that it says of that.
pub(super) fn change_cluster(cluster: &mut Cluster, flags: &Connection) {
    if flags.server.is_some() {
        cluster.server.clone_from(&flags.server);
    }
    if flags.server.is_some() || flags.tls_server_name.is_some() {
        cluster.tls_server_name.clone_from(&flags.tls_server_name);
    }
    if flags.certificate_authority.is_some() || flags.insecure_skip_tls_verify {
        cluster.insecure_skip_tls_verify = Some(flags.insecure_skip_tls_verify);
        cluster.certificate_authority = flags.certificate_authority.as_deref().map(text);
        cluster.certificate_authority_data = None;
    }
}

pub(super) fn text(path: &Path) -> String {
    path.display().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn changed(flags: &Connection) -> Cluster {
        let mut cluster = Cluster {
            server: Some("https://k8s.almckay.io:6443".to_owned()),
            tls_server_name: Some("k8s.almckay.io".to_owned()),
            insecure_skip_tls_verify: Some(true),
            ..Cluster::default()
        };
        change_cluster(&mut cluster, flags);
        cluster
    }

    #[test]
    fn an_authority_of_the_flags_is_asked_though_the_kubeconfig_asks_none() {
        let found = changed(&Connection {
            certificate_authority: Some("ca.pem".into()),
            ..Connection::default()
        });
        assert_eq!(found.insecure_skip_tls_verify, Some(false));
        assert_eq!(found.certificate_authority.as_deref(), Some("ca.pem"));
    }

    #[test]
    fn the_name_in_the_kubeconfig_is_that_of_its_own_server() {
        let mut flags = Connection::default();
        assert_eq!(
            changed(&flags).tls_server_name.as_deref(),
            Some("k8s.almckay.io")
        );
        flags.server = Some("https://127.0.0.1:6443".to_owned());
        assert_eq!(changed(&flags).tls_server_name, None);
        flags.tls_server_name = Some("infra.almckay.io".to_owned());
        assert_eq!(changed(&flags).tls_server_name, flags.tls_server_name);
    }
}
