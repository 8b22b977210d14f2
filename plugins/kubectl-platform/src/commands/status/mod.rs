//! `status`: how everything fares, by component.

mod changes;
mod find;
mod kind_name;
mod look;
mod offer;
mod short_names;
mod target;
mod watch;

use std::io::Write;

use clap::{Args, ValueEnum};
use clap_complete::engine::ArgValueCompleter;
use shared::facts::Facts;
use shared::failure::{Exit, Failure, Result};
use shared::render::{self, Detail, Page, Table};
use shared::selector::LabelSelector;
use shared::status::StatusReport;

use crate::arguments::{ScopeArgs, SourceArgs};
use crate::checks::RIGHTS;
use cli::output::{print, table_columns};
use look::Look;

/// Arguments of `status`.
#[derive(Debug, Args)]
#[command(mut_arg("namespace", |arg| arg.help("Show only what is in this namespace")))]
pub(crate) struct Status {
    /// Look only at these: KIND, KIND/NAME, or KIND NAME, as kubectl has them
    #[arg(value_name = "KIND[/NAME]", add = ArgValueCompleter::new(offer::targets))]
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

    /// Watch: print the objects, then each that changes; on a terminal, keep the table up to date
    ///
    /// In a pipe, and with -o json, yaml or name, each change is printed as it comes: an object
    /// that is named or of a named kind also at the start, of all others only what is not Current.
    #[arg(short, long)]
    watch: bool,

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
        let look = Look::new(&self)?;
        if self.watch {
            return watch::run(&self, &look);
        }
        let all = self.source.read(&look.wanted)?;
        look.require(all)?;
        let report = look.report(all);
        self.print(&report, &look, all)?;
        Ok(report.exit())
    }

    fn is_table(&self) -> bool {
        matches!(self.output, Format::Table | Format::Wide)
    }

    fn table(&self) -> Table {
        Table {
            headers: !self.no_headers,
            wide: self.output == Format::Wide,
        }
    }

    fn print(&self, report: &StatusReport, look: &Look<'_>, all: &[Facts]) -> Result<()> {
        if self.is_table() && report.items.is_empty() {
            // As kubectl says it, and on stderr for the same reason: scripts count lines.
            let place = self.scope.namespace.as_deref();
            let place = place.map_or(String::new(), |name| format!(" in {name} namespace"));
            let nothing = match look.saw_anything(all) {
                true => format!("No resources found{place}"),
                false => "could not look at anything".to_owned(),
            };
            let _ = writeln!(anstream::stderr(), "{nothing}");
        }
        let is_whole = look.is_whole();
        print(|out| match self.output {
            Format::Table | Format::Wide => self.write_table(report, is_whole, out),
            Format::Json => render::json(report, out),
            Format::Yaml => render::yaml(report, out),
            Format::Name => render::names(report, out),
        })
    }

    /// By component where all was looked at, else a row each.
    fn write_table(
        &self,
        report: &StatusReport,
        is_whole: bool,
        out: &mut impl Write,
    ) -> std::io::Result<()> {
        let page = Page {
            width: table_columns(),
            detail: Detail::Normal,
        };
        if report.items.is_empty() {
            render::not_looked_at(report, page, out)?;
        } else if is_whole {
            render::by_component(report, self.table(), page, out)?;
        } else {
            render::rows(report, self.table(), page, out)?;
        }
        render::way_out(&report.skipped, RIGHTS, page, out)
    }
}

/// The failure when something that was named is not there.
fn not_found(what: &str, namespace: Option<&str>) -> Failure {
    let place = namespace.map_or(String::new(), |name| format!(" in {name} namespace"));
    Failure::new(format!("not found{place}: {what}"))
}
