//! What is a root, and what explains what.

use super::*;
use crate::finding::Level;

fn finding(level: Level, name: &str, blames: &[&str]) -> Finding {
    let object = |name: &str| ObjectRef::new("v1", "Pod", "auth", name);
    Finding {
        check: "test/test",
        level,
        object: object(name),
        place: None,
        message: String::new(),
        remedy: None,
        blames: blames.iter().map(|name| object(name)).collect(),
        suspects: Vec::new(),
        makers: Vec::new(),
        is_symptom: false,
    }
}

fn roots(findings: Vec<Finding>) -> Vec<(String, usize)> {
    let all = explain(findings);
    all.into_iter()
        .filter(|caused| caused.root)
        .map(|caused| (caused.finding.object.name, caused.explains))
        .collect()
}

#[test]
fn a_chain_has_one_root() {
    let error = Level::Error;
    let chain = vec![
        finding(error, "a", &["b"]),
        finding(error, "b", &["c"]),
        finding(error, "c", &[]),
    ];
    assert_eq!(roots(chain.clone()), [("c".to_owned(), 2)]);
    let first = explain(chain)
        .into_iter()
        .find(|caused| caused.finding.object.name == "a")
        .unwrap();
    assert_eq!(first.because.unwrap().name, "c");
}

#[test]
fn no_chain_is_too_long() {
    let links: Vec<String> = (0..50_000).map(|link| link.to_string()).collect();
    let chain = links.windows(2);
    let chain = chain.map(|link| finding(Level::Error, &link[0], &[&link[1]]));
    let last = finding(Level::Error, &links[links.len() - 1], &[]);
    let explained = links.len() - 1;
    assert_eq!(
        roots(chain.chain([last]).collect()),
        [("49999".to_owned(), explained)]
    );
}

#[test]
fn a_circle_has_one_root_and_what_hangs_on_it_none() {
    let error = Level::Error;
    let circle = vec![
        finding(error, "a", &["b"]),
        finding(error, "b", &["a"]),
        finding(error, "x", &["a"]),
    ];
    assert_eq!(roots(circle), [("a".to_owned(), 2)]);
}

#[test]
fn in_a_circle_certain_blame_weighs_more_than_suspicion() {
    let mut secret = finding(Level::Error, "secret", &[]);
    secret.suspects = vec![
        ObjectRef::new("v1", "Pod", "auth", "kustomization"),
        ObjectRef::new("v1", "Pod", "auth", "another"),
    ];
    let circle = vec![
        finding(Level::Error, "kustomization", &["deployment"]),
        finding(Level::Error, "deployment", &["secret"]),
        finding(Level::Error, "another", &["deployment"]),
        secret,
    ];
    assert_eq!(roots(circle), [("secret".to_owned(), 3)]);
}

#[test]
fn in_a_circle_what_was_to_make_something_counts_least() {
    let object = |name: &str| ObjectRef::new("v1", "Pod", "auth", name);
    let mut secret = finding(Level::Error, "secret", &[]);
    secret.makers = vec![object("kustomization")];
    let mut pod = finding(Level::Error, "pod", &[]);
    pod.suspects = vec![object("secret")];
    let circle = vec![
        finding(Level::Error, "kustomization", &["pod"]),
        pod,
        secret,
    ];
    assert_eq!(roots(circle), [("secret".to_owned(), 2)]);
}

#[test]
fn an_object_is_one_root_however_many_findings_know_its_place() {
    let place = |line| {
        let path = std::sync::Arc::from("cluster.yaml");
        Some(Place {
            path,
            line: Some(line),
        })
    };
    let mut read = finding(Level::Error, "a", &[]);
    read.place = place(1);
    let named = finding(Level::Error, "a", &[]);
    assert_eq!(roots(vec![read.clone(), named]).len(), 1);
    let mut elsewhere = finding(Level::Error, "a", &[]);
    elsewhere.place = place(9);
    assert_eq!(roots(vec![read, elsewhere]).len(), 2);
}

#[test]
fn an_error_is_not_explained_by_what_is_only_rolling_out() {
    let mixed = vec![
        finding(Level::Error, "a", &["b"]),
        finding(Level::Info, "b", &[]),
    ];
    assert_eq!(roots(mixed), [("a".to_owned(), 0), ("b".to_owned(), 0)]);
}

#[test]
fn what_only_rolls_out_passes_suspicion_on() {
    let chain = vec![
        finding(Level::Error, "a", &["b"]),
        finding(Level::Info, "b", &["c"]),
        finding(Level::Error, "c", &[]),
    ];
    assert_eq!(roots(chain), [("c".to_owned(), 2)]);
}

#[test]
fn blame_of_an_object_that_nothing_was_found_about_is_the_cause_all_the_same() {
    let all = explain(vec![finding(Level::Error, "a", &["gone"])]);
    assert!(all[0].root);
    assert_eq!(all[0].because.as_ref().unwrap().name, "gone");
}

#[test]
fn what_is_in_a_namespace_that_goes_away_goes_with_it() {
    let mut space = finding(Level::Error, "auth", &[]);
    space.object = ObjectRef::new("v1", "Namespace", "", "auth");
    let within = finding(Level::Error, "a", &[]);
    let mut without = finding(Level::Error, "b", &[]);
    without.object = ObjectRef::new("v1", "Pod", "web", "b");
    let all = vec![within, without, space];
    assert_eq!(roots(all), [("auth".to_owned(), 1), ("b".to_owned(), 0)]);
}

#[test]
fn what_holds_a_namespace_up_is_the_cause_of_that() {
    let mut space = finding(Level::Error, "auth", &["claim"]);
    space.object = ObjectRef::new("v1", "Namespace", "", "auth");
    let claim = finding(Level::Error, "claim", &[]);
    assert_eq!(roots(vec![space, claim]), [("claim".to_owned(), 1)]);
}

#[test]
fn of_two_findings_about_one_object_the_one_that_says_why_is_the_root() {
    let mut symptom = finding(Level::Error, "a", &[]);
    symptom.check = "test/a-symptom";
    symptom.symptom();
    let mut why = finding(Level::Error, "a", &[]);
    why.check = "test/why";
    let all = explain(vec![symptom.clone(), why.clone()]);
    assert_eq!(all[0].finding.check, "test/why");
    assert_eq!(all[1].because.as_ref(), Some(&all[0].finding.object));
    why.level = Level::Warning;
    let all = explain(vec![why, symptom]);
    assert_eq!(all[0].finding.check, "test/a-symptom");
}

#[test]
fn what_has_two_roots_knows_both() {
    let both = finding(Level::Error, "a", &["b", "c"]);
    let roots = [
        finding(Level::Error, "b", &[]),
        finding(Level::Error, "c", &[]),
    ];
    let all = explain([vec![both], roots.to_vec()].concat());
    let mut names: Vec<_> = all[2].causes.iter().map(|cause| &cause.name).collect();
    names.sort_unstable();
    assert_eq!(names, ["b", "c"]);
}
