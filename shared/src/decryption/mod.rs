//! What a cluster decrypts with: the Secrets that hold age identities, and who uses them.
//!
//! The rules are kustomize-controller's: <https://fluxcd.io/flux/components/kustomize/kustomizations/#decryption>.

mod content;
mod controller;
mod entry_name;
mod of_cluster;
mod secret;
mod wire;
mod write;

pub use content::Content;
pub use controller::Controller;
pub use entry_name::{is_looked_at, is_of_age};
pub use of_cluster::{Decryption, User};
pub use secret::{AgeSecret, Entry, Place, data_key, read};
pub use wire::Base64;
pub use write::{add, ensure_namespace, remove};

use crate::failure::{Exit, Failure};
use crate::kube::Refusal;

/// The namespace in which Flux is installed, where nobody says otherwise.
pub const NAMESPACE: &str = "flux-system";

/// The name of the Secret, where nobody says otherwise.
pub const SECRET: &str = "sops-age";

/// How the name of a data key must end for the controller to read it.
pub const SUFFIX: &str = ".agekey";

/// What a cluster's refusal means for what was being done there.
pub fn refused(doing: &str, server: &str, refusal: &Refusal) -> Failure {
    let why = refusal.message();
    let failure = Failure::new(format!("cannot {doing}: {server}: {why}")).exit(match refusal {
        Refusal::Forbidden(_) | Refusal::Timeout(_) | Refusal::Unreachable(_) => Exit::Incomplete,
        _ => Exit::CouldNotRun,
    });
    match refusal {
        Refusal::Unauthorized(_) => {
            failure.hint("log in again, or check the user of the kubeconfig's context")
        }
        Refusal::Forbidden(_) => {
            failure.hint("ask for the right, or act as somebody who has it: --as USER")
        }
        Refusal::Unreachable(_) if why.contains("certificate") => failure.hint(
            "check the certificate-authority of the kubeconfig's cluster, or --tls-server-name",
        ),
        busy if busy.busy_or_failing().is_some() => {
            failure.hint("try again later: run the same command again")
        }
        Refusal::Unreachable(_) | Refusal::Timeout(_) => {
            failure.hint("check the context and the network, then run the same command again")
        }
        Refusal::Conflict(_) => {
            failure.hint("somebody else has changed it meanwhile: run the same command again")
        }
        Refusal::NotFound(_) | Refusal::Gone(_) | Refusal::Unreadable(_) => failure,
    }
}
