//! cert-manager: issuers, certificates, and the ACME steps between them.

use super::super::meta::{Condition, Meta};
use super::super::time::Time;
use super::super::wire::wire;
use super::alike::alike;
use super::pod::LocalRef;
use super::secret_refs::SecretRefs;

wire! {
    /// A certificate.
    pub struct Certificate {
        pub metadata: Meta,
        pub spec: CertificateSpec,
        pub status: CertificateStatus,
    }

    /// `spec` of a certificate.
    pub struct CertificateSpec {
        pub secret_name: String,
        pub dns_names: Vec<String>,
        pub duration: String,
        pub renew_before: String,
        pub issuer_ref: IssuerRef,
    }

    /// The issuer of a certificate; no kind means `Issuer`.
    pub struct IssuerRef { pub kind: String, pub name: String, pub group: String, }

    /// `status` of a certificate.
    pub struct CertificateStatus {
        pub conditions: Vec<Condition>,
        pub not_after: Time,
        pub not_before: Time,
        pub renewal_time: Time,
        pub last_failure_time: Time,
        pub revision: i64,
        pub failed_issuance_attempts: i64,
        pub next_private_key_secret_name: String,
    }

    /// One attempt to get a certificate.
    pub struct CertificateRequest {
        pub metadata: Meta,
        pub spec: CertificateRequestSpec,
        pub status: CertificateRequestStatus,
    }

    /// `spec` of a request.
    pub struct CertificateRequestSpec { pub issuer_ref: IssuerRef, }

    /// `status` of a request.
    pub struct CertificateRequestStatus { pub conditions: Vec<Condition>, pub failure_time: Time, }

    /// An Issuer or ClusterIssuer.
    pub struct IssuerFields {
        pub metadata: Meta,
        pub spec: IssuerSpec,
        pub status: IssuerStatus,
    }

    /// `spec` of an issuer: one of its kinds.
    pub struct IssuerSpec {
        pub acme: Option<Acme>,
        pub ca: Option<CaIssuer>,
        pub vault: Option<SecretRefs>,
        pub venafi: Option<SecretRefs>,
    }

    /// An issuer that signs with a Secret's key pair.
    pub struct CaIssuer { pub secret_name: String, }

    /// An ACME account.
    pub struct Acme {
        pub server: String,
        pub email: String,
        pub private_key_secret_ref: LocalRef,
        pub disable_account_key_generation: bool,
        pub external_account_binding: Option<SecretRefs>,
        pub solvers: Vec<Solver>,
    }

    /// How challenges are answered.
    pub struct Solver { pub dns01: Option<SecretRefs>, pub http01: Option<Http01>, }

    /// Challenges that are answered over HTTP.
    pub struct Http01 { pub ingress: Option<Http01Ingress>, }

    /// The ingress that carries the answer.
    pub struct Http01Ingress { pub ingress_class_name: String, pub class: String, pub name: String, }

    /// `status` of an issuer.
    pub struct IssuerStatus { pub conditions: Vec<Condition>, }

    /// An ACME order.
    pub struct Order {
        pub metadata: Meta,
        pub spec: OrderSpec,
        pub status: OrderStatus,
    }

    /// `spec` of an order.
    pub struct OrderSpec { pub dns_names: Vec<String>, pub issuer_ref: IssuerRef, }

    /// `status` of an order and of a challenge.
    pub struct OrderStatus {
        pub state: String,
        pub reason: String,
        pub failure_time: Time,
    }

    /// An ACME challenge.
    pub struct Challenge {
        pub metadata: Meta,
        pub spec: ChallengeSpec,
        pub status: ChallengeStatus,
    }

    /// `spec` of a challenge, without its token and key.
    pub struct ChallengeSpec {
        pub r#type: String,
        pub dns_name: String,
        pub issuer_ref: IssuerRef,
        pub solver: Solver,
    }

    /// `status` of a challenge.
    pub struct ChallengeStatus {
        pub state: String,
        pub reason: String,
        pub presented: bool,
        pub processing: bool,
    }
}

alike! {
    /// An issuer of one namespace.
    Issuer: IssuerFields,
    /// An issuer of the whole cluster.
    ClusterIssuer: IssuerFields
}
