//! Lists of needs that many checks share: pods with their workloads, and with their dependencies, and routes.

/// What a check needs, as it names it itself: for macros that add to another's list.
macro_rules! needs {
    ($($need:expr),* $(,)?) => {
        &[$($need),*]
    };
}
pub(in crate::checks) use needs;

/// What a check needs that looks at routes of all kinds, as hints: behind what another macro lists, and before the
/// rest.
macro_rules! routes_and {
    ($($list:ident)::+![$($before:expr),* $(,)?] $(, $after:expr)* $(,)?) => {
        $($list)::+![
            $($before,)*
            shared::facts::declared(shared::facts::Kind::Ingress).hint(),
            shared::facts::declared(shared::facts::Kind::IngressRoute).hint(),
            shared::facts::declared(shared::facts::Kind::IngressRouteTcp).hint(),
            shared::facts::declared(shared::facts::Kind::IngressRouteUdp).hint(),
            shared::facts::declared(shared::facts::Kind::HttpRoute).hint(),
            shared::facts::declared(shared::facts::Kind::GrpcRoute).hint(),
            shared::facts::declared(shared::facts::Kind::TlsRoute).hint(),
            shared::facts::declared(shared::facts::Kind::TcpRoute).hint(),
            shared::facts::declared(shared::facts::Kind::TraefikService).hint(),
            shared::facts::declared(shared::facts::Kind::Middleware).hint(),
            $($after,)*
        ]
    };
}
pub(in crate::checks) use routes_and;

/// What a check needs that judges pods and speaks of them by their workloads: the pods, the kinds
/// that manage them, and what it names itself.
macro_rules! pods_and {
    ($($need:expr),* $(,)?) => {
        crate::checks::evidence::needs::seeing_pods![
            shared::facts::live(shared::facts::Kind::Pod),
            $($need),*
        ]
    };
}
pub(in crate::checks) use pods_and;

/// What a check needs that judges something else, and sees pods and their workloads beside it.
macro_rules! seeing_pods {
    ($($need:expr),* $(,)?) => {
        &[
            $($need,)*
            shared::facts::live(shared::facts::Kind::Pod).hint(),
            shared::facts::declared(shared::facts::Kind::ReplicaSet).hint(),
            shared::facts::declared(shared::facts::Kind::Deployment).hint(),
            shared::facts::declared(shared::facts::Kind::StatefulSet).hint(),
            shared::facts::declared(shared::facts::Kind::DaemonSet).hint(),
            shared::facts::declared(shared::facts::Kind::Job).hint(),
            shared::facts::declared(shared::facts::Kind::CronJob).hint(),
        ]
    };
}
pub(in crate::checks) use seeing_pods;

/// What a check needs that judges pods and asks for their dependencies.
macro_rules! dependants_and {
    ($($need:expr),* $(,)?) => {
        crate::checks::evidence::needs::seeing_dependants![
            shared::facts::live(shared::facts::Kind::Pod),
            $($need),*
        ]
    };
}
pub(in crate::checks) use dependants_and;

/// What a check needs that judges something else, and asks for dependencies of pods.
macro_rules! seeing_dependants {
    ($($need:expr),* $(,)?) => {
        crate::checks::evidence::needs::seeing_pods![
            $($need,)*
            shared::facts::declared(shared::facts::Kind::Service).hint(),
            shared::facts::declared(shared::facts::Kind::ConfigMap).hint(),
            shared::facts::declared(shared::facts::Kind::HelmRelease).hint(),
            shared::facts::live(shared::facts::Kind::Kustomization).hint(),
            shared::facts::live(shared::facts::Kind::PersistentVolumeClaim).hint(),
            shared::facts::live(shared::facts::Kind::Custom).hint(),
            shared::facts::declared(shared::facts::Kind::NetworkPolicy).hint(),
        ]
    };
}
pub(in crate::checks) use seeing_dependants;

/// What a check needs that judges pods and asks what should have made the Secrets that they name.
macro_rules! secrets_of_pods_and {
    ($($need:expr),* $(,)?) => {
        crate::checks::evidence::needs::pods_and![
            shared::facts::live(shared::facts::Kind::Event).hint(),
            shared::facts::declared(shared::facts::Kind::Secret).hint(),
            shared::facts::declared(shared::facts::Kind::ExternalSecret).hint(),
            shared::facts::declared(shared::facts::Kind::SealedSecret).hint(),
            shared::facts::declared(shared::facts::Kind::Certificate).hint(),
            shared::facts::live(shared::facts::Kind::HelmRelease).hint(),
            shared::facts::live(shared::facts::Kind::Kustomization).hint(),
            shared::facts::live(shared::facts::Kind::Application).hint(),
            $($need),*
        ]
    };
}
pub(in crate::checks) use secrets_of_pods_and;
