//! Every check has a manual, a good and a bad fixture, and reads just the kinds it declares.
//!
//! A bad fixture's first lines say what must be found: `# finds: LEVEL KIND/NAMESPACE/NAME`, one a
//! line, the cause behind ` <- ` where one is blamed. All are judged as of one time.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use kubectl_platform::checks;
use shared::check::{self, Check};
use shared::facts::{Facts, Kind};
use shared::finding::{Finding, Level};
use shared::render::is_predicate;
use shared::source;

/// When they are judged.
const TIME: &str = "2026-11-21T12:00:00Z";

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("checks")
}

fn fixtures(check: &Check, prefix: &str) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder().join(check.id)) else {
        return Vec::new();
    };
    let mut paths: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| {
        path.file_name()
            .unwrap()
            .to_string_lossy()
            .starts_with(prefix)
    });
    paths.sort();
    paths
}

fn header<'a>(text: &'a str, key: &str) -> Vec<&'a str> {
    let lines = text.lines().take_while(|line| line.starts_with('#'));
    lines
        .filter_map(|line| {
            line.strip_prefix("# ")?
                .strip_prefix(key)?
                .strip_prefix(": ")
        })
        .collect()
}

fn facts(path: &Path) -> (Facts, String) {
    let text = fs::read_to_string(path).unwrap();
    let at: Timestamp = TIME.parse().unwrap();
    let facts = source::read_path(path, at)
        .unwrap_or_else(|failure| panic!("{}: {failure}", path.display()));
    (facts, text)
}

fn line(finding: &Finding) -> String {
    let level = match finding.level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Info => "info",
    };
    let causes: Vec<_> = finding
        .blames
        .iter()
        .chain(&finding.suspects)
        .chain(&finding.makers)
        .map(ToString::to_string)
        .collect();
    let blame = if causes.is_empty() {
        String::new()
    } else {
        format!(" <- {}", causes.join(", "))
    };
    format!("{level} {}{blame}", finding.object)
}

fn sorted(lines: impl Iterator<Item = String>) -> Vec<String> {
    let mut lines: Vec<_> = lines.collect();
    lines.sort();
    lines
}

#[test]
fn every_bad_fixture_is_found_and_every_good_one_passes() {
    let mut wrong = Vec::new();
    for check in checks::all() {
        for (prefix, is_bad) in [("good", false), ("bad", true)] {
            let paths = fixtures(check, prefix);
            if paths.is_empty() {
                let path = format!("tests/checks/{}/{prefix}.yaml", check.id);
                wrong.push(format!("{}: no {prefix} fixture: {path}", check.id));
            }
            for path in paths {
                let (facts, text) = facts(&path);
                let expected = header(&text, "finds").into_iter();
                let expected = sorted(expected.map(str::to_owned));
                let outcome = check::run(check, &facts);
                // What is told twice is told wrongly.
                let found = sorted(outcome.findings.iter().map(line));
                if found != expected || is_bad == expected.is_empty() || outcome.gap.is_some() {
                    wrong.push(format!(
                        "{}: expected {expected:#?}\nfound {found:#?}\ngap {:?}",
                        path.display(),
                        outcome.gap
                    ));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// First words that end in s and are no verb.
const NO_VERBS: &[&str] = &["class", "its"];

#[test]
fn what_goes_on_where_a_name_ends_is_known_to() {
    for check in checks::all() {
        for path in fixtures(check, "bad") {
            for finding in check::run(check, &facts(&path).0).findings {
                let first = finding.message.split(' ').next().unwrap();
                let is_verb = first.ends_with('s')
                    && first.bytes().all(|byte| byte.is_ascii_lowercase())
                    && !NO_VERBS.contains(&first);
                assert!(
                    !is_verb || is_predicate(&finding.message),
                    "{}: a verb goes into the predicates of shared/src/render/name.rs: {}",
                    check.id,
                    finding.message
                );
            }
        }
    }
}

#[test]
fn every_check_reads_just_what_it_declares() {
    for check in checks::all() {
        let declared: BTreeSet<Kind> = check.needs.iter().map(|need| need.kind).collect();
        let paths = fixtures(check, "good")
            .into_iter()
            .chain(fixtures(check, "bad"));
        let read: BTreeSet<Kind> = paths
            .flat_map(|path| check::kinds_read(check, &facts(&path).0))
            .collect();
        assert_eq!(
            read, declared,
            "{}: left is what its fixtures make it read, right its NEEDS",
            check.id
        );
    }
}

#[test]
fn every_check_has_a_manual_that_begins_with_its_id() {
    for check in checks::all() {
        let head = format!("//! {}: ", check.id);
        assert!(
            check.source.starts_with(&head),
            "{} does not begin with {head:?}",
            check.id
        );
        let manual = check.manual();
        assert!(
            manual.title.ends_with('.') && manual.body.len() > 80,
            "{}: a manual is one sentence with a full stop and a text of more than 80 bytes: {manual:?}",
            check.id
        );
        let file = format!(
            "../plugins/kubectl-platform/src/checks/{}.rs",
            check.id.replace('-', "_")
        );
        let source = fs::read_to_string(file).unwrap();
        let code = source.lines().filter(|line| !line.starts_with("//!"));
        let length = code.count();
        assert!(
            length <= 60,
            "{} is {length} lines beside its manual, and may be 60: move what it asks into evidence",
            check.id
        );
    }
}

#[test]
fn every_fixture_belongs_to_a_check() {
    let known: BTreeSet<_> = checks::all().map(|check| folder().join(check.id)).collect();
    for area in fs::read_dir(folder()).unwrap() {
        for name in fs::read_dir(area.unwrap().path()).unwrap() {
            let path = name.unwrap().path();
            assert!(
                known.contains(&path),
                "{} belongs to no check",
                path.display()
            );
        }
    }
}
