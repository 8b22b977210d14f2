//! `keygen`: makes an age key, or prints the public keys of private ones.

use std::path::PathBuf;

use clap::Args;
use jiff::Timestamp;
use shared::age::{Identity, keyfile};
use shared::failure::{Exit, Failure, Result};
use shared::secret;
use zeroize::Zeroizing;

use crate::arguments::NewKey;
use crate::io;

/// Arguments of `keygen`.
#[derive(Debug, Args)]
pub(crate) struct Keygen {
    #[command(flatten)]
    new: NewKey,

    /// Write to this file, which must not exist [default: standard output]
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,

    /// Print the public keys of the private ones in FILE
    #[arg(short = 'y', long, conflicts_with = "pq")]
    convert: bool,

    /// With -y: the file of private keys [default: standard input]
    #[arg(value_name = "FILE", requires = "convert")]
    file: Option<PathBuf>,
}

impl Keygen {
    pub(crate) fn run(self) -> Result<Exit> {
        let (text, public) = if self.convert {
            (self.convert()?, None)
        } else {
            let identity = self.new.make()?;
            let public = identity.recipient();
            (key_file(&identity, &public), Some(public))
        };
        let Some(path) = &self.output else {
            io::print(text.as_bytes())?;
            // The text has the public key in a comment already: nothing is printed beside it.
            return Ok(Exit::Passed);
        };
        secret::write_private(path, text.as_bytes()).map_err(|error| {
            let failure = Failure::new(format!(
                "cannot write {}: {}",
                path.display(),
                shared::failure::io(&error)
            ))
            .exit(Exit::Failed);
            match error.kind() {
                std::io::ErrorKind::AlreadyExists => {
                    failure.hint("a key is never written over: name another file")
                }
                _ => failure,
            }
        })?;
        if let Some(public) = public {
            cli::note!("Public key: {public}");
        }
        Ok(Exit::Passed)
    }

    fn convert(&self) -> Result<Zeroizing<String>> {
        let failed = |why: &str| {
            let name = self.file.as_ref().map(|path| path.display().to_string());
            let name = name.unwrap_or_else(|| "standard input".to_owned());
            Failure::new(format!("{name}: {why}")).exit(Exit::Failed)
        };
        let bytes = match &self.file {
            Some(path) => io::read(path, Exit::Failed)?,
            None => io::read_stdin()?,
        };
        let text = std::str::from_utf8(&bytes).map_err(|_| failed("it is no text"))?;
        let identities = keyfile::parse_lines(text).map_err(|why| failed(&why))?;
        if identities.is_empty() {
            return Err(failed("it holds no identity"));
        }
        let lines = identities
            .iter()
            .map(|identity| identity.recipient() + "\n");
        Ok(Zeroizing::new(lines.collect()))
    }
}

/// The key file, as age-keygen writes it.
fn key_file(identity: &Identity, public: &str) -> Zeroizing<String> {
    let now = Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ");
    Zeroizing::new(format!(
        "# created: {now}\n# public key: {public}\n{}\n",
        *identity.text()
    ))
}
