//! What a run needs once for all its files: configuration, layout, identities.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use shared::age::{Keyring, sources};
use shared::failure::{Context, Failure, Result};
use shared::sops::rules::{self, Config};
use shared::sops::{Format, Layout, exit, json};

use crate::arguments::{Formats, Global};
use crate::prompt;
use crate::repository::absolute;

/// What a run needs once.
pub(crate) struct Session {
    pub(crate) config: Option<Config>,
    pub(crate) layout: Layout,
    folder: PathBuf,
    keyring: OnceLock<Keyring>,
}

impl Session {
    /// Finds and reads the configuration.
    ///
    /// # Errors
    /// When the configuration that is named or found cannot be read.
    pub(crate) fn new(global: &Global) -> Result<Self> {
        let folder = std::env::current_dir().context("cannot tell the working directory")?;
        let path = match &global.config {
            Some(path) => Some(path.clone()),
            None => {
                let (path, passed_over) = rules::find(&folder);
                if let Some(other) = passed_over {
                    cli::note!(
                        "warning: {} is passed over: a configuration is called {}",
                        other.display(),
                        rules::NAME
                    );
                }
                path
            }
        };
        if let (true, Some(path)) = (global.verbose, &path) {
            cli::note!("configuration: {}", path.display());
        }
        let config = path.as_deref().map(Config::load).transpose()?;
        let mut layout = config
            .as_ref()
            .map_or_else(Layout::default, |config| config.layout);
        if let Some(spaces) = global.indent {
            layout = Layout {
                yaml: if spaces == 0 { layout.yaml } else { spaces },
                json: json::Indent::Spaces(spaces),
                binary: json::Indent::Spaces(spaces),
            };
        }
        Ok(Self {
            config,
            layout,
            folder,
            keyring: OnceLock::new(),
        })
    }

    /// The identities of this machine, looked for when the first file needs one.
    pub(crate) fn keyring(&self) -> &Keyring {
        self.keyring
            .get_or_init(|| sources::collect(&prompt::passphrase()))
    }

    /// The configuration, where a verb cannot do without.
    ///
    /// # Errors
    /// When there is none.
    pub(crate) fn need_config(&self) -> Result<&Config> {
        self.config.as_ref().ok_or_else(|| {
            Failure::new("config file not found")
                .hint(format!("write {}, or name one: --config FILE", rules::NAME))
                .exit(exit::GENERIC)
        })
    }

    /// A path as it is matched against rules: absolute, links not followed.
    pub(crate) fn absolute(&self, path: &Path) -> PathBuf {
        absolute(&self.folder, path)
    }
}

impl Formats {
    /// The format to read a file in.
    pub(crate) fn input(&self, path: &Path) -> Format {
        of(self.input_type.as_deref(), path)
    }

    /// The format to write a file in.
    pub(crate) fn output(&self, path: &Path) -> Format {
        of(self.output_type.as_deref(), path)
    }
}

/// As sops: a name that is no format counts as none.
fn of(name: Option<&str>, path: &Path) -> Format {
    name.and_then(Format::of_name)
        .unwrap_or_else(|| Format::of_path(path))
}
