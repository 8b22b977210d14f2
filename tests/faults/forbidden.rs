//! Who may look at nothing is told so, and how to get the right.

use tests::mock::{Answer, Mock, discovery};

use crate::servers::GROUP;
use crate::verbs::on;

#[test]
fn what_is_forbidden_comes_with_one_way_out() {
    for name in ["validate", "status"] {
        let mock = Mock::start(move |asked, _| match asked.path.as_str() {
            path @ ("/api" | "/apis") => Answer::json(&discovery(path, GROUP, "Current")),
            _ => Answer::error(403, "kustomizations is forbidden: no"),
        });
        let said = on(name, &mock);
        assert_eq!(said.status, Some(3));
        let way_out = "  hint: grant the rights that kubectl platform checks --rbac prints\n";
        assert_eq!(said.stdout.matches(way_out).count(), 1, "{said:?}");
        assert!(
            said.stdout
                .contains("forbidden: kustomizations is forbidden: no"),
            "{said:?}"
        );
        if name == "status" {
            assert_eq!(said.stderr, "could not look at anything\n");
        }
    }
}
