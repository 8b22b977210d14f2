//! What is known of a Secret of keys: the names of its entries and the public keys of its identities.

use shared::decryption::{self, AgeSecret, Content};
use shared::facts::Gap;

/// A Secret that is decrypted with.
pub(crate) enum KeySecret {
    /// There is none; the namespaces in which there is one of that name.
    Missing(Vec<String>),
    /// It could not be looked at.
    Unseen(Gap),
    /// It is there, with these entries.
    There(Vec<Entry>),
}

/// An entry of a Secret.
pub(crate) struct Entry {
    pub(crate) name: String,
    pub(crate) form: Form,
}

/// What an entry holds.
pub(crate) enum Form {
    /// Private keys: their public keys, and whether there are keys of plugins beside them.
    Identities {
        recipients: Vec<String>,
        has_plugins: bool,
    },
    /// It is named like private keys and is none: why.
    Malformed(String),
    /// Something else.
    Other,
}

impl KeySecret {
    /// Keeps what may be known of a Secret.
    pub(super) fn of(secret: &AgeSecret) -> Self {
        let entries = secret.entries.iter().map(|entry| Entry {
            name: entry.data_key.clone(),
            form: match &entry.content {
                Content::Identities(own, plugins) => Form::Identities {
                    recipients: own.iter().map(shared::age::Identity::recipient).collect(),
                    has_plugins: *plugins > 0,
                },
                Content::Malformed(why) => Form::Malformed(why.clone()),
                Content::Other => Form::Other,
            },
        });
        Self::There(entries.collect())
    }

    /// The public keys of the identities that Flux takes of it, each with its entry's name.
    pub(crate) fn taken(&self) -> Vec<(&str, &str)> {
        let Self::There(entries) = self else {
            return Vec::new();
        };
        let taken = entries
            .iter()
            .filter(|entry| decryption::is_of_age(&entry.name));
        taken
            .flat_map(|entry| {
                match &entry.form {
                    Form::Identities { recipients, .. } => recipients.as_slice(),
                    Form::Malformed(_) | Form::Other => &[],
                }
                .iter()
                .map(|recipient| (entry.name.as_str(), recipient.as_str()))
            })
            .collect()
    }

    /// Whether it may open files by other keys than those that are known here.
    pub(crate) fn has_others(&self) -> bool {
        let Self::There(entries) = self else {
            return false;
        };
        entries.iter().any(|entry| match entry.form {
            Form::Identities { has_plugins, .. } => {
                has_plugins && decryption::is_of_age(&entry.name)
            }
            Form::Malformed(_) | Form::Other => false,
        })
    }
}
