//! What a platform can be made of: one small file per component. To add one, add its file and one
//! word in the list below.

mod discover;

pub use discover::{Discovered, Versions};

/// How a component's objects are known.
#[derive(Debug)]
pub struct Component {
    /// API groups of its kinds; subdomains of these are its own too.
    pub groups: &'static [&'static str],
    /// What its workloads, releases and charts are called, the one that gives its version first.
    /// A name followed by a hyphen and more is its own too.
    pub names: &'static [&'static str],
    /// Beginnings of label keys that only its objects carry.
    pub labels: &'static [&'static str],
    /// What tells its version.
    pub version: VersionOf,
}

/// What tells a component's version.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum VersionOf {
    /// Its main workload, else its release.
    Workload,
    /// The nodes, for it comes with them.
    Nodes,
}

impl Component {
    /// Known by nothing.
    const NONE: Self = Self {
        groups: &[],
        names: &[],
        labels: &[],
        version: VersionOf::Workload,
    };
}

/// Registers components: each word is a file beside this one, and with hyphens the component's name.
macro_rules! components {
    ($($name:ident),* $(,)?) => {
        $(mod $name;)*

        /// All components, by name.
        pub static ALL: &[(&str, &Component)] = &[$((
            {
                const PATH: &str = stringify!($name);
                const NAME: [u8; PATH.len()] = shared::id::hyphenated(PATH);
                shared::id::text(&NAME)
            },
            &$name::COMPONENT,
        )),*];
    };
}

components![
    argo_cd,
    authentik,
    cert_manager,
    cilium,
    cnpg,
    coredns,
    dragonfly,
    external_dns,
    external_secrets,
    fluent_bit,
    flux,
    gateway_api,
    grafana,
    harbor,
    k3s,
    keycloak,
    kubernetes,
    longhorn,
    metallb,
    metrics_server,
    minio,
    onepassword_connect,
    openebs,
    postgresql,
    prometheus,
    redis,
    reflector,
    rook_ceph,
    sealed_secrets,
    snapshots,
    spegel,
    strimzi,
    tailscale,
    traefik,
    velero,
    victoria_metrics,
    volsync,
    yugabytedb,
];
