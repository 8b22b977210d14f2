//! `status -w`: shows how all fares, and each change as it is told.

use std::io::{self, IsTerminal, Write};
use std::ops::ControlFlow;
use std::time::Duration;

use shared::facts::Facts;
use shared::failure::{Exit, Failure, Result};
use shared::health::Status as Health;
use shared::render::{self, Frame, Stream, clean};
use shared::source::{Moment, follow};
use shared::status::{Item, StatusReport};

use super::changes::Changes;
use super::look::Look;
use super::{Format, Status};
use crate::output::{has_colours, is_read, screen};
use crate::progress::Progress;
use cli::output::print_on;

/// Watches until Ctrl-C, or until nobody reads any more.
///
/// # Errors
/// When the source is a file, or the cluster cannot be read.
pub(super) fn run(arguments: &Status, look: &Look<'_>) -> Result<Exit> {
    if !arguments.source.is_cluster() {
        return Err(
            Failure::new("a file does not change while one watches").hint("-w needs a cluster")
        );
    }
    let connection = arguments.source.connection.connection();
    let progress = Progress::start("reading the cluster");
    let mut progress = Some(progress);
    let mut watch = Watch {
        arguments,
        look,
        frame: (arguments.is_table() && can_paint()).then(Frame::default),
        stream: None,
        changes: Changes::default(),
        away: None,
    };
    let done = follow(&connection, &look.wanted, Duration::MAX, |all, moment| {
        progress.take();
        match watch.show(all, moment) {
            Ok(ControlFlow::Continue(())) => ControlFlow::Continue(()),
            Ok(ControlFlow::Break(exit)) => ControlFlow::Break(Ok(exit)),
            Err(failure) => ControlFlow::Break(Err(failure)),
        }
    });
    match done {
        // Ctrl-C is how it is meant to end.
        Err(failure) if failure.status() == Exit::Interrupted => Ok(Exit::Interrupted),
        done => done?.unwrap_or(Ok(Exit::Passed)),
    }
}

/// Whether standard output is a terminal whose cursor can be moved.
fn can_paint() -> bool {
    let is_dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
    io::stdout().is_terminal() && !is_dumb
}

struct Watch<'a> {
    arguments: &'a Status,
    look: &'a Look<'a>,
    /// What is on the terminal.
    frame: Option<Frame>,
    stream: Option<Stream>,
    changes: Changes,
    away: Option<String>,
}

impl Watch<'_> {
    fn show(&mut self, all: &[Facts], moment: Moment) -> Result<ControlFlow<Exit>> {
        let is_first = self.stream.is_none();
        if is_first {
            self.look.require(all)?;
        }
        let report = self.look.report(all);
        let stream = self.stream.get_or_insert_with(|| {
            Stream::new(&report, self.arguments.table(), self.look.is_of_one_kind())
        });
        let away = match moment {
            Moment::Away(why) => Some(why),
            Moment::Early | Moment::Last => None,
        };
        let is_read = if let Some(frame) = &mut self.frame {
            paint(self.arguments, frame, &report, self.look.is_whole(), away)?
        } else {
            let mut changed = self.changes.take(&report);
            if is_first && self.look.is_whole() {
                changed.retain(|item| item.status != Health::Current);
            }
            for skipped in self.changes.take_skipped(&report) {
                tell(&format!("not looked at: {}", skipped.sentence()));
            }
            if let Some(why) = away.as_ref().filter(|_| self.away.is_none()) {
                tell(&format!("warning: {why}"));
            }
            self.away = away;
            let heads = is_first && self.arguments.is_table() && !self.arguments.no_headers;
            print(self.arguments.output, stream, heads, &changed)?
        };
        Ok(if is_read {
            ControlFlow::Continue(())
        } else {
            ControlFlow::Break(report.exit())
        })
    }
}

/// Says something beside what is asked for. Nobody to say it to is no failure.
fn tell(text: &str) {
    let _ = writeln!(anstream::stderr(), "{}", clean(text));
}

/// Prints changes, a line each. Tells whether anybody reads.
fn print(format: Format, stream: &Stream, heads: bool, changed: &[Item]) -> Result<bool> {
    if !heads && changed.is_empty() {
        return Ok(is_read());
    }
    print_on(|out| {
        if heads {
            stream.heads(out)?;
        }
        for item in changed {
            match format {
                Format::Table | Format::Wide => stream.row(item, out)?,
                Format::Json => render::json_line(item, out)?,
                Format::Yaml => {
                    writeln!(out, "---")?;
                    render::yaml(item, out)?;
                }
                Format::Name => {
                    let report = StatusReport::new(vec![item.clone()], Vec::new());
                    render::names(&report, out)?;
                }
            }
        }
        Ok(())
    })
}

/// Paints the table over the last one. Tells whether anybody reads.
fn paint(
    arguments: &Status,
    frame: &mut Frame,
    report: &StatusReport,
    is_whole: bool,
    away: Option<String>,
) -> Result<bool> {
    let mut text = Vec::new();
    let written = if report.items.is_empty() && report.skipped.is_empty() {
        writeln!(text, "No resources found")
    } else {
        arguments.write_table(report, is_whole, &mut text)
    };
    let written = written.and_then(|()| match away {
        Some(why) => writeln!(text, "\nwarning: {}", clean(&why)),
        None => Ok(()),
    });
    written.map_err(|error| Failure::new(format!("cannot show the table: {error}")))?;
    let mut text = String::from_utf8_lossy(&text).into_owned();
    if !has_colours() {
        text = anstream::adapter::strip_str(&text).to_string();
    }
    screen(|columns, rows, out| frame.paint(&text, columns, rows, out))
}
