//! What is written of checks themselves: the manual of one, and the reference of all.

use std::fmt::Write as _;
use std::io::{self, Write};

use crate::report::{Catalog, Described};

/// Writes the manual of a check, for people.
///
/// # Errors
/// When writing fails.
pub fn manual(catalog: &Catalog, check: &Described, out: &mut impl Write) -> io::Result<()> {
    let manual = check.manual();
    writeln!(out, "{}: {}\n", check.id, manual.title)?;
    writeln!(out, "{}\n", manual.body)?;
    if let Some(kinds) = &check.reads {
        writeln!(out, "reads: {kinds}")?;
    }
    writeln!(out, "docs: {}", catalog.docs(check.id))
}

/// The page of all checks, in Markdown. Each has an anchor, to which reports point.
pub fn reference(catalog: &Catalog) -> String {
    let mut page = format!(
        "# Checks\n\nWhat `{}` looks at. This page is generated from the manuals at the heads of the checks' \
         files;\n`{} CHECK` prints the same.\n",
        catalog.command, catalog.explain
    );
    let mut area = "";
    for check in (catalog.checks)() {
        if check.area() != area {
            area = check.area();
            let _ = write!(page, "\n## {area}\n");
        }
        let manual = check.manual();
        let (title, body) = (manual.title, manual.body);
        let _ = write!(page, "\n### {}\n\n**{title}**\n\n{body}\n", check.id);
        if let Some(kinds) = check.reads {
            let _ = write!(page, "\nReads: {kinds}.\n");
        }
    }
    page
}
