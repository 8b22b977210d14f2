//! What is wrong between the files and what a cluster decrypts with.

checks!("cluster":
    decryption_missing,
    entry_misnamed,
    file_unopenable,
    key_malformed,
    key_opens_nothing,
    secret_missing,
);
