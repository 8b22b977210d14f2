//! `platform.yaml`: in the working directory, where `--config` says, or in the cluster.

use std::collections::BTreeSet;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use clap::Args;
use cli::selection::{matchers, no_such};
use globset::{Glob, GlobMatcher};
use shared::check::{self, Check};
use shared::facts::kinds::core::ConfigMap;
use shared::facts::kinds::platform_config::{FILE, NAME, NAMESPACES, PlatformConfig};
use shared::facts::{Facts, Kind, Need, View, declared};
use shared::failure::{Failure, Result, io};

use crate::checks::CATALOG;

/// What is read of a cluster for it.
const NEEDS: &[Need] = &[declared(Kind::ConfigMap).hint()];

/// What is known of `platform.yaml`.
#[derive(Debug, Args)]
pub(crate) struct ConfigArgs {
    /// What is expected of the platform [default: platform.yaml here, else the ConfigMap platform]
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
}

impl ConfigArgs {
    /// Reads the file, if there is one.
    ///
    /// # Errors
    /// When it cannot be read, or says what is not understood.
    pub(crate) fn read(&self) -> Result<Option<PlatformConfig>> {
        let path = self.config.as_deref().unwrap_or(Path::new(FILE));
        let shown = path.display();
        let text = match std::fs::read_to_string(path) {
            Ok(text) => text,
            Err(error) if self.config.is_none() && error.kind() == ErrorKind::NotFound => {
                return Ok(None);
            }
            Err(error) => {
                return Err(Failure::new(format!("cannot read {shown}: {}", io(&error))));
            }
        };
        // Others may have a file of this name too.
        if self.config.is_none() && !PlatformConfig::is_meant(&text) {
            return Ok(None);
        }
        let config =
            PlatformConfig::parse(&text).map_err(|why| malformed(&shown.to_string(), &why))?;
        skipped(&config)?;
        Ok(Some(config))
    }
}

/// The kinds to read for checks: what they need, and what the people of the platform say. It is heard whichever checks
/// were chosen.
pub(crate) fn wanted(chosen: &[&Check]) -> BTreeSet<Kind> {
    let own = NEEDS.iter().map(|need| need.kind);
    own.chain(check::kinds(chosen)).collect()
}

/// Lets facts be judged by the file, and fails where what the cluster holds instead is malformed.
///
/// # Errors
/// When the ConfigMap says what is not understood.
pub(crate) fn apply<'a>(
    file: Option<&PlatformConfig>,
    facts: &'a Facts,
) -> Result<Option<&'a PlatformConfig>> {
    if let Some(file) = file {
        facts.note_config(file);
    } else if let Some(map) = ConfigMap::heard(facts.all::<ConfigMap>())
        && let Some(Err(why)) = map.platform()
    {
        let meta = &map.metadata;
        let place = format!("the ConfigMap {}/{}", meta.namespace, meta.name);
        return Err(malformed(&place, why));
    }
    let config = View::new(facts, NEEDS).config();
    config.map_or(Ok(()), |config| skipped(config).map(drop))?;
    Ok(config)
}

/// The checks that are not left out.
///
/// # Errors
/// When a pattern matches no check, or no check is left.
pub(crate) fn kept(
    chosen: &[&'static Check],
    config: Option<&PlatformConfig>,
) -> Result<Vec<&'static Check>> {
    let skipped = config.map_or(Ok(Vec::new()), skipped)?;
    let is_kept = |check: &&&'static Check| !skipped.iter().any(|glob| glob.is_match(check.id));
    let kept: Vec<_> = chosen.iter().filter(is_kept).copied().collect();
    if kept.is_empty() {
        return Err(Failure::new(format!("{FILE} skips all of these checks")));
    }
    Ok(kept)
}

/// What is to be said of how facts are judged: which checks are left out, and why, and what is not heard.
pub(crate) fn notes(facts: &Facts, config: Option<&PlatformConfig>) -> Vec<String> {
    let skips = config.into_iter().flat_map(|config| &config.skip);
    let skips = skips.map(|skip| format!("{FILE} skips {}: {}", skip.check, skip.reason.trim()));
    let elsewhere = facts
        .all::<ConfigMap>()
        .iter()
        .filter(|map| map.platform().is_some())
        .map(ConfigMap::namespace)
        .filter(|namespace| !NAMESPACES.contains(namespace))
        .map(|namespace| {
            let heard = NAMESPACES.join(", ");
            format!(
                "the ConfigMap {namespace}/{NAME} is not heard: {FILE} may be in one of {heard}"
            )
        });
    skips.chain(elsewhere).collect()
}

/// Says so. Nobody to say it to is no failure.
pub(crate) fn tell(notes: &[String]) {
    for note in notes {
        let note = shared::render::clean(note);
        let _ = writeln!(anstream::stderr(), "note: {note}");
    }
}

fn skipped(config: &PlatformConfig) -> Result<Vec<GlobMatcher>> {
    let skips = config
        .skip
        .iter()
        .map(|skip| Glob::new(&skip.check).map_err(|_| no_such(&skip.check, &CATALOG)));
    let globs = skips.collect::<Result<Vec<_>>>();
    globs
        .and_then(|globs| matchers(&globs, &CATALOG))
        .map_err(|failure| failure.within(FILE))
}

fn malformed(place: &str, why: &str) -> Failure {
    Failure::new(format!("cannot read {place}: {why}")).hint(
        "it may hold: apiVersion: kubectl-platform/v1, kind: Config, kubernetes.version, nodes, \
         loadBalancer.service, skip[].check and .reason",
    )
}
