//! `validate`: runs the checks and reports roots first.

use clap::{Args, ValueEnum};
use globset::Glob;
use shared::check::{self, Check};
use shared::facts::Facts;
use shared::failure::{Exit, Failure, Result};
use shared::render::{self, Detail, Page};
use shared::report::{Judged, Report, Rules};

use crate::checks;
use crate::cli::{ScopeArgs, SourceArgs};
use crate::components::Discovered;
use crate::output::{OutputArgs, columns, print};

/// Arguments of `validate`.
#[derive(Debug, Args)]
pub(crate) struct Validate {
    #[command(flatten)]
    scope: ScopeArgs,

    /// Output format: text, json, yaml or junit
    #[arg(
        short,
        long,
        value_enum,
        default_value_t,
        value_name = "FORMAT",
        hide_possible_values = true
    )]
    output: Format,

    /// Run only checks whose id matches (repeatable)
    #[arg(long, value_name = "GLOB")]
    check: Vec<Glob>,

    /// Leave out checks whose id matches (repeatable)
    #[arg(long, value_name = "GLOB")]
    skip: Vec<Glob>,

    /// Let warnings fail, and what files cannot tell make the result incomplete
    #[arg(long)]
    strict: bool,

    /// Print a line for each cause, nothing more
    #[arg(short, long, conflicts_with = "verbosity")]
    quiet: bool,

    /// Ask no questions that only a live system answers (DNS, TLS, ports)
    #[arg(long)]
    no_probes: bool,

    #[command(flatten)]
    source: SourceArgs,
}

#[derive(Debug, Clone, Copy, Default, ValueEnum)]
enum Format {
    #[default]
    Text,
    Json,
    Yaml,
    Junit,
}

impl Validate {
    pub(crate) fn run(self, output: &OutputArgs) -> Result<Exit> {
        let chosen = self.chosen()?;
        let facts = self.source.read(&check::kinds(&chosen))?;
        let judged = facts.iter().map(|facts| judge(&chosen, facts)).collect();
        let components: Vec<_> = facts.iter().map(Discovered::new).collect();
        let rules = Rules {
            strict: self.strict,
            namespace: self.scope.namespace.clone(),
        };
        let report = Report::new(judged, rules, |cluster, object| {
            let read = facts
                .iter()
                .position(|facts| facts.cluster.as_deref() == cluster)?;
            components[read].of(object)
        });
        let page = Page {
            width: columns(),
            detail: self.detail(output),
        };
        print(|out| match self.output {
            Format::Text => render::text(&report, page, out),
            Format::Json => render::json(&report, out),
            Format::Yaml => render::yaml(&report, out),
            Format::Junit => render::junit(&report, out),
        })?;
        Ok(report.result.exit())
    }

    fn detail(&self, output: &OutputArgs) -> Detail {
        match (self.quiet, output.verbosity) {
            (true, _) => Detail::Brief,
            (false, 0) => Detail::Normal,
            (false, _) => Detail::Full,
        }
    }

    fn chosen(&self) -> Result<Vec<&'static Check>> {
        let matches =
            |globs: &[Glob], id| globs.iter().any(|glob| glob.compile_matcher().is_match(id));
        let chosen: Vec<_> = checks::all()
            .filter(|check| self.check.is_empty() || matches(&self.check, check.id))
            .filter(|check| !matches(&self.skip, check.id))
            .collect();
        if chosen.is_empty() {
            return Err(
                Failure::new("no check matches").hint("list them with: kubectl platform checks")
            );
        }
        Ok(chosen)
    }
}

fn judge(chosen: &[&'static Check], facts: &Facts) -> Judged {
    let outcomes = chosen
        .iter()
        .map(|check| check::run(check, facts))
        .collect();
    Judged {
        cluster: facts.cluster.clone(),
        outcomes,
    }
}
