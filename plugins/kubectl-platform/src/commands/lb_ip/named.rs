//! An object's namespace and name, as one argument.

use std::str::FromStr;

use clap_complete::CompletionCandidate;
use cli::complete;
use shared::facts::Kind;

/// What only a LoadBalancer Service is.
const LOAD_BALANCERS: &str = "&fieldSelector=spec.type%3DLoadBalancer";

/// `NAMESPACE/NAME`.
#[derive(Debug, Clone)]
pub(super) struct Named {
    pub(super) namespace: String,
    pub(super) name: String,
}

impl FromStr for Named {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text.split_once('/') {
            Some((namespace, name)) if !namespace.is_empty() && !name.is_empty() => Ok(Self {
                namespace: namespace.to_owned(),
                name: name.to_owned(),
            }),
            _ => Err("write it as NAMESPACE/NAME".to_owned()),
        }
    }
}

/// The Services that a shell may offer.
pub(super) fn services() -> Vec<CompletionCandidate> {
    candidates(Kind::Service, LOAD_BALANCERS)
}

/// The Gateways that a shell may offer.
pub(super) fn gateways() -> Vec<CompletionCandidate> {
    candidates(Kind::Gateway, "")
}

fn candidates(kind: Kind, query: &str) -> Vec<CompletionCandidate> {
    let all = complete::named(kind, query).into_iter();
    all.map(|one| CompletionCandidate::new(format!("{}/{}", one.namespace, one.name)))
        .collect()
}
