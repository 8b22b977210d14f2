//! The reference of all checks: the manuals at the heads of their files, as one page.

use std::fmt::Write;

/// The page, in Markdown. Each check has an anchor, to which reports point.
pub fn reference() -> String {
    let mut page = String::from(
        "# Checks\n\nWhat `flux sops-age check` looks at. This page is generated from the manuals at the heads of \
         the checks' files;\n`flux sops-age explain CHECK` prints the same.\n",
    );
    let mut area = "";
    for check in super::all() {
        let of_check = check.id.split('/').next().unwrap_or_default();
        if of_check != area {
            area = of_check;
            let _ = write!(page, "\n## {area}\n");
        }
        let manual = check.manual();
        let (title, body) = (manual.title, manual.body);
        let _ = write!(page, "\n### {}\n\n**{title}**\n\n{body}\n", check.id);
    }
    page
}
