//! All identities that are at hand, and what kept others away.

use std::collections::HashMap;
use std::io::Read;
use std::sync::{Arc, Mutex};

use zeroize::Zeroizing;

use super::Identity;
use super::locked::Locked;
use super::recipient::shown;

/// Runs the user's command that prints a private key for a public one.
pub(super) type Fetch = Box<dyn Fn(&str) -> Result<Vec<Held>, String> + Send + Sync>;

/// An identity as it was found.
pub(super) enum Held {
    /// A key of age's own.
    Own(Identity),
    /// An ssh key.
    Ssh(Box<dyn age::Identity + Send + Sync>),
    /// A key file under a passphrase.
    Locked(Locked),
    /// One that cannot be used, in words; it only matters where no other opens a file.
    PassedOver(String),
}

/// The identities at hand.
#[derive(Default)]
pub struct Keyring {
    pub(super) held: Vec<Held>,
    pub(super) fetch: Vec<Fetch>,
    fetched: Mutex<HashMap<String, Arc<Fetched>>>,
    /// Sources that exist and cannot be used, in words.
    pub(super) problems: Vec<String>,
    /// Sources that were looked at and do not exist.
    pub(super) absent: Vec<String>,
}

#[derive(Default)]
struct Fetched {
    held: Vec<Held>,
    problems: Vec<String>,
}

impl Keyring {
    /// A keyring of these identities alone.
    pub fn of(identities: impl IntoIterator<Item = Identity>) -> Self {
        Self {
            held: identities.into_iter().map(Held::Own).collect(),
            ..Self::default()
        }
    }

    /// Takes more identities in.
    pub fn add(&mut self, identities: impl IntoIterator<Item = Identity>) {
        self.held.extend(identities.into_iter().map(Held::Own));
    }

    /// Opens what was encrypted for a recipient.
    ///
    /// # Errors
    /// In words, when no identity opens it.
    pub fn open(&self, recipient: &str, armored: &str) -> Result<Zeroizing<Vec<u8>>, String> {
        if let Some(opened) = open_with(&self.held, armored)? {
            return Ok(opened);
        }
        let fetched = self.fetch_for(recipient);
        if let Some(opened) = open_with(&fetched.held, armored)? {
            return Ok(opened);
        }
        let mut problems = fetched.problems.clone();
        for held in self.held.iter().chain(&fetched.held) {
            let locked = match held {
                Held::Locked(locked) => locked,
                Held::PassedOver(why) => {
                    problems.push(why.clone());
                    continue;
                }
                Held::Own(_) | Held::Ssh(_) => continue,
            };
            match locked.identities() {
                Ok(identities) => {
                    let identities: Vec<&dyn age::Identity> =
                        identities.iter().map(Identity::as_age).collect();
                    if let Some(opened) = try_open(&identities, armored)? {
                        return Ok(opened);
                    }
                }
                Err(why) => problems.push(why.to_owned()),
            }
        }
        let why = if problems.is_empty() {
            String::new()
        } else {
            format!(" ({})", problems.join("; "))
        };
        Err(format!("no identity opens {}{why}", shown(recipient)))
    }

    fn fetch_for(&self, recipient: &str) -> Arc<Fetched> {
        if self.fetch.is_empty() {
            return Arc::default();
        }
        let Ok(mut known) = self.fetched.lock() else {
            return Arc::default();
        };
        Arc::clone(known.entry(recipient.to_owned()).or_insert_with(|| {
            let mut fetched = Fetched::default();
            for fetch in &self.fetch {
                match fetch(recipient) {
                    Ok(held) => fetched.held.extend(held),
                    Err(why) => fetched.problems.push(why),
                }
            }
            Arc::new(fetched)
        }))
    }

    /// The public keys of the identities at hand, as far as they are known without asking.
    pub fn recipients(&self) -> Vec<String> {
        self.held
            .iter()
            .filter_map(|held| match held {
                Held::Own(identity) => Some(identity.recipient()),
                Held::Ssh(_) | Held::Locked(_) | Held::PassedOver(_) => None,
            })
            .collect()
    }

    /// Whether there is neither an identity nor a place to fetch one from.
    pub fn is_empty(&self) -> bool {
        let is_none = |held: &Held| matches!(held, Held::PassedOver(_));
        self.held.iter().all(is_none) && self.fetch.is_empty()
    }

    /// What a person should look at when nothing opened a file, a line each.
    pub fn advice(&self) -> Vec<String> {
        let mut advice = self.problems.clone();
        if self.held.is_empty() && self.fetch.is_empty() {
            advice.push(format!(
                "no identity was found in {}",
                self.absent.join(", ")
            ));
        }
        advice
    }
}

fn open_with(held: &[Held], armored: &str) -> Result<Option<Zeroizing<Vec<u8>>>, String> {
    let identities: Vec<&dyn age::Identity> = held
        .iter()
        .filter_map(|held| match held {
            Held::Own(identity) => Some(identity.as_age()),
            Held::Ssh(identity) => Some(identity.as_ref() as &dyn age::Identity),
            Held::Locked(_) | Held::PassedOver(_) => None,
        })
        .collect();
    try_open(&identities, armored)
}

fn try_open(
    identities: &[&dyn age::Identity],
    armored: &str,
) -> Result<Option<Zeroizing<Vec<u8>>>, String> {
    let malformed = |_| "its encrypted data key is malformed".to_owned();
    let reader = age::armor::ArmoredReader::new(armored.as_bytes());
    let file = age::Decryptor::new_buffered(reader)
        .map_err(|_| "its encrypted data key is malformed".to_owned())?;
    match file.decrypt(identities.iter().copied()) {
        Ok(mut reader) => {
            let mut out = Zeroizing::new(Vec::new());
            reader.read_to_end(&mut out).map_err(malformed)?;
            Ok(Some(out))
        }
        Err(_) => Ok(None),
    }
}
