//! `KIND`, `KIND,KIND`, `KIND/NAME` and `KIND NAME...`, as kubectl takes them.

use shared::facts::Kind;
use shared::failure::{Failure, Result};

use super::kind_name::known;

/// Objects that the user asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Target {
    /// As the user wrote it, in lower case.
    pub(super) text: String,
    /// The kind in the table, where custom kinds are one.
    pub(super) kind: Kind,
    pub(super) name: Option<String>,
}

impl Target {
    fn new(text: &str, name: Option<&str>) -> Self {
        let text = text.to_lowercase();
        Self {
            kind: known(&text).unwrap_or(Kind::Custom),
            text,
            name: name.map(ToOwned::to_owned),
        }
    }
}

/// Reads the arguments.
pub(super) fn parse(arguments: &[String]) -> Result<Vec<Target>> {
    let Some(first) = arguments.first() else {
        return Ok(Vec::new());
    };
    if first.contains('/') {
        return arguments.iter().map(|argument| one(argument)).collect();
    }
    let kinds = first
        .split(',')
        .filter(|kind| !kind.is_empty() && *kind != "all");
    let names = &arguments[1..];
    if let Some(stray) = names.iter().find(|name| name.contains('/')) {
        return Err(Failure::new(format!(
            "cannot mix KIND NAME with KIND/NAME: {first} {stray}"
        ))
        .hint("write KIND/NAME KIND/NAME, or KIND NAME NAME"));
    }
    if let (Some(name), None) = (names.first(), kinds.clone().next()) {
        return Err(
            Failure::new(format!("no kind is named, but a name: {name}"))
                .hint("write KIND NAME, or all without names"),
        );
    }
    Ok(kinds
        .flat_map(|kind| {
            let named = names.iter().map(|name| Target::new(kind, Some(name)));
            let whole = names.is_empty().then(|| Target::new(kind, None));
            named.chain(whole)
        })
        .collect())
}

fn one(argument: &str) -> Result<Target> {
    match argument.split_once('/') {
        Some((kind, name)) if !kind.is_empty() && !name.is_empty() && !name.contains('/') => {
            Ok(Target::new(kind, Some(name)))
        }
        _ => Err(Failure::new(format!("expected KIND/NAME: {argument}"))
            .hint("write it as deployment/traefik, or as kubectl prints it with -o name")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(arguments: &[&str]) -> Vec<(Kind, Option<String>)> {
        let arguments: Vec<_> = arguments.iter().map(|text| (*text).to_owned()).collect();
        parse(&arguments)
            .unwrap()
            .into_iter()
            .map(|target| (target.kind, target.name))
            .collect()
    }

    #[test]
    fn kinds_go_by_all_their_names() {
        for name in [
            "Deployment",
            "deployments",
            "deploy",
            "deployment.apps",
            "deployments.v1.apps",
            "deployments.v1.",
            "deployments.apps/traefik",
        ] {
            assert_eq!(parsed(&[name])[0].0, Kind::Deployment, "{name}");
        }
        assert_eq!(parsed(&["ingresses"])[0].0, Kind::Ingress);
        for none in [
            "rolebindings",
            "podes",
            "podies",
            "deployments.v2.apps",
            "deployments.v1.app",
        ] {
            assert_eq!(parsed(&[none])[0].0, Kind::Custom, "{none}");
        }
        assert_eq!(
            parsed(&["helmcharts.helm.cattle.io"])[0].0,
            Kind::K3sHelmChart
        );
        assert_eq!(parsed(&["hc.source.toolkit"])[0].0, Kind::HelmChart);
    }

    #[test]
    fn a_name_without_a_kind_is_refused() {
        for arguments in [["all", "traefik"], [",", "traefik"]] {
            assert!(parse(&arguments.map(str::to_owned)).is_err());
        }
        assert!(parsed(&["all"]).is_empty());
    }

    #[test]
    fn names_come_after_a_slash_or_a_blank() {
        let named = |kind, name: &str| (kind, Some(name.to_owned()));
        assert_eq!(
            parsed(&["po/a", "ks/b"]),
            [named(Kind::Pod, "a"), named(Kind::Kustomization, "b")]
        );
        assert_eq!(
            parsed(&["po", "a", "b"]),
            [named(Kind::Pod, "a"), named(Kind::Pod, "b")]
        );
        assert_eq!(
            parsed(&["po,ks"]),
            [(Kind::Pod, None), (Kind::Kustomization, None)]
        );
        assert_eq!(parsed(&["all"]), []);
        for wrong in [&["po/a", "b"][..], &["po", "ks/b"], &["/a"], &["po/"]] {
            let wrong: Vec<_> = wrong.iter().map(|text| (*text).to_owned()).collect();
            assert!(parse(&wrong).is_err(), "{wrong:?}");
        }
    }
}
