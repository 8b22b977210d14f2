//! Copies of what sops encrypted, for both programs.

use crate::desk::Desk;
use crate::documents::comments;

pub(super) const TEXT: &str = "metadata:\n  name: redis-credentials\nstringData:\n  # the password\n  password: hunter2 # inline\n  port: 6379\n  list:\n    - a\n    - b\n";

/// Both programs do the same with a copy each of what sops encrypted.
pub(super) struct Copies {
    pub(super) desk: Desk,
    pub(super) sealed: String,
}

impl Copies {
    pub(super) fn new() -> Copies {
        let desk = Desk::new();
        desk.write("plain.yaml", TEXT);
        let sealed = desk
            .sops(&["encrypt", "--age", &desk.recipient, "plain.yaml"])
            .text();
        for name in ["theirs", "ours"] {
            std::fs::create_dir(desk.path(name)).unwrap();
            desk.write(&format!("{name}/plain.yaml"), TEXT);
        }
        Copies { desk, sealed }
    }

    /// Runs a verb on both copies, with what is piped in; says the status that both ended with.
    #[track_caller]
    pub(super) fn hold(&self, arguments: &[&str], piped: &str) -> i32 {
        let mut found = Vec::new();
        for (folder, ours) in [("theirs", false), ("ours", true)] {
            self.desk.write(&format!("{folder}/e.yaml"), &self.sealed);
            let named = |word: &&str| match *word {
                "FILE" => format!("{folder}/e.yaml"),
                "PLAIN" => format!("{folder}/plain.yaml"),
                word => word.to_owned(),
            };
            let arguments: Vec<String> = arguments.iter().map(named).collect();
            let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
            let outcome = self.desk.piped(ours, &arguments, piped);
            let after = self.desk.read(&format!("{folder}/e.yaml"));
            let is_same = after == self.sealed;
            let text = self
                .desk
                .sops(&["decrypt", &format!("{folder}/e.yaml")])
                .text();
            let values = self
                .desk
                .sops(&[
                    "decrypt",
                    "--output-type",
                    "json",
                    &format!("{folder}/e.yaml"),
                ])
                .text();
            assert!(outcome.status == 0 || is_same, "{arguments:?}");
            found.push((outcome, is_same, values, comments(text.as_bytes())));
        }
        let (ours, theirs) = (found.pop().unwrap(), found.pop().unwrap());
        assert_eq!(
            ours.0.status, theirs.0.status,
            "{arguments:?}: {} | {}",
            ours.0.stderr, theirs.0.stderr
        );
        assert_eq!(ours.1, theirs.1, "{arguments:?}: left as it was");
        assert_eq!(ours.2, theirs.2, "{arguments:?}");
        assert_eq!(ours.3, theirs.3, "{arguments:?}");
        ours.0.status
    }
}
