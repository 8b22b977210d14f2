//! Label selectors as kubectl takes them: `a=b,c!=d,e in (x,y),f notin (z),g,!h,i>1`.
//! See <https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#label-selectors>.

mod parse;
mod tokens;

use std::collections::BTreeSet;

use crate::facts::pairs::Pairs;

/// Which labels an object must have; nothing asked for is any.
#[derive(Debug, Clone, PartialEq)]
pub struct LabelSelector(Vec<Requirement>);

#[derive(Debug, Clone, PartialEq)]
struct Requirement {
    key: String,
    test: Test,
}

#[derive(Debug, Clone, PartialEq)]
enum Test {
    Exists,
    DoesNotExist,
    In(BTreeSet<String>),
    NotIn(BTreeSet<String>),
    Above(i64),
    Below(i64),
}

impl LabelSelector {
    /// Whether labels are as asked for.
    pub fn matches(&self, labels: &Pairs) -> bool {
        self.0.iter().all(|requirement| requirement.is_met(labels))
    }
}

impl Requirement {
    fn is_met(&self, labels: &Pairs) -> bool {
        let value = labels.get(&self.key).map(|value| value.as_str());
        let number = || value.and_then(|value| value.parse::<i64>().ok());
        match &self.test {
            Test::Exists => value.is_some(),
            Test::DoesNotExist => value.is_none(),
            Test::In(all) => value.is_some_and(|value| all.contains(value)),
            Test::NotIn(all) => value.is_none_or(|value| !all.contains(value)),
            Test::Above(least) => number().is_some_and(|number| number > *least),
            Test::Below(most) => number().is_some_and(|number| number < *most),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matches(selector: &str) -> bool {
        let labels = [
            ("app", "redis"),
            ("tier", "cache"),
            ("empty", ""),
            ("count", "2"),
        ];
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
            "",
            " ",
            "app in(redis)",
            "none notin(b)",
            "tier in (,cache)",
            "empty in (x,)",
            "count>1",
            "count > 1 , count<3",
            "! none",
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
            "app notin(redis)",
            "count>2",
            "app>1",
            "none<1",
            "app = in",
            "in",
        ] {
            assert!(!matches(selector), "{selector}");
        }
    }

    #[test]
    fn malformed_selectors_are_refused() {
        for selector in [
            ",",
            "app in redis",
            "app in ()",
            "app>x",
            "app>",
            "!app=x",
            "app=-a",
            "a/b/c",
            "/a",
            "=x",
            "a b",
            "app=redis,",
            "app in (x",
            "a=b=c",
            "app=a/b",
            "Almckay.io/app",
            "almckay..io/app",
            "almckay_io/app",
        ] {
            assert!(selector.parse::<LabelSelector>().is_err(), "{selector}");
        }
    }

    #[test]
    fn no_label_is_longer_than_labels_are() {
        let (longest, longer) = ("a".repeat(63), "a".repeat(64));
        let (domain, too_far) = ("a.".repeat(126) + "a", "a.".repeat(126) + "aa");
        for (good, bad) in [
            (longest.clone(), longer.clone()),
            (format!("app={longest}"), format!("app={longer}")),
            (format!("app in ({longest})"), format!("app in ({longer})")),
            (format!("{domain}/{longest}"), format!("{too_far}/app")),
        ] {
            assert!(good.parse::<LabelSelector>().is_ok(), "{good}");
            assert!(bad.parse::<LabelSelector>().is_err(), "{bad}");
        }
    }
}
