//! `validate`: runs the checks and reports roots first.

use std::ops::ControlFlow;
use std::time::Duration;

use clap::Args;
use cli::SelectionArgs;
use cli::report::Format;
use shared::facts::kinds::core::Namespace;
use shared::facts::{Facts, Kind, time};
use shared::failure::{Exit, Failure, Result};
use shared::render::Detail;
use shared::report::{Judged, Report, Rules};
use shared::source::{Moment, follow};

use super::given_up::has_failed_for_good;
use super::judging::Expected;
use crate::arguments::config;
use crate::arguments::{ConfigArgs, ScopeArgs, SourceArgs, WaitArgs};
use crate::checks::{self, CATALOG};
use crate::components::Discovered;
use crate::output::OutputArgs;
use crate::progress::Progress;

/// Arguments of `validate`.
#[derive(Debug, Args)]
pub(crate) struct Validate {
    #[command(flatten)]
    scope: ScopeArgs,

    /// Output format: text, json, yaml, junit, sarif or github
    #[arg(
        short,
        long,
        value_enum,
        default_value_t,
        value_name = "FORMAT",
        hide_possible_values = true
    )]
    output: Format,

    #[command(flatten)]
    selection: SelectionArgs,

    /// Fail on warnings; end with 3 where a file cannot tell what a check asks
    #[arg(long)]
    strict: bool,

    /// Print a line for each cause, nothing more
    #[arg(short, long, conflicts_with = "verbosity")]
    quiet: bool,

    /// Ask nothing beyond the API server (DNS, TLS, ports); nothing is asked yet
    #[arg(long)]
    no_probes: bool,

    #[command(flatten)]
    wait: WaitArgs,

    #[command(flatten)]
    config: ConfigArgs,

    #[command(flatten)]
    source: SourceArgs,
}

impl Validate {
    pub(crate) fn run(self, output: &OutputArgs) -> Result<Exit> {
        let chosen = self
            .selection
            .chosen(&CATALOG, checks::all(), |check| check.id)?;
        let expected = Expected {
            chosen,
            file: self.config.read()?,
        };
        let (report, notes) = match self.wait.limit(&self.source)? {
            Some(limit) => self.wait_for(&expected, limit)?,
            None => {
                let all = self.source.read(&config::wanted(&expected.chosen))?;
                let (judged, notes) = expected.judge(all)?;
                let report = self.report(all, judged);
                self.find_namespace(all, &report)?;
                (report, notes)
            }
        };
        config::tell(&notes);
        self.output.print(&report, self.detail(output))?;
        Ok(report.result.exit())
    }

    fn report(&self, all: &[Facts], judged: Vec<Judged>) -> Report {
        let components: Vec<_> = all.iter().map(Discovered::new).collect();
        let rules = Rules {
            strict: self.strict,
            namespace: self.scope.namespace.clone(),
        };
        Report::new(CATALOG, judged, rules, |cluster, object| {
            let read = all
                .iter()
                .position(|facts| facts.cluster.as_deref() == cluster)?;
            components[read].of(object)
        })
    }

    /// Fails where there is nothing to say of a namespace because there is none: a misspelt one would pass.
    fn find_namespace(&self, all: &[Facts], report: &Report) -> Result<()> {
        let Some(name) = &self.scope.namespace else {
            return Ok(());
        };
        let is_whole = |facts: &Facts| self.source.is_cluster() || facts.count(Kind::Node) > 0;
        let may_have_it = |facts: &Facts| {
            let namespaces = facts.all::<Namespace>();
            facts.gap(Kind::Namespace).is_some()
                || namespaces.is_empty()
                || namespaces.iter().any(|one| one.metadata.name == *name)
                || !is_whole(facts)
        };
        if !report.results.is_empty() || all.iter().any(may_have_it) {
            return Ok(());
        }
        let failure = Failure::new(format!("there is no namespace {name}"));
        Err(failure.hint("list them with: kubectl get namespaces"))
    }

    fn wait_for(&self, expected: &Expected, limit: Duration) -> Result<(Report, Vec<String>)> {
        let connection = self.source.connection.connection();
        let progress = Progress::start("reading the cluster");
        let kinds = config::wanted(&expected.chosen);
        let report = follow(&connection, &kinds, limit, |all, moment| {
            let (mut judged, notes) = match expected.judge(all) {
                Ok(judged) => judged,
                Err(failure) => return ControlFlow::Break(Err(failure)),
            };
            if moment == Moment::Last {
                judged.iter_mut().for_each(|judged| judged.run_out(limit));
            }
            let report = self.report(all, judged);
            let rolling = report.rolling();
            progress.say(&match &moment {
                Moment::Away(why) => why.clone(),
                Moment::Early | Moment::Last => format!("still rolling out: {rolling}"),
            });
            let is_lost = all.iter().any(|facts| has_failed_for_good(&report, facts));
            if matches!(moment, Moment::Away(_)) {
                return ControlFlow::Continue(());
            }
            let there = self.find_namespace(all, &report);
            let is_settled = rolling == 0 || is_lost || report.is_stuck();
            if moment == Moment::Last || (is_settled && there.is_ok()) {
                return ControlFlow::Break(there.map(|()| (report, notes)));
            }
            ControlFlow::Continue(())
        })?;
        report.unwrap_or_else(|| {
            let limit = time::shown(limit);
            Err(Failure::new(format!("no verdict within {limit}"))
                .hint("--timeout TIME waits longer"))
        })
    }

    fn detail(&self, output: &OutputArgs) -> Detail {
        match (self.quiet, output.verbosity) {
            (true, _) => Detail::Brief,
            (false, 0) => Detail::Normal,
            (false, _) => Detail::Full,
        }
    }
}
