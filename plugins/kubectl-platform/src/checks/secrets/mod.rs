//! Secrets: the key that Flux decrypts with, what is still encrypted, and what writes Secrets.

checks!("secrets":
    age_key_invalid,
    age_key_misnamed,
    age_key_missing,
    age_key_refused,
    controller_not_running,
    copy_outdated,
    decryption_not_configured,
    external_secret_not_ready,
    not_reflected,
    not_unsealed,
    reflected_source_gone,
    secret_store_not_ready,
    still_encrypted,
    store_secret_missing,
);
