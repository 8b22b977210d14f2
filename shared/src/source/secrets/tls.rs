//! The Secrets that TLS is served with.

use crate::facts::Lists;

/// By namespace and name.
pub(super) fn served(lists: &Lists) -> impl Iterator<Item = (&str, &str)> {
    let ingresses = lists.Ingress.items.iter().flat_map(|ingress| {
        let names = ingress.spec.tls.iter().map(|tls| tls.secret_name.as_str());
        names.map(|name| (ingress.metadata.namespace.as_str(), name))
    });
    let http = lists.IngressRoute.items.iter().map(|route| &route.0);
    let tcp = lists.IngressRouteTcp.items.iter().map(|route| &route.0);
    let routes = http.chain(tcp).filter_map(|route| {
        let name = route.spec.tls.as_ref()?.secret_name.as_str();
        Some((route.metadata.namespace.as_str(), name))
    });
    let stores = lists.TlsStore.items.iter().flat_map(|store| {
        let spec = &store.spec;
        let all = spec.default_certificate.iter().chain(&spec.certificates);
        all.map(|one| (store.metadata.namespace.as_str(), one.secret_name.as_str()))
    });
    let gateways = lists.Gateway.items.iter().flat_map(|gateway| {
        let own = gateway.metadata.namespace.as_str();
        let listeners = gateway.spec.listeners.iter();
        let tls = listeners.filter_map(|listener| listener.tls.as_ref());
        let refs = tls.flat_map(|tls| &tls.certificate_refs);
        refs.map(move |to| match to.namespace.as_str() {
            "" => (own, to.name.as_str()),
            namespace => (namespace, to.name.as_str()),
        })
    });
    ingresses.chain(routes).chain(stores).chain(gateways)
}
