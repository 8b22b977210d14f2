//! Files that cannot be read, or were forged.

use super::{COMMENT, VALUE, desk, forgeries, hold, texts, verbs};

#[test]
fn no_verb_shows_what_is_in_a_file_that_it_cannot_read() {
    let desk = desk();
    for (file, text) in texts() {
        for arguments in verbs(file) {
            hold(&desk, file, &text, &arguments);
        }
    }
}

#[test]
fn no_verb_shows_what_is_in_a_forged_file() {
    let desk = desk();
    let secret = format!("stringData:\n  # {COMMENT}\n  password: {VALUE}\n  list: [{VALUE}]\n");
    desk.write("e.yaml", secret);
    let sealed = desk.sops(&["encrypt", "e.yaml"]).text();
    for (_, text) in forgeries(&sealed) {
        for arguments in verbs("e.yaml") {
            hold(&desk, "e.yaml", &text, &arguments);
        }
    }
}
