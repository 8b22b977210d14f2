//! What is wrong with keys, and with how Flux is told of them.

checks!("keys":
    entry_misnamed,
    opens_nothing,
);
