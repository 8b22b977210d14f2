//! The flags that were given, for a command that is to connect as this one does.

use std::path::PathBuf;
use std::time::Duration;

use shared::kube::Connection;

use super::ConnectionArgs;

impl ConnectionArgs {
    /// The flags that were given, but for the contexts. A token is nowhere: a variable stands for it.
    pub fn given(&self) -> Vec<(&'static str, Value)> {
        let text = |flag, value: &Option<String>| Some((flag, Value::Text(value.clone()?)));
        let file = |flag, path: &Option<PathBuf>| {
            let path = path.as_ref()?.display().to_string();
            Some((flag, Value::Text(path)))
        };
        let seconds = match self.request_timeout {
            Duration::MAX => 0,
            limit => limit.as_secs().max(1),
        };
        let is_usual = self.request_timeout == Connection::DEFAULT_TIMEOUT;
        let one = [
            file("--kubeconfig", &self.kubeconfig),
            text("--cluster", &self.cluster),
            text("--user", &self.user),
            text("--server", &self.server),
            text("--tls-server-name", &self.tls_server_name),
            file("--certificate-authority", &self.certificate_authority),
            file("--client-certificate", &self.client_certificate),
            file("--client-key", &self.client_key),
            self.insecure_skip_tls_verify
                .then_some(("--insecure-skip-tls-verify", Value::None)),
            self.token
                .as_ref()
                .map(|_| ("--token", Value::Variable("TOKEN"))),
            text("--as", &self.impersonate),
            text("--as-uid", &self.impersonate_uid),
            (!is_usual).then(|| ("--request-timeout", Value::Text(format!("{seconds}s")))),
        ];
        let groups = self.impersonate_groups.iter();
        let groups = groups.map(|group| ("--as-group", Value::Text(group.clone())));
        one.into_iter().flatten().chain(groups).collect()
    }
}

/// What follows a flag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// Nothing.
    None,
    /// What was written there.
    Text(String),
    /// A variable of the shell.
    Variable(&'static str),
}
