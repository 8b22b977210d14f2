//! What kube's client needs to know: from the kubeconfig and the flags, or from the pod that we run in.

use ::kube::Config;
use ::kube::config::{Cluster, Kubeconfig};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use rustls_pki_types::CertificateDer;
use rustls_pki_types::pem::PemObject;

use super::connection::Connection;
use super::context::{Selected, change_cluster, find_context, select};
use super::user::{change_user, tidy};
use super::{kubeconfig, proxy};
use crate::facts::kinds::url::PublicUrl;
use crate::failure::{Context, Failure, Result, io};

/// The context's name and how to reach its server.
///
/// # Errors
/// When the kubeconfig, or what it refers to, cannot be used.
pub(super) fn configure(flags: &Connection, context: Option<&str>) -> Result<(String, Config)> {
    let found = kubeconfig::read(flags.kubeconfig.as_deref())?;
    let is_addressed = flags.server.is_some() && context.is_none();
    let (name, mut config) = match found.or(is_addressed.then(Kubeconfig::default)) {
        Some(all) => of_kubeconfig(select(&all, context, flags)?)?,
        None if context.is_some() => return Err(no_kubeconfig()),
        None => (String::new(), in_cluster(flags)?),
    };
    config.connect_timeout = Some(flags.request_timeout);
    // We retry ourselves, within the request's time limit.
    config.default_retry = false;
    Ok((name, config))
}

/// Looks for all contexts that are named: a misspelt one is no cluster that does not answer.
///
/// # Errors
/// When the kubeconfig has no such context, or cannot be read.
pub fn find_contexts(flags: &Connection) -> Result<()> {
    let found = kubeconfig::read(flags.kubeconfig.as_deref())?;
    flags.contexts.iter().try_for_each(|name| {
        let all = found.as_ref().ok_or_else(no_kubeconfig)?;
        find_context(all, Some(name), flags).map(drop)
    })
}

fn no_kubeconfig() -> Failure {
    let paths: Vec<String> = kubeconfig::paths()
        .iter()
        .map(|path| path.display().to_string())
        .collect();
    Failure::new(format!("there is no kubeconfig: {}", paths.join(", "))).hint("pass --kubeconfig")
}

/// The service account of the pod that we run in.
fn in_cluster(flags: &Connection) -> Result<Config> {
    if std::env::var_os("KUBERNETES_SERVICE_HOST").is_none() {
        return Err(no_kubeconfig());
    }
    let mut config = Config::incluster().map_err(|error| {
        Failure::new(format!("cannot use the pod's service account: {error}"))
            .hint("pass --kubeconfig, or mount the service account's token")
    })?;
    let mut user = config.auth_info.clone();
    change_user(&mut user, flags);
    tidy(&mut user)?;
    config.auth_info = user;
    config.proxy_url = proxy::of_environment(&config.cluster_url);
    let mut changed = Cluster::default();
    change_cluster(&mut changed, flags);
    config.accept_invalid_certs = flags.insecure_skip_tls_verify;
    config.tls_server_name.clone_from(&changed.tls_server_name);
    if let Some(authorities) = authorities(&changed)? {
        config.root_cert = Some(authorities);
        config.root_cert_file = None;
    }
    Ok(config)
}

fn of_kubeconfig(selected: Selected) -> Result<(String, Config)> {
    let Selected {
        name,
        namespace,
        cluster,
        mut user,
    } = selected;
    let server = cluster.server.clone().filter(|server| !server.is_empty());
    let server = server.ok_or_else(|| {
        Failure::new("the kubeconfig names no server for the context").hint("pass --server URL")
    })?;
    let with_scheme = if server.contains("://") {
        server.clone()
    } else {
        format!("http://{server}")
    };
    let url: http::Uri = with_scheme.parse().map_err(|error| {
        let server = PublicUrl::of(&with_scheme).0;
        Failure::new(format!("the server is no URL: {error}: {server}"))
    })?;
    let mut config = Config::new(url);
    config.default_namespace = namespace
        .filter(|namespace| !namespace.is_empty())
        .unwrap_or_else(|| "default".to_owned());
    config.root_cert = authorities(&cluster)?;
    config.accept_invalid_certs = cluster.insecure_skip_tls_verify.unwrap_or(false);
    config.tls_server_name.clone_from(&cluster.tls_server_name);
    config.proxy_url = match cluster.proxy_url.as_deref().filter(|url| !url.is_empty()) {
        Some(proxy) => Some(proxy.parse().map_err(|error| {
            let proxy = PublicUrl::of(proxy).0;
            Failure::new(format!("proxy-url is no URL: {error}: {proxy}"))
        })?),
        None => proxy::of_environment(&config.cluster_url),
    };
    if let Some(exec) = user.exec.as_mut().filter(|exec| exec.provide_cluster_info) {
        exec.cluster = Some(
            (&cluster)
                .try_into()
                .context("cannot use the kubeconfig's cluster")?,
        );
    }
    config.auth_info = user;
    Ok((name, config))
}

/// The authorities that are named for a server; none means those of the system.
fn authorities(cluster: &Cluster) -> Result<Option<Vec<Vec<u8>>>> {
    let data = cluster.certificate_authority_data.as_deref();
    let file = cluster.certificate_authority.as_deref();
    let pem = match (
        data.filter(|data| !data.is_empty()),
        file.filter(|file| !file.is_empty()),
    ) {
        (Some(data), _) => STANDARD.decode(data).map_err(|error| {
            Failure::new(format!("certificate-authority-data is no base64: {error}"))
        })?,
        (None, Some(file)) => std::fs::read(file).map_err(|error| {
            Failure::new(format!(
                "cannot read the certificate authority: {}: {file}",
                io(&error)
            ))
        })?,
        (None, None) => return Ok(None),
    };
    if cluster.insecure_skip_tls_verify == Some(true) {
        // Whoever names an authority does not mean to trust anybody.
        return Err(Failure::new(
            "there is a certificate authority, and any certificate is to be accepted",
        )
        .hint("leave out certificate-authority, or insecure-skip-tls-verify"));
    }
    let certificates: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(&pem).collect();
    match certificates {
        Ok(certificates) if !certificates.is_empty() => {
            Ok(Some(certificates.iter().map(|der| der.to_vec()).collect()))
        }
        Ok(_) | Err(_) => Err(Failure::new(
            "the certificate authority holds no certificate in PEM",
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_authority_that_nobody_asks_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("ca.pem");
        std::fs::write(&file, "").unwrap();
        let mut cluster = Cluster {
            certificate_authority: Some(file.display().to_string()),
            insecure_skip_tls_verify: Some(true),
            ..Cluster::default()
        };
        let why = authorities(&cluster).unwrap_err().to_string();
        assert!(why.ends_with("any certificate is to be accepted"), "{why}");
        cluster.certificate_authority = None;
        assert_eq!(authorities(&cluster).unwrap(), None);
    }
}
