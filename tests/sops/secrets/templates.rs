//! The names and keys of each template.

use super::{desk, read};

#[test]
fn templates_have_the_names_that_charts_expect() {
    let desk = desk();
    for (template, name, namespace, keys) in [
        (
            "postgresql",
            "postgresql-credentials",
            "database",
            &["database", "password", "postgres-password", "username"][..],
        ),
        ("redis", "redis-credentials", "cache", &["redis-password"]),
        (
            "authentik",
            "authentik-credentials",
            "auth",
            &[
                "bootstrap-password",
                "bootstrap-token",
                "postgres-password",
                "secret-key",
            ],
        ),
    ] {
        let made = desk.ours(&["secret", template, template]);
        assert_eq!(made.status, 0, "{}", made.stderr);
        let file = format!("{template}.enc.yaml");
        let sealed = desk.read(&file);
        assert!(
            sealed.starts_with("apiVersion: v1\nkind: Secret\n"),
            "{sealed}"
        );
        let secret = read(&desk, &file);
        assert_eq!(secret["metadata"]["name"], name);
        assert_eq!(secret["metadata"]["namespace"], namespace);
        assert_eq!(secret["type"], "Opaque");
        let mut found: Vec<&String> = secret["stringData"].as_object().unwrap().keys().collect();
        found.sort();
        assert_eq!(found, keys);
        for value in secret["stringData"].as_object().unwrap().values() {
            assert!(!sealed.contains(&format!(": {}\n", value.as_str().unwrap())));
            assert!(
                !made.stderr.contains(value.as_str().unwrap()) || value.as_str().unwrap() == "app"
            );
        }
        // Passwords are long, and made anew each time.
        let again = desk.ours(&["secret", template, "again"]);
        assert_eq!(again.status, 0);
        let again = read(&desk, "again.enc.yaml");
        for key in found
            .iter()
            .filter(|key| secret["stringData"][key] != "app")
        {
            assert!(secret["stringData"][key].as_str().unwrap().len() >= 32);
            assert_ne!(secret["stringData"][key], again["stringData"][key]);
        }
        std::fs::remove_file(desk.path("again.enc.yaml")).unwrap();
    }
}
