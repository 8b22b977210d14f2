//! Finds the names in a controller's message: pure text, no facts.

use std::net::IpAddr;

use shared::facts::kinds::references::ServiceHosts;

/// Something that a message names.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Mention<'m> {
    /// `Deployment/web/site`, `ConfigMap/cluster-vars`, `HelmChart 'flux-system/redis'`.
    Object {
        kind: &'m str,
        namespace: &'m str,
        name: &'m str,
    },
    /// `dependency 'flux-system/databases' is not ready`: of the kind that says so.
    Dependency { namespace: &'m str, name: &'m str },
    /// `secrets "sops-age" not found`, `service "webhook" not found`: the API server's words.
    Absent { resource: &'m str, name: &'m str },
    /// `no matches for kind "IngressRouteTCP" in version "traefik.containo.us/v1alpha1"`, and in Argo CD's words
    /// `could not find traefik.io/Middleware for requested resource web/secure-headers`.
    NoKind { kind: &'m str, api_version: &'m str },
    /// `lookup github.com on 10.43.0.10:53: i/o timeout`: the resolver that gave no answer.
    Resolver(IpAddr),
    /// A Service by its DNS name, as (namespace, name).
    Service { namespace: String, name: String },
    /// `dial tcp 10.43.7.7:443: connect: connection refused`.
    Address(IpAddr),
}

/// Everything that a message names, in the order of the text.
pub(super) fn mentions(message: &str) -> Vec<Mention<'_>> {
    let words: Vec<&str> = message.split_whitespace().collect();
    let mut found = Vec::new();
    for (at, word) in words.iter().enumerate() {
        let after = words.get(at + 1..).unwrap_or_default();
        let before = words.get(..at).unwrap_or_default();
        found.extend(object(word));
        found.extend(quoted_object(before, word, after));
        found.extend(terminating(word, after));
        found.extend(absent(word, after));
        found.extend(no_kind(word, after));
        found.extend(network(word, after));
        found.extend(services(word));
    }
    found
}

/// `Kind/namespace/name` or `Kind/name`, however it is quoted or followed.
fn object(word: &str) -> Option<Mention<'_>> {
    let word = bare(word);
    let (kind, rest) = word.split_once('/')?;
    if !is_kind(kind) {
        return None;
    }
    let (namespace, name) = rest.split_once('/').unwrap_or(("", rest));
    let named = is_name(name) && (namespace.is_empty() || is_name(namespace));
    named.then_some(Mention::Object {
        kind,
        namespace,
        name,
    })
}

/// `HelmChart 'flux-system/redis'`, `Secret chart values reference 'auth/values'`: the kind stands
/// a few words before; `unable to get 'auth/redis' dependency`.
fn quoted_object<'m>(before: &[&'m str], word: &'m str, after: &[&'m str]) -> Option<Mention<'m>> {
    let quoted = bare(word.strip_prefix('\'')?);
    let (namespace, name) = quoted.split_once('/')?;
    if !is_name(namespace) || !is_name(name) {
        return None;
    }
    if after.first().is_some_and(|word| bare(word) == "dependency") {
        return Some(Mention::Dependency { namespace, name });
    }
    let kind = before
        .iter()
        .rev()
        .take(4)
        .copied()
        .find(|word| is_kind(word) || word.eq_ignore_ascii_case("dependency"))?;
    Some(
        if is_kind(kind) && !kind.eq_ignore_ascii_case("dependency") {
            Mention::Object {
                kind,
                namespace,
                name,
            }
        } else {
            Mention::Dependency { namespace, name }
        },
    )
}

/// `unable to create new content in namespace web because it is being terminated`.
fn terminating<'m>(word: &str, after: &[&'m str]) -> Option<Mention<'m>> {
    let [name, "because", "it", "is", "being", end, ..] = after else {
        return None;
    };
    let is_told = word == "namespace" && end.starts_with("terminated") && is_name(name);
    is_told.then_some(Mention::Object {
        kind: "Namespace",
        namespace: "",
        name,
    })
}

/// `RESOURCE "NAME" not found`, or `KIND "NAME" not found`; of `RESOURCE.GROUP` only the resource counts.
fn absent<'m>(word: &'m str, after: &[&'m str]) -> Option<Mention<'m>> {
    let [name, not, found, ..] = after else {
        return None;
    };
    let name = name.strip_prefix('"')?.strip_suffix('"')?;
    let resource = word.split('.').next().unwrap_or_default();
    let is_absent =
        *not == "not" && found.starts_with("found") && (is_name(resource) || is_kind(word));
    is_absent.then_some(Mention::Absent { resource, name })
}

fn no_kind<'m>(word: &str, after: &[&'m str]) -> Option<Mention<'m>> {
    if let ("find", [name, "for", "requested", "resource", ..]) = (word, after) {
        let (api_version, kind) = name.split_at_checked(name.find('/')? + 1)?;
        return Some(Mention::NoKind { kind, api_version });
    }
    let ["kind", kind, "in", "version", version, ..] = after else {
        return None;
    };
    let api_version = version
        .trim_end_matches([',', '.', ':', ';', ']'])
        .trim_matches('"');
    (word == "for").then_some(Mention::NoKind {
        kind: kind.trim_matches('"'),
        api_version,
    })
}

/// `lookup [HOST] on SERVER:53: ...` and `dial tcp ADDRESS:PORT: ...`. A name that does not exist is
/// no fault of the resolver.
fn network<'m>(word: &str, after: &[&'m str]) -> Option<Mention<'m>> {
    match (word, after) {
        ("lookup", ["on", server, rest @ ..] | [_, "on", server, rest @ ..]) => {
            let no_such_host = rest.starts_with(&["no", "such"]);
            address(server)
                .filter(|_| !no_such_host)
                .map(Mention::Resolver)
        }
        ("tcp", [host, ..]) => address(host).map(Mention::Address),
        _ => None,
    }
}

fn address(word: &str) -> Option<IpAddr> {
    let word = word.trim_end_matches(':');
    let (host, port) = word.rsplit_once(':')?;
    port.parse::<u16>().ok()?;
    host.trim_matches(['[', ']']).parse().ok()
}

fn services<'m>(word: &str) -> impl Iterator<Item = Mention<'m>> + use<'m> {
    let hosts = ServiceHosts::in_text(word);
    let services: Vec<_> = hosts
        .services()
        .map(|(namespace, name)| Mention::Service {
            namespace: namespace.to_owned(),
            name: name.to_owned(),
        })
        .collect();
    services.into_iter()
}

/// The word without what surrounds it: quotes, brackets, a colon or comma behind.
fn bare(word: &str) -> &str {
    word.trim_matches(|c: char| !c.is_ascii_alphanumeric())
}

/// A kind in CamelCase.
fn is_kind(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_uppercase())
        && word.contains(|c: char| c.is_ascii_lowercase())
        && word.chars().all(|c| c.is_ascii_alphanumeric())
}

/// A name as the API server accepts it.
fn is_name(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_alphanumeric())
        && word
            .chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || "-.:".contains(c))
}

#[cfg(test)]
mod tests;
