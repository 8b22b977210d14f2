//! The reference of all checks: the manuals at the heads of their files, as one page.

use std::fmt::Write;

use shared::check::Check;

/// The page, in Markdown. Each check has an anchor, to which reports point.
pub fn reference() -> String {
    let mut page = String::from(
        "# Checks\n\nWhat `kubectl platform validate` looks at. This page is generated from the \
         manuals at the heads of the checks' files;\n`kubectl platform explain CHECK` prints the same.\n",
    );
    let mut area = "";
    for check in super::all() {
        if check.area() != area {
            area = check.area();
            let _ = write!(page, "\n## {area}\n");
        }
        let manual = check.manual();
        let _ = write!(
            page,
            "\n### {}\n\n**{}**\n\n{}\n\nReads: {}.\n",
            check.id,
            manual.title,
            manual.body,
            reads(check)
        );
    }
    page
}

/// The kinds that a check reads.
pub(crate) fn reads(check: &Check) -> String {
    let kinds: Vec<_> = check
        .needs_by_kind()
        .into_iter()
        .map(|need| need.kind.name())
        .filter(|name| !name.is_empty())
        .collect();
    if kinds.is_empty() {
        "custom resources".to_owned()
    } else {
        kinds.join(", ")
    }
}
