//! What shells are offered, asked as they ask: through kubectl.

use std::env;
use std::fs;
use std::process::{Command, Stdio};

use serde_json::{Value, json};
use tempfile::TempDir;
use tests::control_plane::{ControlPlane, Kubeconfig};
use tests::objects::objects;
use tests::parts::part;
use tests::program::{Outcome, command, outcome, path, run};

/// A folder with the file that kubectl looks for, and one beside it that may be offered.
fn installed() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().display().to_string();
    let said = run(
        "kubectl-platform",
        &["completion", "--install", "--dir", &dir],
    );
    assert_eq!(said.status, Some(0), "{said:?}");
    fs::write(folder.path().join("cluster.yaml"), "").unwrap();
    folder
}

/// What `kubectl WORDS` followed by a tab offers.
fn offered(folder: &TempDir, config: &Kubeconfig, words: &[&str]) -> Outcome {
    let ours = path("kubectl-platform").parent().unwrap().to_owned();
    let theirs = env::var_os("PATH").unwrap_or_default();
    let all = [folder.path().to_owned(), ours].into_iter();
    let all = all.chain(env::split_paths(&theirs));
    outcome(
        Command::new(part("kubectl"))
            .args(["__complete", "platform"])
            .args(words)
            .env("PATH", env::join_paths(all).unwrap())
            .env("KUBECONFIG", config.path())
            .env("HOME", "/nonexistent")
            .current_dir(folder.path())
            .stdin(Stdio::null()),
    )
}

fn candidates(said: &Outcome) -> Vec<&str> {
    let lines = said.stdout.lines().filter(|line| !line.starts_with(':'));
    lines.map(|line| line.split('\t').next().unwrap()).collect()
}

fn service(namespace: &str, name: &str, r#type: &str) -> Value {
    json!({"apiVersion": "v1", "kind": "Service", "metadata": {"name": name, "namespace": namespace},
        "spec": {"type": r#type, "ports": [{"port": 443}]}})
}

#[test]
fn kubectl_offers_what_the_kubeconfig_and_the_cluster_know() {
    let plane = ControlPlane::fresh();
    let mut all = objects(
        "
apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata: {name: infra, namespace: flux-system}
",
    );
    all.extend([
        service("kube-system", "traefik", "LoadBalancer"),
        service("kube-system", "metrics", "ClusterIP"),
        service("web", "site", "ClusterIP"),
    ]);
    plane.apply(&all);
    let config = Kubeconfig::new()
        .context("infra", &plane, &plane.admin())
        .context("apps", &plane, &plane.new_user());
    let folder = installed();
    for (words, expected) in [
        (&["validate", "--context", ""][..], &["infra", "apps"][..]),
        (&["validate", "--context", "infra,a"], &["infra,apps"]),
        (&["status", "--cluster", "in"], &["infra"]),
        (&["status", "--user", "ap"], &["apps"]),
        (&["status", "-n", "flux"], &["flux-system"]),
        (&["status", "-n", "we"], &["web"]),
        (&["status", "gitrepo/"], &["gitrepo/infra"]),
        (&["status", "gitrepo/infra", "svc/si"], &["svc/site"]),
        (
            &["status", "svc", ""],
            &["kubernetes", "metrics", "site", "traefik"],
        ),
        (&["status", "-n", "web", "svc", ""], &["site"]),
        (&["status", "gitr"], &["gitrepositories"]),
        (&["lb-ip", "--service", ""], &["kube-system/traefik"]),
        (&["validate", "--from", "cl"], &["cluster.yaml"]),
        (&["validate", "--check", "argo/*"], &["argo/*"]),
        (&["explain", "flux/source-not"], &["flux/source-not-ready"]),
        (&["valid"], &["validate"]),
    ] {
        let said = offered(&folder, &config, words);
        assert_eq!(candidates(&said), expected, "{words:?}: {said:?}");
        assert!(
            said.stdout.contains("\n:4") || said.stdout.contains("\n:6"),
            "{said:?}"
        );
    }
    let forbidden = offered(&folder, &config, &["status", "--context", "apps", "-n", ""]);
    assert_eq!(candidates(&forbidden), Vec::<&str>::new());
}

#[test]
fn a_cluster_that_is_away_offers_nothing_and_says_nothing() {
    let plane = ControlPlane::shared();
    let nobody = std::net::TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let server = format!("https://{}", nobody.local_addr().unwrap());
    let config = Kubeconfig::new().context_of("away", &server, plane.authority(), &plane.admin());
    for words in [
        &["status", "po/"][..],
        &["status", "-n", ""],
        &["lb-ip", "--service", ""],
    ] {
        let said = outcome(
            command("kubectl-platform")
                .arg("__complete")
                .args(words)
                .env("KUBECONFIG", config.path()),
        );
        assert_eq!(
            (said.status, said.stdout.as_str()),
            (Some(0), ":4\n"),
            "{said:?}"
        );
        assert_eq!(said.stderr, "", "{words:?}");
    }
}

#[test]
fn flux_offers_the_names_of_the_cluster_but_no_value() {
    let plane = ControlPlane::shared();
    let namespace = plane.namespace("offered");
    let user = plane.new_user();
    let rules = json!([{"apiGroups": ["*"], "resources": ["*"], "verbs": ["list"]}]);
    plane.grant(&user, &rules);
    let config = Kubeconfig::new().context("infra", plane, &user);
    let said = outcome(
        command("flux-sops-age")
            .args([
                "__complete",
                "secret",
                "generic",
                "a.enc.yaml",
                "-n",
                "offered",
            ])
            .env("KUBECONFIG", config.path()),
    );
    assert_eq!(
        (said.status, said.stderr.as_str()),
        (Some(0), ""),
        "{said:?}"
    );
    assert_eq!(candidates(&said), [namespace.as_str()], "{said:?}");
    let lists = plane.requests_of(&user);
    assert!(
        lists
            .iter()
            .all(|one| one.uri.contains("/namespaces?") || one.verb == "get"),
        "{lists:?}"
    );
}

#[test]
fn shells_that_ask_the_plugin_itself_are_answered_too() {
    let plane = ControlPlane::shared();
    let config = Kubeconfig::new().context("infra", plane, &plane.admin());
    let said = run("kubectl-platform", &["completion", "fish"]);
    assert!(
        said.stdout.contains("KUBECTL_PLATFORM_COMPLETE=fish"),
        "{said:?}"
    );
    let said = outcome(
        command("kubectl-platform")
            .args(["--", "kubectl-platform", "validate", "--context", ""])
            .env("KUBECTL_PLATFORM_COMPLETE", "fish")
            .env("KUBECONFIG", config.path()),
    );
    assert_eq!(
        (said.status, said.stdout.trim_end()),
        (Some(0), "infra"),
        "{said:?}"
    );
}
