//! `completion`: scripts for shells, and the file through which kubectl completes a plugin.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::Args;
use clap_complete::aot::Shell;
use cli::complete;
use shared::failure::{Context, Exit, Failure, Result};

use cli::output::print;

/// The variable in which a shell's script says which shell asks.
pub(crate) const ASKING: &str = "KUBECTL_PLATFORM_COMPLETE";

/// The file that kubectl looks for on the PATH, see
/// <https://kubernetes.io/docs/tasks/extend-kubectl/kubectl-plugins/#command-completion>.
const FOR_KUBECTL: &str = "kubectl_complete-platform";

/// Arguments of `completion`.
#[derive(Debug, Args)]
pub(crate) struct Completion {
    /// The shell to print a script for
    #[arg(value_enum, required_unless_present = "install")]
    shell: Option<Shell>,

    /// Write the file through which kubectl completes `kubectl platform`
    #[arg(long, conflicts_with = "shell")]
    install: bool,

    /// The folder to write it to; kubectl finds it on the PATH [default: beside the plugin]
    #[arg(long, value_name = "DIR", requires = "install")]
    dir: Option<PathBuf>,
}

impl Completion {
    pub(crate) fn run(self) -> Result<Exit> {
        match self.shell {
            Some(shell) => {
                let mut script = Vec::new();
                complete::script(&shell.to_string(), "kubectl-platform", ASKING, &mut script)
                    .context("cannot write the script")?;
                print(|out| out.write_all(&script))?;
            }
            None => self.write_for_kubectl()?,
        }
        Ok(Exit::Passed)
    }

    fn write_for_kubectl(self) -> Result<()> {
        let folder = match self.dir {
            Some(folder) => folder,
            None => beside_the_plugin()?,
        };
        let path = folder.join(if cfg!(windows) {
            "kubectl_complete-platform.cmd"
        } else {
            FOR_KUBECTL
        });
        write_executable(&path).map_err(|error| {
            Failure::new(format!(
                "cannot write {}: {}",
                path.display(),
                shared::failure::io(&error)
            ))
            .hint("pass a folder of the PATH that you may write to: --dir DIR")
        })?;
        cli::note!("wrote {}", path.display());
        Ok(())
    }
}

/// The folder through which the plugin was found: krew's links are not followed, for what
/// they point to is replaced at each upgrade.
fn beside_the_plugin() -> Result<PathBuf> {
    let called = std::env::args_os()
        .next()
        .map(PathBuf::from)
        .unwrap_or_default();
    let called = if called.components().count() > 1 {
        called
    } else {
        std::env::current_exe().context("cannot find the plugin")?
    };
    Ok(called.parent().unwrap_or(Path::new(".")).to_owned())
}

#[cfg(unix)]
fn write_executable(path: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    let folder = path.parent().unwrap_or(Path::new("."));
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    file.write_all(b"#!/bin/sh\nexec kubectl-platform __complete \"$@\"\n")?;
    file.as_file()
        .set_permissions(PermissionsExt::from_mode(0o755))?;
    file.persist(path)?;
    Ok(())
}

#[cfg(not(unix))]
fn write_executable(path: &Path) -> io::Result<()> {
    std::fs::write(path, "@echo off\r\nkubectl-platform __complete %*\r\n")
}
