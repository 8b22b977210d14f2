//! The places that sops looks for identities in; all that exist are used.
//!
//! See "Encrypting with age" on <https://getsops.io/docs/>. A place that cannot be read only matters when
//! nothing else opens a file.

mod ssh;

use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;

use zeroize::Zeroizing;

use super::Ask;
use super::keyfile;
use super::keyring::{Held, Keyring};
use super::locked::Locked;

/// Variables that hold private keys: they are kept from the programs that we start.
pub const SECRET_VARIABLES: [&str; 1] = ["SOPS_AGE_KEY"];

/// Looks at all places.
pub fn collect(ask: &Ask) -> Keyring {
    let mut keyring = Keyring::default();
    ssh::collect(&mut keyring, ask);
    match variable("SOPS_AGE_KEY") {
        Some(keys) => match keyfile::parse_words(&Zeroizing::new(keys)) {
            Ok(identities) => keyring.held.extend(identities.into_iter().map(Held::Own)),
            Err(why) => keyring.problems.push(format!("SOPS_AGE_KEY: {why}")),
        },
        None => keyring.absent.push("SOPS_AGE_KEY".to_owned()),
    }
    match env::var_os("SOPS_AGE_KEY_FILE") {
        Some(path) if path.is_empty() => {
            keyring
                .problems
                .push("SOPS_AGE_KEY_FILE: it names no file".to_owned());
        }
        Some(path) => key_file(Path::new(&path), &mut keyring, ask),
        None => keyring.absent.push("SOPS_AGE_KEY_FILE".to_owned()),
    }
    if let Some(command) = variable("SOPS_AGE_KEY_CMD") {
        let ask = ask.clone();
        keyring.fetch.push(Box::new(move |recipient| {
            let out = run(&command, recipient)?;
            parse("SOPS_AGE_KEY_CMD", &out, &ask)
        }));
    } else {
        keyring.absent.push("SOPS_AGE_KEY_CMD".to_owned());
    }
    if let Some(path) = user_key_file() {
        if path.exists() {
            key_file(&path, &mut keyring, ask);
        } else {
            keyring.absent.push(path.display().to_string());
        }
    }
    keyring
}

fn variable(name: &str) -> Option<String> {
    env::var(name).ok()
}

/// `sops/age/keys.txt` where the system keeps a user's settings.
pub fn user_key_file() -> Option<PathBuf> {
    let set = |name| env::var_os(name).filter(|value: &OsString| !value.is_empty());
    let folder = if cfg!(windows) {
        set("AppData").map(PathBuf::from)
    } else if cfg!(target_os = "macos") {
        set("XDG_CONFIG_HOME")
            .map(PathBuf::from)
            .or_else(|| Some(PathBuf::from(set("HOME")?).join("Library/Application Support")))
    } else {
        set("XDG_CONFIG_HOME")
            .map(PathBuf::from)
            .or_else(|| Some(PathBuf::from(set("HOME")?).join(".config")))
    };
    folder.map(|folder| folder.join("sops/age/keys.txt"))
}

/// Reads a key file into the keyring.
pub fn key_file(path: &Path, keyring: &mut Keyring, ask: &Ask) {
    let name = path.display().to_string();
    let read = std::fs::read(path)
        .map_err(|error| format!("{name}: {}", crate::failure::io(&error)))
        .map(Zeroizing::new)
        .and_then(|bytes| parse(&name, &bytes, ask));
    match read {
        Ok(held) => keyring.held.extend(held),
        Err(why) => keyring.problems.push(why),
    }
}

fn parse(name: &str, bytes: &[u8], ask: &Ask) -> Result<Vec<Held>, String> {
    if keyfile::is_encrypted(bytes) {
        return Ok(vec![Held::Locked(Locked {
            name: name.to_owned(),
            file: bytes.to_vec(),
            ask: ask.clone(),
            opened: OnceLock::new(),
        })]);
    }
    let text = std::str::from_utf8(bytes).map_err(|_| format!("{name}: it is no text"))?;
    let (own, plugins) = keyfile::without_plugins(text);
    let identities = keyfile::parse_lines(&own).map_err(|why| format!("{name}: {why}"))?;
    let plugins = plugins.into_iter().map(|line| {
        let why = "identities of age plugins are not supported";
        Held::PassedOver(format!("{name}: line {line}: {why}"))
    });
    Ok(identities
        .into_iter()
        .map(Held::Own)
        .chain(plugins)
        .collect())
}

/// Runs a command of the user's, split into words as a shell does it.
fn run(command: &str, recipient: &str) -> Result<Zeroizing<Vec<u8>>, String> {
    let words = shlex::split(command)
        .ok_or("a command cannot be split into words: a quote is not closed")?;
    let [program, arguments @ ..] = &words[..] else {
        return Err("a command is empty".to_owned());
    };
    let mut child = Command::new(program);
    child
        .args(arguments)
        .env("SOPS_AGE_RECIPIENT", recipient)
        .stdin(Stdio::null())
        .stderr(Stdio::inherit());
    for variable in SECRET_VARIABLES {
        child.env_remove(variable);
    }
    let out = child
        .output()
        .map_err(|error| format!("{program}: {}", crate::failure::io(&error)))?;
    let text = Zeroizing::new(out.stdout);
    if out.status.success() {
        Ok(text)
    } else {
        Err(format!("{program} failed: {}", out.status))
    }
}
