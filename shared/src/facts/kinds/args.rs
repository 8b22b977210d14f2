//! The few arguments of containers that are read: Traefik's static configuration, where cert-manager
//! keeps the Secrets of ClusterIssuers, and the Secret that kustomize-controller decrypts with by default.

use std::collections::BTreeSet;

use serde::{Deserialize, Deserializer, Serialize};

/// Arguments, their names in lower case as Traefik compares them. All others are dropped, and so
/// are values that are neither addresses nor names.
/// See <https://doc.traefik.io/traefik/reference/install-configuration/configuration-options/>.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct KnownArgs(pub Vec<String>);

/// Arguments that are kept by the beginning of their name.
const KEPT: &[&str] = &[
    "--entrypoints.",
    "--certificatesresolvers.",
    "--configfile",
    "--providers.kubernetes",
    "--core.defaultrulesyntax",
    "--cluster-resource-namespace",
    "--sops-age-secret",
];

/// Options whose value is kept.
const KEPT_VALUES: &[&str] = &[
    "address",
    "allowcrossnamespace",
    "allowexternalnameservices",
    "ingressclass",
    "defaultrulesyntax",
    "namespaces",
    "publishedservice",
    "--cluster-resource-namespace",
    "--sops-age-secret",
];

impl KnownArgs {
    /// An argument's value; empty where it was given without one (Traefik: `true`), or where the
    /// value is not kept.
    pub fn value(&self, name: &str) -> Option<&str> {
        self.0.iter().find_map(|arg| {
            let (path, value) = arg.split_once('=').unwrap_or((arg, ""));
            (path == name).then_some(value)
        })
    }

    /// The names right below a section: entry points of `--entrypoints.`.
    pub fn names_in<'a>(&'a self, section: &'a str) -> BTreeSet<&'a str> {
        let names = self.0.iter().filter_map(|arg| {
            let rest = arg.strip_prefix(section)?;
            rest.split(['.', '=']).next()
        });
        names.collect()
    }

    fn kept(arg: &str) -> Option<String> {
        let (name, value) = arg.split_once('=').unwrap_or((arg, ""));
        let name = name.to_ascii_lowercase();
        KEPT.iter().find(|kept| name.starts_with(**kept))?;
        let option = name.rsplit('.').next().unwrap_or_default();
        Some(if KEPT_VALUES.contains(&option) && !value.is_empty() {
            format!("{name}={value}")
        } else {
            name
        })
    }
}

impl<'de> Deserialize<'de> for KnownArgs {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let args = Vec::<Option<String>>::deserialize(deserializer)?;
        let kept = args.iter().flatten().filter_map(|arg| Self::kept(arg));
        Ok(Self(kept.collect()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_arguments_and_values_are_dropped() {
        let args: KnownArgs = serde_json::from_str(
            r#"["--entryPoints.postgresql.address=:5432/tcp","--hub.token=s3cret",null,
                "--entrypoints.websecure.http.tls=true","--providers.kubernetescrd.token=s3cret",
                "--providers.kubernetesCRD.allowCrossNamespace=true",
                "--certificatesresolvers.le.acme.email=admin@almckay.io",
                "--cluster-resource-namespace=$(POD_NAMESPACE)"]"#,
        )
        .unwrap();
        assert_eq!(
            args.0,
            [
                "--entrypoints.postgresql.address=:5432/tcp",
                "--entrypoints.websecure.http.tls",
                "--providers.kubernetescrd.token",
                "--providers.kubernetescrd.allowcrossnamespace=true",
                "--certificatesresolvers.le.acme.email",
                "--cluster-resource-namespace=$(POD_NAMESPACE)",
            ]
        );
        assert_eq!(
            args.names_in("--entrypoints."),
            ["postgresql", "websecure"].into()
        );
        assert_eq!(args.names_in("--certificatesresolvers."), ["le"].into());
        assert_eq!(
            args.value("--entrypoints.postgresql.address"),
            Some(":5432/tcp")
        );
        assert_eq!(args.value("--entrypoints.redis.address"), None);
        let again: KnownArgs =
            serde_json::from_str(&serde_json::to_string(&args).unwrap()).unwrap();
        assert_eq!(again, args);
    }
}
