//! Hosts that programs end for since no DNS knows them, where only a Service could have the name.
//!
//! A check that uses this hints at `Service` and `Namespace`.

use shared::facts::kinds::core::Namespace;
use shared::facts::kinds::node::Node;
use shared::facts::kinds::pod::{Pod, Terminated};
use shared::facts::kinds::service::Service;
use shared::facts::kinds::service_hosts::ServiceHosts;
use shared::facts::{Fact, View};
use shared::object::ObjectRef;

/// What programs say of a name that does not exist: that it was not resolved this time would say less.
const NO_SUCH_HOST: [&str; 6] = [
    "no such host",
    "ENOTFOUND",
    "Name or service not known",
    "Name does not resolve",
    "UnknownHostException",
    "Could not resolve host",
];

/// The words before such a name.
const BEFORE: [&str; 6] = [
    "lookup ",
    "ENOTFOUND ",
    "host name \"",
    "UnknownHostException: ",
    "connecting to ",
    "resolve host: ",
];

/// The Service that a program ended for, as it says, and that is not there.
pub(in crate::checks) fn service(
    view: &View<'_>,
    pod: &Pod,
    end: Option<&Terminated>,
) -> Option<ObjectRef> {
    // On the network of its node it asks the node's resolver, which knows no Services.
    let end = end.filter(|_| !pod.spec.host_network && view.knows::<Service>())?;
    let mut names = end.message.lines().filter_map(named);
    names.find_map(|name| {
        let (namespace, name) = place(view, pod, name)?;
        let service = Service::KIND.object(&namespace, &name);
        view.lacks::<Service>(&namespace, &name).then_some(service)
    })
}

/// The host in a line that tells of one which does not exist.
fn named(line: &str) -> Option<&str> {
    let is_told = NO_SUCH_HOST.iter().any(|words| line.contains(words));
    let mut rests = BEFORE.iter().filter_map(|before| line.split_once(before));
    let (_, rest) = rests.next().filter(|_| is_told)?;
    let end = |c: char| !(c.is_ascii_alphanumeric() || c == '.' || c == '-');
    let name = rest.split(end).next()?;
    Some(name.trim_end_matches('.')).filter(|name| !name.is_empty())
}

/// The namespace and the name of the Service that a host is, as a pod says it.
fn place(view: &View<'_>, pod: &Pod, host: &str) -> Option<(String, String)> {
    if let Some((namespace, name)) = ServiceHosts::in_text(host).services().next() {
        return Some((namespace.to_owned(), name.to_owned()));
    }
    let own = &pod.metadata.namespace;
    let Some((name, rest)) = host.split_once('.') else {
        // Machines have such names too, and pods know their own.
        let is_machine = view.get::<Node>("", host).is_some();
        let is_pod = view.get::<Pod>(own, host).is_some();
        let is_name = !is_machine && !is_pod && host != "localhost";
        return is_name.then(|| (own.clone(), host.to_owned()));
    };
    view.get::<Namespace>("", rest)
        .map(|namespace| (namespace.metadata.name.clone(), name.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::named;

    #[test]
    fn hosts_that_do_not_exist() {
        for (line, host) in [
            ("Error: getaddrinfo ENOTFOUND redis", Some("redis")),
            (
                "dial tcp: lookup postgres.db.svc.cluster.local on 10.43.0.10:53: no such host",
                Some("postgres.db.svc.cluster.local"),
            ),
            (
                "could not translate host name \"postgresql\" to address: Name or service not known",
                Some("postgresql"),
            ),
            (
                "redis.exceptions.ConnectionError: Error -2 connecting to redis:6379. Name or service not known.",
                Some("redis"),
            ),
            (
                "could not translate host name \"db\" to address: Temporary failure in name resolution",
                None,
            ),
            (
                "socket.gaierror: [Errno -2] Name or service not known",
                None,
            ),
        ] {
            assert_eq!(named(line), host, "{line}");
        }
    }
}
