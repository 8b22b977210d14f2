//! Label selectors as kubectl takes them: `a=b,c!=d,e in (x,y),f notin (z),g,!h`.
//! See <https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#label-selectors>.

use std::collections::BTreeSet;

use kube::core::{Expression, Selector, SelectorExt};

use crate::facts::pairs::Pairs;

/// Which labels an object must have.
#[derive(Debug, Clone, PartialEq)]
pub struct LabelSelector(Selector);

impl LabelSelector {
    /// Whether labels are as asked for.
    pub fn matches(&self, labels: &Pairs) -> bool {
        let pairs = labels.iter();
        self.0.matches(
            &pairs
                .map(|(key, value)| (key.into(), value.into()))
                .collect(),
        )
    }
}

impl std::str::FromStr for LabelSelector {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let requirements: Result<Vec<_>, _> = split(text).into_iter().map(requirement).collect();
        Ok(Self(requirements?.into_iter().collect()))
    }
}

/// The parts between commas; those in parentheses do not count.
fn split(text: &str) -> Vec<&str> {
    let mut open = false;
    text.split(move |c| {
        open = (open || c == '(') && c != ')';
        c == ',' && !open
    })
    .collect()
}

fn requirement(text: &str) -> Result<Expression, String> {
    let text = text.trim();
    if let Some(name) = text.strip_prefix('!') {
        return key(name).map(Expression::DoesNotExist);
    }
    if let Some((name, set)) = text.split_once(" notin ") {
        return Ok(Expression::NotIn(key(name)?, values(set)?));
    }
    if let Some((name, set)) = text.split_once(" in ") {
        return Ok(Expression::In(key(name)?, values(set)?));
    }
    if let Some((name, wanted)) = text.split_once("!=") {
        return Ok(Expression::NotEqual(key(name)?, value(wanted)?));
    }
    if let Some((name, wanted)) = text.split_once("==").or_else(|| text.split_once('=')) {
        return Ok(Expression::Equal(key(name)?, value(wanted)?));
    }
    key(text).map(Expression::Exists)
}

fn values(text: &str) -> Result<BTreeSet<String>, String> {
    let list = text
        .trim()
        .strip_prefix('(')
        .and_then(|list| list.strip_suffix(')'));
    let list = list.ok_or_else(|| format!("values stand in parentheses: {}", text.trim()))?;
    list.split(',').map(value).collect()
}

fn key(text: &str) -> Result<String, String> {
    match part(text) {
        Some("") => Err("a label's name is missing".to_owned()),
        Some(key) => Ok(key.to_owned()),
        None => Err(format!("not a label's name: {}", text.trim())),
    }
}

fn value(text: &str) -> Result<String, String> {
    match part(text) {
        Some(value) if !value.contains('/') => Ok(value.to_owned()),
        _ => Err(format!("not a label's value: {}", text.trim())),
    }
}

fn part(text: &str) -> Option<&str> {
    let text = text.trim();
    let allowed = |c: char| c.is_ascii_alphanumeric() || "-_./".contains(c);
    text.chars().all(allowed).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matches(selector: &str) -> bool {
        let labels = [("app", "redis"), ("tier", "cache"), ("empty", "")];
        let labels = labels.map(|(key, value)| (key.into(), value.into()));
        selector
            .parse::<LabelSelector>()
            .unwrap()
            .matches(&labels.into_iter().collect())
    }

    #[test]
    fn selectors_mean_what_kubectl_means() {
        for selector in [
            "app=redis",
            "app==redis,tier = cache",
            "app!=postgresql",
            "tier in (cache,db),app",
            "none notin (a, b)",
            "!none",
            "empty=",
            "app in (redis),tier notin (db)",
            "none!=x",
        ] {
            assert!(matches(selector), "{selector}");
        }
        for selector in [
            "app=postgresql",
            "!app",
            "none",
            "tier notin (cache)",
            "none in (x)",
            "app=redis,tier=db",
        ] {
            assert!(!matches(selector), "{selector}");
        }
    }

    #[test]
    fn malformed_selectors_are_refused() {
        for selector in [
            "",
            "app in redis",
            "=x",
            "a b",
            "app=redis,",
            "app in (x",
            "a=b=c",
            "app=a/b",
        ] {
            assert!(selector.parse::<LabelSelector>().is_err(), "{selector}");
        }
    }
}
