//! `status`: how everything fares, by component.

mod short_names;
mod target;

use std::collections::BTreeSet;
use std::io::Write;

use clap::{Args, ValueEnum};
use shared::facts::{Facts, Kind, Reason};
use shared::failure::{Exit, Failure, Result};
use shared::health::{self, Seen};
use shared::render::{self, Detail, Page, Table};
use shared::report::Skipped;
use shared::selector::LabelSelector;
use shared::status::{Item, StatusReport};

use crate::cli::{ScopeArgs, SourceArgs};
use crate::components::Discovered;
use crate::output::{print, table_columns};
use target::Target;

/// Kinds that are as they are meant to be as soon as they exist: a file's are told in full, a
/// cluster's are not asked for.
const PLAIN: &[Kind] = &[
    Kind::ConfigMap,
    Kind::CsiDriver,
    Kind::EndpointSlice,
    Kind::Event,
    Kind::IngressClass,
    Kind::ResourceQuota,
    Kind::Secret,
    Kind::ServiceAccount,
    Kind::StorageClass,
];

/// Arguments of `status`.
#[derive(Debug, Args)]
pub(crate) struct Status {
    /// Look only at these: KIND, KIND/NAME, or KIND NAME, as kubectl has them
    #[arg(value_name = "KIND[/NAME]")]
    targets: Vec<String>,

    #[command(flatten)]
    scope: ScopeArgs,

    /// Look only at objects with these labels: a=b, a!=b, a in (b,c), !a, ...
    #[arg(short = 'l', long, value_name = "SELECTOR")]
    selector: Option<LabelSelector>,

    /// Output format: table, wide, json, yaml or name
    #[arg(
        short,
        long,
        value_enum,
        default_value_t,
        value_name = "FORMAT",
        hide_possible_values = true
    )]
    output: Format,

    /// Print no column heads
    #[arg(long)]
    no_headers: bool,

    #[command(flatten)]
    source: SourceArgs,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
enum Format {
    #[default]
    Table,
    Wide,
    Json,
    Yaml,
    Name,
}

impl Status {
    pub(crate) fn run(self) -> Result<Exit> {
        let targets = target::parse(&self.targets)?;
        let wanted = wanted(&targets);
        let mut items = Vec::new();
        let mut skipped = Vec::new();
        let mut versions = std::collections::BTreeMap::new();
        for facts in &self.source.read(&wanted)? {
            let found = Discovered::new(facts);
            let seen = self.chosen(facts, &targets)?;
            for seen in seen {
                let component = found.of(&seen.object);
                let cluster = facts.cluster.clone();
                if let Some(component) = &component {
                    versions
                        .entry((cluster.clone(), component.clone()))
                        .or_insert_with(|| found.version(component).unwrap_or_default());
                }
                items.push(Item {
                    cluster,
                    component,
                    ..Item::new(seen, facts.now)
                });
            }
            skipped.extend(gaps(facts, &wanted));
        }
        let mut report = StatusReport::new(items, skipped);
        report.versions = versions;
        self.print(&report, targets.is_empty())?;
        Ok(report.exit())
    }

    /// What was asked for, in the order of the source.
    fn chosen<'a>(&self, facts: &'a Facts, targets: &[Target]) -> Result<Vec<Seen<'a>>> {
        let namespace = self.scope.namespace.as_deref();
        let mut seen = if targets.is_empty() {
            health::judge_all(facts)
        } else {
            target::find(facts, targets, namespace)?
        };
        seen.retain(|seen| {
            let labels = self.selector.as_ref();
            namespace.is_none_or(|namespace| seen.object.namespace() == namespace)
                && labels.is_none_or(|selector| selector.matches(&seen.meta.labels))
        });
        if targets.is_empty() && matches!(self.output, Format::Table | Format::Wide) {
            seen.retain(|seen| !PLAIN.contains(&seen.kind));
        }
        Ok(seen)
    }

    fn print(&self, report: &StatusReport, all: bool) -> Result<()> {
        let table = Table {
            headers: !self.no_headers,
            wide: self.output == Format::Wide,
        };
        let page = Page {
            width: table_columns(),
            detail: Detail::Normal,
        };
        let is_table = matches!(self.output, Format::Table | Format::Wide);
        if is_table && report.items.is_empty() {
            // As kubectl says it, and on stderr for the same reason: scripts count lines.
            let place = self.scope.namespace.as_deref();
            let place = place.map_or(String::new(), |name| format!(" in {name} namespace"));
            let _ = writeln!(anstream::stderr(), "No resources found{place}");
        }
        print(|out| match self.output {
            Format::Table | Format::Wide if report.items.is_empty() => {
                render::not_looked_at(report, page, out)
            }
            Format::Table | Format::Wide if all => render::by_component(report, table, page, out),
            Format::Table | Format::Wide => render::rows(report, table, page, out),
            Format::Json => render::json(report, out),
            Format::Yaml => render::yaml(report, out),
            Format::Name => render::names(report, out),
        })
    }
}

/// Of a cluster only what is asked for is read.
fn wanted(targets: &[Target]) -> BTreeSet<Kind> {
    if targets.is_empty() {
        let all = Kind::ALL.iter().copied();
        return all.filter(|kind| !PLAIN.contains(kind)).collect();
    }
    targets.iter().map(Target::kind).collect()
}

/// What could not be looked at. That there is nothing of a kind is no gap here.
fn gaps(facts: &Facts, wanted: &BTreeSet<Kind>) -> Vec<Skipped> {
    let gap_of = |kind: &Kind| {
        let gap = facts.gap(*kind).filter(|gap| gap.reason.is_incomplete())?;
        Some((gap.reason, format!("{}: {}", plural(*kind), gap.message)))
    };
    let mut gaps: Vec<(Reason, String)> = wanted.iter().filter_map(gap_of).collect();
    gaps.sort();
    gaps.into_iter()
        .map(|(reason, message)| Skipped {
            check: "status",
            cluster: facts.cluster.clone(),
            reason,
            message,
        })
        .collect()
}

fn plural(kind: Kind) -> &'static str {
    match kind {
        Kind::Custom => "custom resources",
        kind => kind.plural(),
    }
}

/// The failure when something that was named is not there.
fn not_found(what: &str, namespace: Option<&str>) -> Failure {
    let place = namespace.map_or(String::new(), |name| format!(" in {name} namespace"));
    Failure::new(format!("not found{place}: {what}"))
}
