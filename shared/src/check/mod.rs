//! What a check is, and running one.

mod gaps;
pub mod head;
mod keep_back;
mod unread;

use std::collections::BTreeSet;

pub use keep_back::keep_back;

use crate::facts::{Facts, Gap, Kind, Need, Reason, View};
use crate::finding::{Finding, Findings};
use crate::parallel;

/// One rule: a pure function of facts, beside its manual.
#[derive(Debug, Clone, Copy)]
pub struct Check {
    /// `area/name`, which is also the path of its file and never reused.
    pub id: &'static str,
    /// The head of the source file, which is the manual.
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
    let gap = gaps::first(check, facts);
    let can_run = gaps::has_subject(check, facts) && !gaps::lacks_lookup(check, facts);
    if !can_run {
        let gap = gap.unwrap_or_else(|| Gap::new(Reason::NotInstalled, gaps::nothing_of(check)));
        return outcome(Vec::new(), Some(gap));
    }
    let mut findings = Findings::new(check.id, facts.now);
    (check.run)(&View::new(facts, check.needs), &mut findings);
    let (mut findings, own_gap) = findings.into_parts();
    let unread = keep_back(&mut findings, |object| unread::gap_of(check, facts, object));
    outcome(findings, gap.or(own_gap).or(unread))
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
            source: {
                const FILE: &str = include_str!(concat!(stringify!($name), ".rs"));
                const HEAD: [u8; $crate::check::head::length(FILE)] = $crate::check::head::copied(FILE);
                $crate::id::text(&HEAD)
            },
            needs: $name::NEEDS,
            run: $name::run,
        }),*];
    };
}
