//! `checks`: what is looked at, and the rights it takes.

use std::io::{self, Write};

use clap::{Args, ValueEnum};
use serde::Serialize;
use shared::check::Check;
use shared::facts::{Layer, Role};
use shared::failure::{Exit, Result};
use shared::object::API_VERSION;
use shared::render;

use crate::arguments::config::wanted;
use crate::checks::{self, CATALOG};
use crate::rights::roles;
use cli::SelectionArgs;
use cli::output::print;

/// Arguments of `checks`.
#[derive(Debug, Args)]
pub(crate) struct Checks {
    #[command(flatten)]
    selection: SelectionArgs,

    /// Output format: text, json, yaml or name
    #[arg(
        short,
        long,
        value_enum,
        default_value_t,
        value_name = "FORMAT",
        hide_possible_values = true
    )]
    output: Format,

    /// Print no line of headers
    #[arg(long)]
    no_headers: bool,

    /// Print the ClusterRoles that the checks need: one without Secrets, one with
    #[arg(long, conflicts_with_all = ["output", "no_headers"])]
    rbac: bool,
}

#[derive(Debug, Clone, Copy, Default, ValueEnum)]
enum Format {
    #[default]
    Text,
    Json,
    Yaml,
    Name,
}

/// The list for scripts.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct CheckList {
    api_version: &'static str,
    kind: &'static str,
    items: Vec<Item>,
}

#[derive(Serialize)]
struct Item {
    id: &'static str,
    title: String,
    needs: Vec<NeedOf>,
    docs: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct NeedOf {
    /// Absent for custom resources of any kind.
    #[serde(skip_serializing_if = "str::is_empty")]
    kind: &'static str,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    api_versions: &'static [&'static str],
    role: Role,
    layer: Layer,
}

impl Checks {
    pub(crate) fn run(self) -> Result<Exit> {
        let chosen = self
            .selection
            .chosen(&CATALOG, checks::all(), |check| check.id)?;
        if self.rbac {
            print(|out| write_rights(&chosen, out))?;
            return Ok(Exit::Passed);
        }
        print(|out| match self.output {
            Format::Text => self.table(&chosen, out),
            Format::Json => render::json(&list(&chosen), out),
            Format::Yaml => render::yaml(&list(&chosen), out),
            Format::Name => chosen
                .iter()
                .try_for_each(|check| writeln!(out, "{}", check.id)),
        })?;
        Ok(Exit::Passed)
    }

    fn table(&self, chosen: &[&Check], out: &mut impl Write) -> io::Result<()> {
        let width = chosen
            .iter()
            .map(|check| check.id.len())
            .max()
            .unwrap_or_default();
        if !self.no_headers {
            writeln!(out, "{:width$}  FINDS", "CHECK")?;
        }
        for check in chosen {
            writeln!(out, "{:width$}  {}", check.id, check.manual().title)?;
        }
        Ok(())
    }
}

fn list(chosen: &[&'static Check]) -> CheckList {
    let item = |check: &&'static Check| Item {
        id: check.id,
        title: check.manual().title,
        needs: check
            .needs_by_kind()
            .into_iter()
            .map(|need| NeedOf {
                kind: need.kind.name(),
                api_versions: need.kind.apis(),
                role: need.role,
                layer: need.layer,
            })
            .collect(),
        docs: CATALOG.docs(check.id),
    };
    CheckList {
        api_version: API_VERSION,
        kind: "CheckList",
        items: chosen.iter().map(item).collect(),
    }
}

const ABOUT_RIGHTS: &str = "\
# What `kubectl platform` reads. Discovery is not among it: every user may do that (system:discovery).
";

const ABOUT_SECRETS: &str = "\
# Secrets: their names and types, and of few which keys they have. Values are never listed, but RBAC
# cannot tell the one from the other. Without this role only what is about Secrets is skipped.
";

fn write_rights(chosen: &[&'static Check], out: &mut impl Write) -> io::Result<()> {
    for (number, role) in roles(&wanted(chosen)).iter().enumerate() {
        if number > 0 {
            writeln!(out, "---")?;
        }
        let about = if role.is_of_secrets() {
            ABOUT_SECRETS
        } else {
            ABOUT_RIGHTS
        };
        out.write_all(about.as_bytes())?;
        render::yaml(role, out)?;
    }
    Ok(())
}
