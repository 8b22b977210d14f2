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
