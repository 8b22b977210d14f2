//! `bootstrap` and `rotate-key` as they are released, killed before each of their writes: the next run ends well.

mod away;
mod stage;

use stage::{Stage, public_keys};

#[test]
fn bootstrap_goes_on_with_the_key_that_it_made() {
    let stage = Stage::new();
    let namespace = stage.namespace.clone();
    let killed = stage.kill(&["bootstrap", "-n", &namespace], || {
        let keys = public_keys(&stage.checkout);
        assert_eq!(keys.len(), 1, "{keys:?}");
        assert!(stage.checkout.read(".sops.yaml").contains(&keys[0]));
        assert_eq!(stage.data().unwrap().as_object().unwrap().len(), 1);
        let apps = stage.checkout.read("clusters/infra/apps.yaml");
        assert_eq!(apps.matches("provider: sops").count(), 1, "{apps}");
    });
    println!("killed {killed} times");
}

#[test]
fn rotate_key_goes_on_in_each_phase_and_back() {
    let stage = Stage::new();
    stage.checkout.well(&["bootstrap", "-n", &stage.namespace]);
    stage
        .checkout
        .well(&["secret", "redis", "gitops/apps/redis/secret"]);
    stage.reconcile();
    let first = stage.before();
    let state = || {
        let data = stage.data().unwrap();
        (
            public_keys(&stage.checkout).len(),
            data.as_object().unwrap().len(),
        )
    };
    let killed = stage.kill(&["rotate-key"], || {
        assert!(stage.opens());
        assert_eq!(state(), (2, 2));
    });
    println!("first phase: killed {killed} times");

    stage.put_back(&first);
    stage.checkout.well(&["rotate-key"]);
    let killed = stage.kill(&["rotate-key", "--abort"], || {
        assert!(stage.opens());
        assert_eq!(state(), (2, 1));
        assert_eq!(public_keys(&stage.checkout)[0].as_str(), recipient(&stage));
    });
    println!("abort: killed {killed} times");

    stage.put_back(&first);
    stage.checkout.well(&["rotate-key"]);
    stage.reconcile();
    let killed = stage.kill(
        &[
            "rotate-key",
            "--complete",
            "--rekeyed-revision",
            &head(&stage),
        ],
        || {
            assert!(stage.opens());
            assert_eq!(state(), (2, 1));
            assert_eq!(public_keys(&stage.checkout)[1].as_str(), recipient(&stage));
        },
    );
    println!("second phase: killed {killed} times");
}

fn head(stage: &Stage) -> String {
    stage.checkout.git(&["rev-parse", "HEAD"])
}

/// The one recipient of the rules.
fn recipient(stage: &Stage) -> String {
    let rules = stage.checkout.read(".sops.yaml");
    let line = rules
        .lines()
        .find_map(|line| line.trim().strip_prefix("age: "));
    line.unwrap().to_owned()
}
