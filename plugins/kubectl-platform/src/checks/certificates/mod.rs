//! Certificates: cert-manager, its issuers, and every step from a Certificate to its Secret.

checks!("certificates":
    certificate_not_ready,
    challenge_not_ready,
    controller_not_running,
    expired,
    issuer_missing,
    issuer_not_ready,
    issuer_secret_missing,
    order_not_ready,
    renewal_overdue,
    request_not_ready,
    secret_expired,
    secret_expiring,
    secret_missing,
    secret_shared,
    secret_unusable,
);
