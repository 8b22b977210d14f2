//! How to connect, as kubectl's flags say it.

use std::path::PathBuf;
use std::time::Duration;

use secrecy::SecretString;

/// What the user asked for; all that is absent comes from the kubeconfig.
///
/// The fields are kubectl's flags of the same names.
#[derive(Debug, Clone)]
pub struct Connection {
    /// The only kubeconfig to read, instead of `$KUBECONFIG` or `~/.kube/config`.
    pub kubeconfig: Option<PathBuf>,
    /// The contexts to read side by side; none means the current one.
    pub contexts: Vec<String>,
    /// The kubeconfig's cluster to use instead of the context's.
    pub cluster: Option<String>,
    /// The kubeconfig's user to use instead of the context's.
    pub user: Option<String>,
    /// The address of the API server.
    pub server: Option<String>,
    /// The name that the server's certificate must be for.
    pub tls_server_name: Option<String>,
    /// A file of authorities that may have signed the server's certificate.
    pub certificate_authority: Option<PathBuf>,
    /// A file with the client's certificate.
    pub client_certificate: Option<PathBuf>,
    /// A file with the client's key.
    pub client_key: Option<PathBuf>,
    /// Whether any server's certificate will do.
    pub insecure_skip_tls_verify: bool,
    /// A bearer token, which goes before all other credentials.
    pub token: Option<SecretString>,
    /// The user to act as.
    pub impersonate: Option<String>,
    /// The groups to act as.
    pub impersonate_groups: Vec<String>,
    /// The uid to act as.
    pub impersonate_uid: Option<String>,
    /// How long one request may take, retries and answer included.
    pub request_timeout: Duration,
}

impl Connection {
    /// How long a request may take where nobody says otherwise.
    pub const DEFAULT_TIMEOUT: Duration = Duration::from_secs(10);
}

impl Default for Connection {
    fn default() -> Self {
        Self {
            kubeconfig: None,
            contexts: Vec::new(),
            cluster: None,
            user: None,
            server: None,
            tls_server_name: None,
            certificate_authority: None,
            client_certificate: None,
            client_key: None,
            insecure_skip_tls_verify: false,
            token: None,
            impersonate: None,
            impersonate_groups: Vec::new(),
            impersonate_uid: None,
            request_timeout: Self::DEFAULT_TIMEOUT,
        }
    }
}
