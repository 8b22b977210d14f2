//! What may have been meant by a misspelt name.

/// How much a name must be like another (0 to 1) to be what was meant.
const ALIKE: f64 = 0.75;

/// How many are suggested.
const SUGGESTIONS: usize = 3;

/// The names that are most like what was written; what follows the last slash may have been written alone.
pub fn nearest<'a>(written: &str, names: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    let likeness = |whole: &str| {
        let name = whole.rsplit('/').next().unwrap_or_default();
        strsim::jaro_winkler(whole, written).max(strsim::jaro_winkler(name, written))
    };
    let names = names.into_iter().map(|name| (likeness(name), name));
    let mut alike: Vec<_> = names.filter(|(likeness, _)| *likeness >= ALIKE).collect();
    alike.sort_by(|a, b| b.0.total_cmp(&a.0));
    alike.dedup();
    let names = alike.into_iter().map(|(_, name)| name);
    names.take(SUGGESTIONS).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn misspelt_names_are_found() {
        let names = [
            "deployments",
            "daemonsets",
            "pods",
            "secrets/missing-secret",
        ];
        assert_eq!(nearest("deploymnt", names)[0], "deployments");
        assert_eq!(
            nearest("secrets/missing-secrt", names),
            ["secrets/missing-secret"]
        );
        assert_eq!(nearest("missing-secrt", names), ["secrets/missing-secret"]);
        assert!(nearest("zzz", names).is_empty());
    }
}
