//! Which routes a Traefik does not see.

use shared::facts::meta::Meta;

use super::Traefik;

/// Why Traefik does not see a route.
pub(in crate::checks) enum Blind<'a> {
    /// It does not watch routes of its own kinds.
    Kind,
    /// It does not watch the namespace.
    Namespace,
    /// It watches only this class.
    Class(&'a str),
}

impl Traefik<'_> {
    /// Why it does not see a route of its own kinds, if it does not. Nothing where it is told in a file.
    pub(in crate::checks) fn blind_to(&self, route: &Meta) -> Option<Blind<'_>> {
        self.names_in("--entrypoints.")?;
        let args = &self.container.args;
        let mut environment = self.container.env.iter();
        let in_environment = environment
            .any(|variable| variable.name.starts_with("TRAEFIK_PROVIDERS_KUBERNETESCRD"));
        let is_on = args
            .0
            .iter()
            .any(|arg| arg.starts_with("--providers.kubernetescrd"));
        if !is_on && !in_environment {
            return Some(Blind::Kind);
        }
        let namespaces = args
            .value("--providers.kubernetescrd.namespaces")
            .unwrap_or_default();
        let mut named = namespaces.split(',').map(str::trim);
        if !namespaces.is_empty() && !named.any(|name| name == route.namespace) {
            return Some(Blind::Namespace);
        }
        let class = args
            .value("--providers.kubernetescrd.ingressclass")
            .unwrap_or_default();
        let own = route.annotation("kubernetes.io/ingress.class");
        (!class.is_empty() && own != class).then_some(Blind::Class(class))
    }
}
