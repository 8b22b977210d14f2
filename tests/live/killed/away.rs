//! The cluster goes away between two requests: the next run ends well.

use tests::control_plane::Kubeconfig;
use tests::cut::Cut;

use super::stage::{Stage, public_keys};

/// Runs the verb against a cluster that goes away after one sending, two, and so on, until it ends well; each time
/// the same command goes on once the cluster is back.
fn go_away(stage: &Stage, arguments: &[&str], resumed: impl Fn()) {
    let before = stage.before();
    let plane = stage.plane;
    let mut failed = 0;
    for sendings in 1.. {
        stage.put_back(&before);
        let cut = Cut::after(sendings, plane.server());
        let config =
            Kubeconfig::new().context_of("infra", &cut.server, plane.authority(), &plane.admin());
        let path = config.path();
        let through = [arguments, &["--kubeconfig", path.to_str().unwrap()]].concat();
        let said = stage.checkout.ours(&through);
        if said.status == Some(0) {
            break;
        }
        assert!(
            said.stderr.starts_with("error: ") || said.stderr.starts_with("warning: "),
            "{sendings}: {said:?}"
        );
        assert!(!said.stderr.contains("AGE-SECRET-KEY"), "{said:?}");
        failed += 1;
        stage.checkout.well(arguments);
        resumed();
    }
    assert!(failed > 3, "the cluster went away {failed} times");
}

#[test]
fn bootstrap_bears_a_cluster_that_goes_away() {
    let stage = Stage::new();
    let namespace = stage.namespace.clone();
    go_away(&stage, &["bootstrap", "-n", &namespace], || {
        assert_eq!(public_keys(&stage.checkout).len(), 1);
        assert_eq!(stage.data().unwrap().as_object().unwrap().len(), 1);
    });
}

#[test]
fn rotate_key_bears_a_cluster_that_goes_away() {
    let stage = Stage::new();
    stage.checkout.well(&["bootstrap", "-n", &stage.namespace]);
    stage
        .checkout
        .well(&["secret", "redis", "gitops/apps/redis/secret"]);
    stage.reconcile();
    go_away(&stage, &["rotate-key"], || {
        assert!(stage.opens());
        assert_eq!(public_keys(&stage.checkout).len(), 2);
    });
}
