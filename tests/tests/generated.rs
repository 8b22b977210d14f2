//! Generated text is committed, and must not be stale. `SNAPSHOTS=overwrite` writes it anew.

use std::path::Path;

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use shared::render::reference;
use shared::report::Report;
use shared::status::StatusReport;
use snapbox::{Data, assert_data_eq};

fn is_committed(path: &str, text: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../plugins")
        .join(path);
    assert_data_eq!(text, Data::read_from(&path, None).raw());
}

fn schema_is_committed<T: JsonSchema>(path: &str) {
    let settings = SchemaSettings::draft2020_12().for_serialize();
    let schema = settings.into_generator().into_root_schema_for::<T>();
    let text = serde_json::to_string_pretty(&schema).unwrap() + "\n";
    is_committed(path, &text);
}

#[test]
fn the_reference_of_checks_of_keys() {
    is_committed(
        "flux-sops-age/CHECKS.md",
        &reference(&flux_sops_age::checks::CATALOG),
    );
}

#[test]
fn the_reference_of_checks() {
    is_committed(
        "kubectl-platform/CHECKS.md",
        &reference(&kubectl_platform::checks::CATALOG),
    );
}

#[test]
fn the_schema_of_reports() {
    schema_is_committed::<Report>("kubectl-platform/report.schema.json");
}

#[test]
fn the_schema_of_status_reports() {
    schema_is_committed::<StatusReport>("kubectl-platform/status-report.schema.json");
}
