//! `lb-ip`: prints the address by which the platform is reached, nothing else.

mod address;
mod named;
mod record;
mod resolve;
mod show;
mod target;

use std::collections::BTreeSet;
use std::io::Write;
use std::ops::ControlFlow;

use clap::{Args, ValueEnum};
use clap_complete::engine::ArgValueCandidates;
use shared::facts::kinds::platform_config::PlatformConfig;
use shared::facts::{Facts, Kind, Need, View};
use shared::failure::{Exit, Failure, Result};
use shared::source::{Moment, follow};

use crate::arguments::{ConfigArgs, SourceArgs, WaitArgs, config};
use crate::progress::Progress;
use address::Answer;
use named::Named;
use record::Record;
use resolve::NameServer;

/// Arguments of `lb-ip`.
#[derive(Debug, Args)]
#[command(mut_arg("wait", |wait| wait.help("Wait until there is an address")))]
pub(crate) struct LbIp {
    /// The Service whose address it is [default: platform.yaml's, else Traefik's, else that of the gateways, else of the
    /// only LoadBalancer Service]
    #[arg(long, value_name = "NAMESPACE/NAME", conflicts_with = "gateway", add = ArgValueCandidates::new(named::services))]
    service: Option<Named>,

    /// The Gateway whose address it is
    #[arg(long, value_name = "NAMESPACE/NAME", add = ArgValueCandidates::new(named::gateways))]
    gateway: Option<Named>,

    /// Print the DNS records that the hosts of all routes need, and whether they resolve to it
    #[arg(long)]
    records: bool,

    /// Ask this name server what the names resolve to [default: as this machine does]
    #[arg(long, value_name = "IP[:PORT]", requires = "records")]
    dns: Option<NameServer>,

    /// Output format: text, json, or bind (lines of a zone, with --records)
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
    wait: WaitArgs,

    #[command(flatten)]
    config: ConfigArgs,

    #[command(flatten)]
    source: SourceArgs,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
enum Format {
    #[default]
    Text,
    Json,
    Bind,
}

impl LbIp {
    pub(crate) fn run(self) -> Result<Exit> {
        if self.output == Format::Bind && !self.records {
            return Err(Failure::new("-o bind writes DNS records").hint("add --records"));
        }
        let limit = self.wait.limit(&self.source)?;
        let file = self.config.read()?;
        let needs: &[Need] = if self.records {
            record::NEEDS
        } else {
            &target::NEEDS
        };
        let wanted: BTreeSet<Kind> = needs.iter().map(|need| need.kind).collect();
        if let Some(limit) = limit {
            let connection = self.source.connection.connection();
            let progress = Progress::start("reading the cluster");
            let done = follow(&connection, &wanted, limit, |all, moment| {
                let answers = self.answers(all, file.as_ref());
                let is_pending = answers.iter().all(Result::is_ok)
                    && answers.iter().flatten().flatten().any(Answer::is_pending);
                progress.say(match &moment {
                    Moment::Away(why) => why,
                    Moment::Early | Moment::Last => "waiting for an address",
                });
                if is_pending && moment != Moment::Last {
                    return ControlFlow::Continue(());
                }
                ControlFlow::Break(self.tell(all, answers))
            })?;
            return done.unwrap_or_else(|| {
                Err(Failure::new("no address in time")
                    .hint("--timeout TIME waits longer")
                    .exit(Exit::Failed))
            });
        }
        let all = self.source.read(&wanted)?;
        self.tell(all, self.answers(all, file.as_ref()))
    }

    /// The answers, cluster by cluster.
    fn answers(&self, all: &[Facts], file: Option<&PlatformConfig>) -> Vec<Result<Vec<Answer>>> {
        let answers = all.iter().map(|facts| {
            let view = View::new(facts, record::NEEDS);
            target::look_for(facts, Kind::Service)?;
            let config = config::apply(file, facts)?;
            let service = config.and_then(|config| config.load_balancer.service.parse().ok());
            let targets = match (&self.service, &self.gateway, &service) {
                (Some(named), ..) => vec![target::service(facts, &view, named)?],
                (_, Some(named), _) => vec![target::gateway(facts, &view, named)?],
                (None, None, Some(named)) => vec![target::service(facts, &view, named)?],
                (None, None, None) => target::default(facts, &view)?,
            };
            let answers = targets
                .iter()
                .map(|target| Answer::of(facts, &view, target));
            Ok(answers.collect())
        });
        answers.collect()
    }

    /// Tells what is known, then fails with what is not, where there is anything to tell at all.
    fn tell(&self, all: &[Facts], answers: Vec<Result<Vec<Answer>>>) -> Result<Exit> {
        let (mut known, mut failed) = (Vec::new(), Vec::new());
        for (facts, answers) in all.iter().zip(answers) {
            match answers {
                Ok(answers) => known.push((facts, answers)),
                Err(failure) => failed.push(failure),
            }
        }
        if !known.is_empty() {
            self.print(&known)?;
        }
        let pending = known.iter().flat_map(|(_, answers)| answers);
        failed.extend(pending.filter_map(Answer::failure));
        failed.into_iter().next().map_or(Ok(Exit::Passed), Err)
    }

    fn print(&self, known: &[(&Facts, Vec<Answer>)]) -> Result<()> {
        if self.records {
            let mut records = Vec::new();
            for (facts, answers) in known {
                let (all, notes) = record::all(facts, answers);
                records.extend(all);
                warn(&notes);
            }
            if self.source.is_cluster() {
                resolve::ask(&mut records, self.dns);
                warn_of_silence(&records);
            }
            match self.output {
                Format::Text => show::table(&records),
                Format::Json => show::json("RecordList", &records),
                Format::Bind => show::zone(&records),
            }
        } else {
            let answers: Vec<_> = known.iter().flat_map(|(_, answers)| answers).collect();
            match self.output {
                Format::Json => show::json("AddressList", &answers),
                Format::Text | Format::Bind => show::addresses(&answers),
            }
        }
    }
}

/// Says that names are not known to resolve to anything.
fn warn_of_silence(records: &[Record]) {
    let is_silent = |record: &&Record| record.resolves_to.is_none();
    let silent = records.iter().filter(is_silent).count();
    if silent > 0 {
        let all = records.len();
        warn(&[format!(
            "no answer from name servers for {silent} of {all} records"
        )]);
    }
}

/// Nobody to say it to is no failure.
fn warn(notes: &[String]) {
    for note in notes {
        let note = shared::render::clean(note);
        let _ = writeln!(anstream::stderr(), "warning: {note}");
    }
}
