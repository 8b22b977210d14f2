//! What is wrong with files, whoever opens them.

checks!("files":
    entry_name_refused,
    mac_broken,
    malformed,
    merge_conflict,
    plaintext,
    private_key,
    recipients_differ,
    rule_differs,
    rule_missing,
    rules_malformed,
    secret_plain,
    unopenable,
);
