//! What a snapshot keeps of any fixture is all that any check reads.

use std::fs;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use kubectl_platform::checks;
use shared::check;
use shared::facts::Facts;
use shared::finding::Finding;
use shared::source::{read_path, snapshot};

fn fixtures(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    let nested = entries.map(|path| match path.is_dir() {
        true => fixtures(&path),
        false => vec![path],
    });
    nested.flatten().collect()
}

/// All that all checks say, but for the files that were read: a snapshot keeps a list a kind, so
/// kinds that are told apart by their names alone come in another order.
fn said(facts: &Facts) -> Vec<String> {
    let outcomes = checks::all().map(|check| check::run(check, facts));
    let said = outcomes.map(|outcome| {
        let findings = outcome.findings.into_iter().map(|finding| Finding {
            place: None,
            ..finding
        });
        let mut findings: Vec<_> = findings.collect();
        findings.sort_by(|a, b| a.object.cmp(&b.object));
        let gap = outcome.gap.map(|gap| gap.reason);
        format!("{} {findings:?} {gap:?}", outcome.check)
    });
    said.collect()
}

#[test]
fn a_snapshot_of_a_fixture_is_judged_as_the_fixture() {
    let at: Timestamp = "2026-11-21T12:00:00Z".parse().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("taken.tar.gz");
    let all = fixtures(&Path::new(env!("CARGO_MANIFEST_DIR")).join("checks"));
    assert!(!all.is_empty());
    for fixture in all {
        let facts = read_path(&fixture, at).unwrap();
        snapshot::write_file(&facts, &path).unwrap();
        let again = read_path(&path, None).unwrap();
        assert_eq!(again.now, at);
        assert_eq!(said(&again), said(&facts), "{}", fixture.display());
    }
}

#[test]
fn a_snapshot_that_lost_something_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("taken");
    let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/almckay/cluster.yaml");
    let facts = read_path(&example, None).unwrap();
    snapshot::write_folder(&facts, &path).unwrap();
    let pods = path.join("v1.Pod.json");
    for damage in [
        "",
        "{\"apiVersion\":\"v1\",\"kind\":\"PodList\",\"items\":[]}",
        "{\"apiVersion\":",
    ] {
        fs::write(&pods, damage).unwrap();
        let gap = read_path(&path, None)
            .unwrap()
            .gap(shared::facts::Kind::Pod)
            .cloned();
        assert_eq!(
            gap.unwrap().reason,
            shared::facts::Reason::Unreadable,
            "{damage}"
        );
    }
    fs::remove_file(&pods).unwrap();
    let gap = read_path(&path, None)
        .unwrap()
        .gap(shared::facts::Kind::Pod)
        .cloned();
    assert_eq!(gap.unwrap().reason, shared::facts::Reason::Unreadable);
}

#[test]
fn credentials_in_a_message_are_taken_out_when_it_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let source = folder.path().join("source.yaml");
    let yaml = "
apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata: {name: infra, namespace: flux-system}
spec: {url: 'https://me:s3cret@git.almckay.io/infra?token=s3cret'}
status:
  conditions:
  - {type: Ready, status: 'False', message: \"failed to clone 'https://me:s3cret@git.almckay.io/infra'\"}
";
    fs::write(&source, yaml).unwrap();
    let facts = read_path(&source, None).unwrap();
    let path = folder.path().join("taken");
    snapshot::write_folder(&facts, &path).unwrap();
    let list =
        fs::read_to_string(path.join("source.toolkit.fluxcd.io.v1.GitRepository.json")).unwrap();
    assert!(list.contains("failed to clone"), "{list}");
    assert!(!list.contains("s3cret"), "{list}");
}
