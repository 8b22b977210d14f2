//! An object's namespace and name, as one argument.

use std::str::FromStr;

/// `NAMESPACE/NAME`.
#[derive(Debug, Clone)]
pub(super) struct Named {
    pub(super) namespace: String,
    pub(super) name: String,
}

impl FromStr for Named {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text.split_once('/') {
            Some((namespace, name)) if !namespace.is_empty() && !name.is_empty() => Ok(Self {
                namespace: namespace.to_owned(),
                name: name.to_owned(),
            }),
            _ => Err("write it as NAMESPACE/NAME".to_owned()),
        }
    }
}
