//! How a container ended, in words.

use shared::facts::kinds::pod::Terminated;

/// Longer last words of a program are cut.
const LONGEST: usize = 200;

/// Where the end of a container points to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::checks) enum Sort {
    /// The program was not started: its command or image is wrong.
    NotStarted,
    /// It took more memory than it may.
    OutOfMemory,
    /// It was told to go, or killed.
    Killed,
    /// It fell over by itself: a fault of the program.
    Broke,
    /// It gave up, for a reason that it knows.
    GaveUp,
}

/// What an end points to.
pub(in crate::checks) fn sort(end: Option<&Terminated>) -> Sort {
    let Some(end) = end else {
        return Sort::GaveUp;
    };
    match (end.reason.as_str(), end.exit_code) {
        ("OOMKilled", _) => Sort::OutOfMemory,
        ("StartError" | "ContainerCannotRun" | "RunContainerError", _) | (_, 126..=128) => {
            Sort::NotStarted
        }
        (_, 137 | 143) => Sort::Killed,
        (_, 132..=136 | 138..=142) => Sort::Broke,
        _ => Sort::GaveUp,
    }
}

/// The end of a container: `exits with code 1 (Error)`, with the last line that it left.
pub(in crate::checks) fn words(end: Option<&Terminated>) -> String {
    let Some(end) = end else {
        return "ends again and again".to_owned();
    };
    let said = said(end);
    let code = end.exit_code;
    let hint = match code {
        0 => " (success), but it should keep running",
        126 => ": its command cannot be executed",
        127 => ": its command is not found",
        132 => ": illegal instruction",
        134 => ": it aborted",
        137 => ": it was killed",
        139 => ": segmentation fault",
        143 => ": it was told to stop",
        _ => "",
    };
    let reason = match end.reason.as_str() {
        "" | "Completed" => String::new(),
        reason => format!(" ({reason})"),
    };
    format!("exits with code {code}{reason}{hint}{said}")
}

/// How lines of PostgreSQL begin that say more about the one before.
const MORE: [&str; 4] = ["DETAIL:", "HINT:", "CONTEXT:", "STATEMENT:"];

/// How often a container was started anew: `; restarted 33 times`.
pub(in crate::checks) fn restarted(times: i64) -> String {
    match times {
        ..=0 => String::new(),
        1 => "; restarted once".to_owned(),
        _ => format!("; restarted {times} times"),
    }
}

/// The last line of what the program left behind, quoted.
fn said(end: &Terminated) -> String {
    let mut lines = end.message.lines().map(str::trim);
    let is_more = |line: &str| MORE.iter().any(|start| line.starts_with(start));
    let Some(last) = lines.rfind(|line| !line.is_empty() && !is_more(line)) else {
        return String::new();
    };
    let short: String = last.chars().take(LONGEST).collect();
    format!(": {short}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_only_says_more_is_left_out() {
        let end = Terminated {
            exit_code: 1,
            message: "starting\nFATAL:  database files are incompatible with server\n\
                      DETAIL:  The data directory was initialized by version 16.\n"
                .into(),
            ..Terminated::default()
        };
        assert_eq!(
            words(Some(&end)),
            "exits with code 1: FATAL:  database files are incompatible with server"
        );
    }

    #[test]
    fn restarts_are_counted_where_there_are_some() {
        let told = [0, 1, 2].map(restarted);
        assert_eq!(told, ["", "; restarted once", "; restarted 2 times"]);
    }
}
