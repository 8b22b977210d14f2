//! What Secrets hold: names, namespaces and keys as charts expect them.

use clap::ValueEnum;

/// A kind of Secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Template {
    /// PostgreSQL's passwords, user and database
    Postgresql,
    /// Redis' password
    Redis,
    /// Authentik's secret key, passwords and token
    Authentik,
    /// A Cloudflare API token, for cert-manager
    Cloudflare,
    /// Credentials of a container registry
    Dockerconfig,
    /// Any keys
    Generic,
}

/// A key of a template.
pub(super) struct Entry {
    /// Its name.
    pub(super) name: &'static str,
    /// What it holds where nothing is given.
    pub(super) default: Default,
}

/// What a key holds where nothing is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Default {
    /// So many random characters.
    Generated(usize),
    /// This, which is no secret.
    Text(&'static str),
    /// Nothing: it must be given.
    Missing,
}

const fn generated(name: &'static str, length: usize) -> Entry {
    Entry {
        name,
        default: Default::Generated(length),
    }
}

const POSTGRESQL: [Entry; 4] = [
    generated("postgres-password", 32),
    Entry {
        name: "username",
        default: Default::Text("app"),
    },
    generated("password", 32),
    Entry {
        name: "database",
        default: Default::Text("app"),
    },
];
const REDIS: [Entry; 1] = [generated("redis-password", 32)];
const AUTHENTIK: [Entry; 4] = [
    generated("secret-key", 60),
    generated("postgres-password", 32),
    generated("bootstrap-password", 32),
    generated("bootstrap-token", 60),
];
const CLOUDFLARE: [Entry; 1] = [Entry {
    name: "api-token",
    default: Default::Missing,
}];
const DOCKERCONFIG: [Entry; 1] = [Entry {
    name: ".dockerconfigjson",
    default: Default::Missing,
}];

impl Template {
    /// The Secret's name.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Postgresql => "postgresql-credentials",
            Self::Redis => "redis-credentials",
            Self::Authentik => "authentik-credentials",
            Self::Cloudflare => "cloudflare-api-token",
            Self::Dockerconfig => "registry-credentials",
            Self::Generic => "credentials",
        }
    }

    /// The Secret's namespace; none where it depends on who uses it.
    pub(super) fn namespace(self) -> Option<&'static str> {
        match self {
            Self::Postgresql => Some("database"),
            Self::Redis => Some("cache"),
            Self::Authentik => Some("auth"),
            Self::Cloudflare => Some("cert-manager"),
            Self::Dockerconfig | Self::Generic => None,
        }
    }

    /// The Secret's type.
    pub(super) fn kind(self) -> &'static str {
        match self {
            Self::Dockerconfig => "kubernetes.io/dockerconfigjson",
            _ => "Opaque",
        }
    }

    /// The keys.
    pub(super) fn entries(self) -> &'static [Entry] {
        match self {
            Self::Postgresql => &POSTGRESQL,
            Self::Redis => &REDIS,
            Self::Authentik => &AUTHENTIK,
            Self::Cloudflare => &CLOUDFLARE,
            Self::Dockerconfig => &DOCKERCONFIG,
            Self::Generic => &[],
        }
    }
}
