//! Annotations for GitHub Actions: a workflow command for each finding.
//!
//! See <https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands>.

use std::io::{self, Write};

use super::checkout::Checkout;
use super::clean::clean;
use super::name::sentence;
use super::remedy;
use crate::finding::Level;
use crate::report::{Entry, Report, Skipped};

/// Writes a workflow command for each finding, and one for each thing that makes the result incomplete:
/// what does not apply is no news.
///
/// # Errors
/// When writing fails.
pub fn github(report: &Report, checkout: &Checkout, out: &mut impl Write) -> io::Result<()> {
    for entry in &report.results {
        let word = match entry.level {
            _ if report.rules.fails(entry.level) => "error",
            Level::Info => "notice",
            Level::Error | Level::Warning => "warning",
        };
        command(
            word,
            &place(entry, checkout),
            entry.check,
            &told(entry),
            out,
        )?;
    }
    let open = |skipped: &&Skipped| report.rules.leaves_open(skipped.reason);
    for skipped in report.skipped.iter().filter(open) {
        let text = format!("not looked at: {}", skipped.sentence());
        command("warning", "", skipped.check, &text, out)?;
    }
    Ok(())
}

/// A command's line: whatever the text holds, it stays one.
fn command(
    word: &str,
    place: &str,
    title: &str,
    text: &str,
    out: &mut impl Write,
) -> io::Result<()> {
    let text = text.lines().map(clean).collect::<Vec<_>>().join("\n");
    writeln!(
        out,
        "::{word} {place}title={}::{}",
        property(title),
        data(&text)
    )
}

fn place(entry: &Entry, checkout: &Checkout) -> String {
    let Some(file) = &entry.file else {
        return String::new();
    };
    let Some(path) = checkout.path(&file.path) else {
        return String::new();
    };
    let line = file
        .line
        .map_or(String::new(), |line| format!("line={line},"));
    format!("file={},{line}", property(&clean(&path)))
}

/// The finding, what explains it and what mends it.
fn told(entry: &Entry) -> String {
    let mut text = sentence(entry);
    if let Some(because) = &entry.because {
        text.push_str(&format!("\nbecause of {because}"));
    }
    if let Some(remedy) = &entry.remedy {
        text.push_str(&format!("\n{}: {remedy}", remedy::word(remedy)));
    }
    text
}

fn data(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_ends_its_line_or_property() {
        let mut out = Vec::new();
        let place = format!("file={},", property("a,b:c%.yaml"));
        command(
            "error",
            &place,
            "x/y",
            "100%\n::set-env name=A::\u{1b}[1m\r\nb",
            &mut out,
        )
        .unwrap();
        assert_eq!(
            String::from_utf8(out).unwrap(),
            "::error file=a%2Cb%3Ac%25.yaml,title=x/y::100%25%0A::set-env name=A::\u{fffd}[1m%0Ab\n"
        );
    }
}
