//! What a check is, and running one.

use std::collections::BTreeSet;

use crate::facts::{Facts, Gap, Kind, Layer, Need, Reason, Role, View};
use crate::finding::{Finding, Findings};
use crate::parallel;

/// One rule: a pure function of facts, beside its manual.
#[derive(Debug, Clone, Copy)]
pub struct Check {
    /// `area/name`, which is also the path of its file and never reused.
    pub id: &'static str,
    /// The source file, whose head is the manual.
    pub source: &'static str,
    /// What it needs to see.
    pub needs: &'static [Need],
    /// Judges, and says what it finds.
    pub run: fn(&View<'_>, &mut Findings),
}

/// A check's manual, from the `//!` lines at the head of its file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Manual {
    /// What is wrong when it finds something, in one sentence.
    pub title: String,
    /// What it means, why it matters and what to do.
    pub body: String,
}

impl Check {
    /// The manual.
    pub fn manual(&self) -> Manual {
        Manual::of(self.source)
    }

    /// The area: what stands before the slash.
    pub fn area(&self) -> &'static str {
        self.id.split('/').next().unwrap_or_default()
    }

    /// What it needs, a kind once: lists that are put together may name one again, of which the strictest counts.
    pub fn needs_by_kind(&self) -> Vec<&'static Need> {
        let mut needs: Vec<&Need> = Vec::new();
        for need in self.needs {
            match needs.iter_mut().find(|known| known.kind == need.kind) {
                Some(known) if known.role <= need.role => {}
                Some(known) => *known = need,
                None => needs.push(need),
            }
        }
        needs
    }
}

impl Manual {
    /// Reads the head of a source file. Its first line reads `ID: TITLE`.
    pub fn of(source: &str) -> Self {
        let mut lines = source
            .lines()
            .map_while(|line| line.strip_prefix("//!"))
            .map(|line| line.strip_prefix(' ').unwrap_or(line));
        let head = lines.next().unwrap_or_default();
        let title = head.split_once(": ").map_or(head, |(_, title)| title);
        Self {
            title: title.to_owned(),
            body: lines.collect::<Vec<_>>().join("\n").trim().to_owned(),
        }
    }
}

/// What came of running a check on facts.
#[derive(Debug)]
pub struct Outcome {
    /// The check's id.
    pub check: &'static str,
    /// What it found.
    pub findings: Vec<Finding>,
    /// What it could not look at; it may have found something all the same.
    pub gap: Option<Gap>,
}

/// Runs checks side by side; what came of them is in their order.
pub fn run_all(checks: &[&Check], facts: &Facts) -> Vec<Outcome> {
    parallel::map(checks, parallel::workers, |check| run(check, facts))
}

/// Runs a check on what it can see.
pub fn run(check: &Check, facts: &Facts) -> Outcome {
    let outcome = |findings, gap| Outcome {
        check: check.id,
        findings,
        gap,
    };
    let gap = first_gap(check, facts);
    let can_run = has_subject(check, facts) && lookup_gap(check, facts).is_none();
    if !can_run {
        let gap = gap.unwrap_or_else(|| Gap::new(Reason::NotInstalled, nothing_of(check)));
        return outcome(Vec::new(), Some(gap));
    }
    let mut findings = Findings::new(check.id, facts.now);
    (check.run)(&View::new(facts, check.needs), &mut findings);
    let (findings, own_gap) = findings.into_parts();
    outcome(findings, gap.or(own_gap))
}

fn nothing_of(check: &Check) -> String {
    let kinds: Vec<_> = subjects(check).map(|need| need.kind.name()).collect();
    format!("no {}", kinds.join(" or "))
}

fn subjects(check: &Check) -> impl Iterator<Item = &'static Need> {
    check.needs.iter().filter(|need| need.role == Role::Subject)
}

fn has_subject(check: &Check, facts: &Facts) -> bool {
    subjects(check)
        .any(|need| facts.count(need.kind) > 0 && (facts.is_live || need.layer == Layer::Declared))
}

/// What keeps a need from being met; that there is nothing of a kind does not.
fn gap_of(need: &Need, facts: &Facts) -> Option<Gap> {
    if need.layer == Layer::Live && !facts.is_live {
        return Some(Gap::new(
            Reason::NotLive,
            format!(
                "only a running system tells the state of {}",
                need.kind.name()
            ),
        ));
    }
    let gap = facts
        .gap(need.kind)
        .filter(|gap| gap.reason != Reason::NotInstalled)?;
    Some(Gap::new(
        gap.reason,
        format!("{}: {}", need.kind.plural(), gap.message),
    ))
}

fn lookup_gap(check: &Check, facts: &Facts) -> Option<Gap> {
    let lookups = check.needs.iter().filter(|need| need.role == Role::Lookup);
    lookups.into_iter().find_map(|need| gap_of(need, facts))
}

/// The gap that says most: what makes the result incomplete before what does not. A file that
/// lacks some subjects but holds others is no gap: the check judges what is there.
fn first_gap(check: &Check, facts: &Facts) -> Option<Gap> {
    let some_subject = has_subject(check, facts);
    let mut gaps: Vec<_> = check
        .needs
        .iter()
        .filter(|need| need.role != Role::Hint)
        .filter_map(|need| Some((need.role, gap_of(need, facts)?)))
        .filter(|(role, gap)| {
            !(some_subject && *role == Role::Subject && gap.reason == Reason::NotInFile)
        })
        .map(|(_, gap)| gap)
        .collect();
    gaps.sort_by_key(|gap| gap.reason);
    gaps.into_iter().next()
}

/// The kinds that checks need.
pub fn kinds(checks: &[&Check]) -> BTreeSet<Kind> {
    let needs = checks.iter().flat_map(|check| check.needs);
    needs.map(|need| need.kind).collect()
}

/// The kinds that a check read of these facts, whatever it declares.
pub fn kinds_read(check: &Check, facts: &Facts) -> Vec<Kind> {
    let view = View::new(facts, check.needs);
    (check.run)(&view, &mut Findings::new(check.id, facts.now));
    let touched = Kind::ALL.iter().copied().filter(|kind| view.touched(*kind));
    touched.collect()
}

/// Registers the checks of an area, of the given type: each word is a file beside the list.
#[macro_export]
macro_rules! checks {
    ($check:path, $area:literal: $($name:ident),* $(,)?) => {
        $(mod $name;)*

        use $check as Registered;

        /// The checks of this area.
        pub(super) static CHECKS: &[Registered] = &[$(Registered {
            id: {
                const PATH: &str = concat!($area, "/", stringify!($name));
                const ID: [u8; PATH.len()] = $crate::id::hyphenated(PATH);
                $crate::id::text(&ID)
            },
            source: include_str!(concat!(stringify!($name), ".rs")),
            needs: $name::NEEDS,
            run: $name::run,
        }),*];
    };
}
