//! Starting, and the size of what starts.

use std::process::Command;

use tests::parts::part;

use crate::measure::{Measured, compare, run};
use crate::programs::program;
use crate::table;

/// How often each is started.
const RUNS: usize = 100;

/// The largest that a program may be, in bytes.
const LARGEST: u64 = 8 << 20;

/// The longest that starting may take.
const LONGEST: Measured = Measured {
    seconds: 3e-3,
    memory: 0,
};

/// What is asked, with what kubectl is asked for the same.
const QUESTIONS: [(&str, &[&str], &[&str]); 3] = [
    ("--version", &["--version"], &["version", "--client"]),
    ("--help", &["--help"], &["--help"]),
    ("a usage error", &["--nonsense"], &["--nonsense"]),
];

pub(crate) fn measure() {
    for name in ["kubectl-platform", "flux-sops-age"] {
        let ours = program(name);
        let kubectl = part("kubectl");
        table::head(&format!("{name}, beside kubectl"));
        for (what, our, their) in QUESTIONS {
            let (ours, theirs) = compare(
                RUNS,
                || run(Command::new(ours).args(our)),
                || run(Command::new(&kubectl).args(their)),
            );
            table::time(what, ours, theirs, 0.1);
            table::time("  beside 3 ms", ours, LONGEST, 1.0);
        }
        let size = std::fs::metadata(ours).unwrap().len();
        table::size("the program, beside 8 MiB", size, LARGEST);
    }
}
