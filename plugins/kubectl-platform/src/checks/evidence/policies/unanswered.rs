//! Calls to Services that timed out, as controllers say: a network policy may stand between the two.
//!
//! A check that uses this hints at `Kustomization`, `HelmRelease`, `Deployment`, `Service`, `Custom`,
//! `ApiService`, `Application`, `StatefulSet` and both kinds of stores.

use std::ops::Deref;

use shared::facts::kinds::api::ApiService;
use shared::facts::kinds::flux_apply::Kustomization;
use shared::facts::kinds::secret_sync::{ClusterSecretStore, SecretStore, StoreFields};
use shared::facts::meta::condition;
use shared::facts::{Fact, Kind, View};
use shared::health::{Assess, Status};
use shared::object::ObjectRef;

use super::end::End;
use crate::checks::evidence::secrets::sync;
use crate::checks::evidence::words::message;
use crate::checks::evidence::{argo, webhook};

/// Words for a call to which nobody answered.
const TIMED_OUT: [&str; 6] = [
    // Some networks refuse what a policy forbids.
    "connection refused",
    "no route to host",
    "i/o timeout",
    "deadline exceeded",
    "timed out",
    "Client.Timeout",
];

/// Who called.
pub(super) enum Caller {
    /// The API server, which is no pod of a namespace.
    ApiServer,
    /// Any of these workloads.
    Workloads(Vec<ObjectRef>),
}

/// A call that timed out.
pub(super) struct Call {
    pub(super) from: Caller,
    /// The Service.
    pub(super) to: ObjectRef,
}

/// All of them.
pub(super) fn all(view: &View<'_>) -> Vec<Call> {
    let webhooks = webhook::refused(view).into_iter();
    let webhooks = webhooks.filter(|refused| says_no_answer(refused.why));
    let webhooks = webhooks.map(|refused| (Caller::ApiServer, refused.service));
    let apis = view.all::<ApiService>().iter().filter_map(|api| {
        let broken = condition(&api.status.conditions, "Available")?;
        let service = api
            .spec
            .service
            .as_ref()
            .filter(|_| says_no_answer(&broken.message))?;
        let service = Kind::Service.object(&service.namespace, &service.name);
        Some((Caller::ApiServer, service))
    });
    let archives = view.all::<Kustomization>().iter().filter_map(|one| {
        let failed = condition(&one.status.conditions, "Ready")?;
        let told = Some(failed).filter(|_| failed.reason == "ArtifactFailed");
        let told = told.filter(|_| says_no_answer(&failed.message))?;
        let mut named = message::suspects(view, &one.reference(), &told.message).into_iter();
        let service = named.find(|object| object.kind == Kind::Service.name())?;
        let own = Kind::Deployment.object(service.namespace(), "kustomize-controller");
        Some((Caller::Workloads(vec![own]), service))
    });
    let compared = argo::complaints(view).filter_map(|(application, told)| {
        // The words of gRPC for a server that does not answer; what it says itself is Unknown.
        let codes = ["code = Unavailable", "code = DeadlineExceeded"];
        let is_of_server = codes.iter().any(|code| told.contains(code));
        let mut named = message::suspects(view, &application.reference(), told).into_iter();
        let named = named.find(|object| object.kind == Kind::Service.name());
        let service = named.or_else(|| argo::REPO_SERVER.services(view).next());
        let own = argo::APPLICATION_CONTROLLER.runs_in(view);
        let is_late = is_of_server && says_no_answer(told);
        Some((Caller::Workloads(own), service.filter(|_| is_late)?))
    });
    let mut all: Vec<Call> = Vec::new();
    let stores = stores::<ClusterSecretStore>(view).chain(stores::<SecretStore>(view));
    let said = webhooks.chain(apis).chain(archives).chain(compared);
    for (from, to) in said.chain(stores) {
        if !all.iter().any(|known| known.to == to) {
            all.push(Call { from, to });
        }
    }
    all
}

fn stores<F: Assess + Deref<Target = StoreFields>>(
    view: &View<'_>,
) -> impl Iterator<Item = (Caller, ObjectRef)> {
    let stores = view.all::<F>().iter();
    let late = stores.filter(|store| {
        let health = store.health(view.now());
        health.status == Status::Failed && says_no_answer(&health.message)
    });
    late.flat_map(|store| {
        let services = store.spec.provider.services.services();
        services.map(|(namespace, name)| {
            let own = sync::EXTERNAL_SECRETS.runs_in(view).into_iter().collect();
            (
                Caller::Workloads(own),
                Kind::Service.object(namespace, name),
            )
        })
    })
}

/// Whether nobody answered, as a message says.
pub(in crate::checks::evidence) fn says_no_answer(message: &str) -> bool {
    TIMED_OUT.iter().any(|words| message.contains(words))
}

/// The API server as who begins: it has no labels, and is in no namespace.
pub(super) fn api_server() -> End<'static> {
    End::without_pods(ObjectRef::new("v1", "Service", "", "kubernetes"))
}
