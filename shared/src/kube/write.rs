//! Changing objects: what is sent, and in whose name.

use ::kube::client::Body;
use http::{Method, Request, header};

use super::api::Api;
use super::refusal::Refusal;

/// The name under which the server notes what we own of an object.
pub const MANAGER: &str = "flux-sops-age";

impl Api {
    /// Creates an object below `path`, the path of its list.
    ///
    /// # Errors
    /// [`Refusal::Conflict`] where there is one already; else what the server said.
    pub async fn create(&self, path: &str, object: &[u8]) -> Result<Vec<u8>, Refusal> {
        let path = format!("{path}?fieldManager={MANAGER}");
        self.write(&Method::POST, &path, "application/json", object)
            .await
    }

    /// Applies the fields of an object on the server: they are ours from then on, and those that we applied
    /// before and no longer name are gone. What others own stays.
    ///
    /// # Errors
    /// [`Refusal::Conflict`] where somebody else owns a field with another value, or where the object is not in the
    /// version that it names; else what the server said.
    pub async fn apply(&self, path: &str, object: &[u8]) -> Result<Vec<u8>, Refusal> {
        let path = format!("{path}?fieldManager={MANAGER}");
        self.write(
            &Method::PATCH,
            &path,
            "application/apply-patch+yaml",
            object,
        )
        .await
    }

    /// Merges fields into an object, whoever owns them; `null` removes one.
    ///
    /// # Errors
    /// [`Refusal::Conflict`] where the object is not in the version that the patch names; else what the server said.
    pub async fn merge(&self, path: &str, patch: &[u8]) -> Result<Vec<u8>, Refusal> {
        let path = format!("{path}?fieldManager={MANAGER}");
        self.write(&Method::PATCH, &path, "application/merge-patch+json", patch)
            .await
    }

    async fn write(
        &self,
        method: &Method,
        path: &str,
        media: &str,
        body: &[u8],
    ) -> Result<Vec<u8>, Refusal> {
        self.change(|| {
            Request::builder()
                .method(method)
                .uri(path)
                .header(header::CONTENT_TYPE, media)
                .header(header::ACCEPT, "application/json")
                .body(Body::from(body.to_vec()))
        })
        .await
    }
}
