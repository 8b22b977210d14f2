//! What a user may not read is said, and never taken for well.

use tests::control_plane::{ControlPlane, Kubeconfig, User};

use crate::platform;
use crate::verdict::Verdict;

fn validate(plane: &ControlPlane, user: &User) -> Verdict {
    let config = Kubeconfig::new().context("infra", plane, user);
    Verdict::of(&[
        "--no-probes",
        "--kubeconfig",
        config.path().to_str().unwrap(),
    ])
}

#[test]
fn a_user_without_rights_sees_nothing_pass() {
    let plane = platform::healthy();
    let verdict = validate(plane, &plane.new_user());
    assert_eq!((verdict.status, verdict.result()), (Some(3), "incomplete"));
    assert!(verdict.passed().is_empty(), "{:?}", verdict.passed());
    assert!(verdict.found().is_empty(), "{:?}", verdict.found());
    assert!(!verdict.skipped("forbidden").is_empty());
}
