//! What is said in words that nobody here knows: nobody here can tell how the object fares then.

use super::sense::sense;
use super::states::{self, OWN};
use crate::facts::kinds::custom::Custom;
use crate::health::conditions::because;
use crate::health::{Health, Status};

/// A state or a `False` condition that says we know not what. Asked only where nothing says more.
pub(super) fn health(custom: &Custom) -> Option<Health> {
    let status = &custom.status;
    let own = OWN.iter().map(|key| status.text(key));
    let scalars = status.scalars.iter();
    let parts = scalars.filter(|(path, _)| states::is_state(path));
    let mut words = own.chain(parts.map(|(_, text)| text.as_str()));
    if let Some(word) = words.find(|text| is_foreign(text)) {
        return Some(states::told(custom, Status::Unknown, word));
    }
    let mut conditions = status.conditions().iter();
    conditions
        .find(|c| c.is_false() && sense(&c.r#type).is_none())
        .map(|c| because(Status::Unknown, c))
}

/// One word, not a sentence, that says neither that it is well nor that it is not.
fn is_foreign(text: &str) -> bool {
    let is_word = |c: char| c.is_alphanumeric() || c == '_' || c == '-';
    text.chars().all(is_word)
        && text.contains(char::is_alphabetic)
        && !matches!(text, "true" | "false" | "True")
}
