//! The short names that kubectl knows kinds by.

use shared::facts::Kind;

/// Short names and their kinds, from `kubectl api-resources` and the operators' definitions.
const SHORT: &[(&str, Kind)] = &[
    ("po", Kind::Pod),
    ("no", Kind::Node),
    ("ns", Kind::Namespace),
    ("svc", Kind::Service),
    ("cm", Kind::ConfigMap),
    ("sa", Kind::ServiceAccount),
    ("quota", Kind::ResourceQuota),
    ("ev", Kind::Event),
    ("pvc", Kind::PersistentVolumeClaim),
    ("pv", Kind::PersistentVolume),
    ("sc", Kind::StorageClass),
    ("deploy", Kind::Deployment),
    ("rs", Kind::ReplicaSet),
    ("sts", Kind::StatefulSet),
    ("ds", Kind::DaemonSet),
    ("cj", Kind::CronJob),
    ("hpa", Kind::HorizontalPodAutoscaler),
    ("pdb", Kind::PodDisruptionBudget),
    ("ing", Kind::Ingress),
    ("netpol", Kind::NetworkPolicy),
    ("crd", Kind::CustomResourceDefinition),
    ("crds", Kind::CustomResourceDefinition),
    ("gitrepo", Kind::GitRepository),
    ("ocirepo", Kind::OciRepository),
    ("helmrepo", Kind::HelmRepository),
    ("hc", Kind::HelmChart),
    ("ks", Kind::Kustomization),
    ("hr", Kind::HelmRelease),
    ("cert", Kind::Certificate),
    ("certs", Kind::Certificate),
    ("cr", Kind::CertificateRequest),
    ("crs", Kind::CertificateRequest),
    ("es", Kind::ExternalSecret),
    ("ss", Kind::SecretStore),
    ("css", Kind::ClusterSecretStore),
    ("ippools", Kind::CiliumLoadBalancerIpPool),
    ("ippool", Kind::CiliumLoadBalancerIpPool),
    ("lbippool", Kind::CiliumLoadBalancerIpPool),
    ("lbippools", Kind::CiliumLoadBalancerIpPool),
    ("cbgpcluster", Kind::CiliumBgpClusterConfig),
    ("cbgpnode", Kind::CiliumBgpNodeConfig),
    ("gc", Kind::GatewayClass),
    ("gtw", Kind::Gateway),
    ("app", Kind::Application),
    ("apps", Kind::Application),
];

/// The kind with this short name.
pub(super) fn short(name: &str) -> Option<Kind> {
    SHORT
        .iter()
        .find(|(short, _)| *short == name)
        .map(|(_, kind)| *kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Kinds that kubectl knows by no shorter name, by their plurals.
    const NONE: &str = "\
        endpointslices secrets csidrivers jobs ingressclasses apiservices mutatingwebhookconfigurations \
        validatingwebhookconfigurations buckets issuers clusterissuers orders challenges sealedsecrets \
        ingressroutes ingressroutetcps ingressrouteudps middlewares middlewaretcps traefikservices \
        serverstransports tlsoptions tlsstores ipaddresspools httproutes grpcroutes tlsroutes tcproutes \
        helmcharts";

    #[test]
    fn each_kind_has_its_short_names_or_none() {
        let is_short = |kind: &Kind| SHORT.iter().any(|(_, known)| known == kind);
        let has_none = |kind: &Kind| NONE.split(' ').any(|plural| plural == kind.plural());
        let kinds = Kind::ALL.iter().filter(|kind| **kind != Kind::Custom);
        let forgotten: Vec<_> = kinds
            .filter(|kind| !is_short(kind) && !has_none(kind))
            .collect();
        assert!(forgotten.is_empty(), "{forgotten:?}");
    }
}
