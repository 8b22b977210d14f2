//! What a data key of a Secret holds.

use zeroize::Zeroizing;

use super::is_of_age;
use crate::age::{Identity, keyfile};
use crate::secret::Secret;

/// What a data key holds, as kustomize-controller would take it.
#[derive(Debug, Clone)]
pub enum Content {
    /// Lines of identities: those that are known here, and how many are of plugins.
    Identities(Vec<Identity>, usize),
    /// It is named like age identities and is none: why, without showing it. The controller then reads none of
    /// the Secret's keys at all.
    Malformed(String),
    /// It has another name and holds no identity: keys of other kinds are kept beside age's.
    Other,
}

impl Content {
    /// Looks at a value.
    pub(super) fn of(data_key: &str, value: &Secret) -> Self {
        let is_named = is_of_age(data_key);
        let read = value
            .text()
            .ok_or_else(|| "it is no text".to_owned())
            .and_then(identities);
        match read {
            Ok((own, plugins)) if is_named || !own.is_empty() || plugins > 0 => {
                Self::Identities(own, plugins)
            }
            Err(why) if is_named => Self::Malformed(why),
            _ => Self::Other,
        }
    }

    /// The identities, where there are any.
    pub fn identities(&self) -> &[Identity] {
        match self {
            Self::Identities(own, _) => own,
            Self::Malformed(_) | Self::Other => &[],
        }
    }
}

/// The identities of the text, and the number of those of plugins, which the controller may know.
fn identities(text: &str) -> Result<(Vec<Identity>, usize), String> {
    let mut plugins = 0;
    let mut own = Zeroizing::new(String::with_capacity(text.len()));
    for line in text.lines() {
        if line.starts_with("AGE-PLUGIN-") {
            plugins += 1;
        } else {
            own.push_str(line);
        }
        own.push('\n');
    }
    Ok((keyfile::parse_lines(&own)?, plugins))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(data_key: &str, value: &str) -> Content {
        Content::of(data_key, &Secret::from(value))
    }

    #[test]
    fn names_and_lines_decide_as_in_the_controller() {
        let key = Identity::generate();
        let lines = format!("# ours\n{}\r\nAGE-PLUGIN-YUBIKEY-1QQ\n", *key.text());
        for name in ["age.agekey", "identity.agekey", "age.key"] {
            assert!(
                matches!(of(name, &lines), Content::Identities(own, 1) if own.len() == 1),
                "{name}"
            );
        }
        let cut = &key.text()[..40];
        assert!(
            matches!(of("age.agekey", cut), Content::Malformed(why) if why == "line 1: a private key is malformed")
        );
        assert!(matches!(of("sops.vault-token", "s.abc"), Content::Other));
        assert!(matches!(of("sops.vault-token", ""), Content::Other));
    }
}
