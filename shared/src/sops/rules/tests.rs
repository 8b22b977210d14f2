//! Which rule decides.

use super::*;

const ONE: &str = "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p";

#[test]
fn a_configuration_that_is_named_from_below_rules_its_own_folder() {
    let text = format!("creation_rules:\n  - path_regex: ^prod/\n    age: {ONE}\n");
    for name in [
        "/repo/prod/../.sops.yaml",
        "/repo/./prod/x/../../.sops.yaml",
    ] {
        let config = Config::parse(Path::new(name), &text).unwrap();
        assert_eq!(config.folder(), Path::new("/repo"), "{name}");
        let rule = config.rule_for(Path::new("/repo/prod/a.yaml")).unwrap();
        assert!(rule.is_some(), "{name}");
    }
}

#[test]
fn the_first_rule_that_matches_decides() {
    let text = format!(
        "creation_rules:\n  - path_regex: \\.enc\\.yaml$\n    encrypted_regex: ^(data|stringData)$\n    age: {ONE},\n  - age: [{ONE}]\n"
    );
    let config = Config::parse(Path::new("/repo/.sops.yaml"), &text).unwrap();
    let first = config
        .rule_for(Path::new("/repo/a/b.enc.yaml"))
        .unwrap()
        .unwrap();
    assert_eq!((first.index, first.has_path), (0, true));
    assert_eq!(first.groups[0].recipients[0].name(), ONE);
    let second = config
        .rule_for(Path::new("/repo/a/b.yaml"))
        .unwrap()
        .unwrap();
    assert_eq!(
        (second.index, second.has_path, second.rule),
        (1, false, None)
    );
}
