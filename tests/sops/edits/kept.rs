//! What was typed is kept where the file cannot have it.

use super::{CHANGE, Editing, TEXT};

#[test]
fn a_file_that_changes_while_it_is_edited_is_not_written_over() {
    let editing = Editing::new(&format!("cp other.yaml e.yaml; {CHANGE}"));
    editing.desk.write("plain.yaml", "x: by somebody else\n");
    let encrypt = ["encrypt", "--age", &editing.desk.recipient, "plain.yaml"];
    let other = editing.desk.ours(&encrypt).text();
    editing.desk.write("other.yaml", &other);
    let edited = editing.ours(&["edit", "e.yaml"]);
    assert_eq!(edited.status, 3, "{}", edited.stderr);
    assert_eq!(editing.desk.read("e.yaml"), other);
    // Neither is what was typed lost.
    assert!(
        edited.stderr.contains("e.edited-1.yaml"),
        "{}",
        edited.stderr
    );
    let aside = editing.desk.sops(&["decrypt", "e.edited-1.yaml"]).text();
    assert!(
        aside.contains("other") && !aside.contains("hunter2"),
        "{aside}"
    );
}

#[test]
fn what_was_typed_is_not_lost_where_it_cannot_be_written() {
    // By the time the editor ends, nobody may write to the file.
    let editing = Editing::new(&format!("chmod 444 e.yaml; {CHANGE}"));
    let edited = editing.ours(&["edit", "e.yaml"]);
    assert_eq!(edited.status, 3, "{}", edited.stderr);
    assert_eq!(editing.desk.read("e.yaml"), editing.sealed);
    let told = "what you made of it is encrypted in e.edited-1.yaml";
    assert!(edited.stderr.contains(told), "{}", edited.stderr);
    let aside = editing.desk.sops(&["decrypt", "e.edited-1.yaml"]).text();
    assert_eq!(aside, TEXT.replace("hunter2", "other"));
}
