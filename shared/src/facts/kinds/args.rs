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

/// Those of them that are flags: what follows them as an argument of its own is not theirs.
const FLAGS: &[&str] = &["allowcrossnamespace", "allowexternalnameservices"];

/// Those whose values add up where they are given more than once; of all others the last one counts.
const LISTS: &[&str] = &["namespaces"];

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

    /// Takes in an argument, and the one after it where that is its value.
    fn take(&mut self, arg: &str, next: Option<&str>) {
        let (name, value) = arg
            .split_once('=')
            .map_or((arg, None), |(name, value)| (name, Some(value)));
        let name = name.to_ascii_lowercase();
        if !KEPT.iter().any(|kept| name.starts_with(*kept)) {
            return;
        }
        let option = name.rsplit('.').next().unwrap_or_default();
        let next = next.filter(|next| !next.starts_with('-') && !FLAGS.contains(&option));
        let value = value.or(next).filter(|_| KEPT_VALUES.contains(&option));
        let before = self.value(&name).filter(|_| LISTS.contains(&option));
        let values = before
            .into_iter()
            .chain(value)
            .filter(|value| !value.is_empty());
        let kept = match values.collect::<Vec<_>>().join(",") {
            none if none.is_empty() => name.clone(),
            value => format!("{name}={value}"),
        };
        self.0.retain(|arg| arg.split('=').next() != Some(&name));
        self.0.push(kept);
    }
}

impl<'de> Deserialize<'de> for KnownArgs {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let args = Vec::<Option<String>>::deserialize(deserializer)?;
        let args: Vec<&str> = args.iter().flatten().map(String::as_str).collect();
        let mut kept = Self::default();
        for (at, arg) in args.iter().enumerate() {
            kept.take(arg, args.get(at + 1).copied());
        }
        Ok(kept)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_counts_lists_add_up_and_a_value_may_follow() {
        let args: KnownArgs = serde_json::from_str(
            r#"["--entrypoints.web.address=:8000","--providers.kubernetescrd","--entrypoints.web.address=:80",
                "--providers.kubernetescrd.namespaces=a","--providers.kubernetescrd.namespaces","web,b",
                "--providers.kubernetescrd.allowcrossnamespace","traefik",
                "--sops-age-secret","sops-age","--configfile","s3cret","--cluster-resource-namespace","--v=2"]"#,
        )
        .unwrap();
        assert_eq!(
            args.0,
            [
                "--providers.kubernetescrd",
                "--entrypoints.web.address=:80",
                "--providers.kubernetescrd.namespaces=a,web,b",
                "--providers.kubernetescrd.allowcrossnamespace",
                "--sops-age-secret=sops-age",
                "--configfile",
                "--cluster-resource-namespace",
            ]
        );
    }

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
