//! A key that was leaked.

use super::desk::Desk;

#[test]
fn a_leaked_key_has_its_values_listed() {
    let desk = Desk::new();
    desk.checkout.well(&[
        "secret",
        "cloudflare",
        "gitops/old",
        "--generate",
        "api-token",
    ]);
    desk.checkout.commit();
    std::fs::remove_file(desk.checkout.folder().join("gitops/old.enc.yaml")).unwrap();
    desk.reconcile();
    let said = desk.well(&["--emergency", "--dry-run"]);
    for line in [
        "gitops/apps/redis/secret.enc.yaml (Secret cache/redis-credentials)",
        "stringData.redis-password",
        "gitops/old.enc.yaml",
        "stringData.api-token",
    ] {
        assert!(said.contains(line), "{line}: {said}");
    }
}
