//! The committed JSON Schemas are those of the types. `SNAPSHOTS=overwrite` writes them.

use std::path::Path;

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use shared::report::Report;
use shared::status::StatusReport;
use snapbox::{Data, assert_data_eq};

fn is_committed<T: JsonSchema>(name: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../plugins/kubectl-platform")
        .join(name);
    let settings = SchemaSettings::draft2020_12().for_serialize();
    let schema = settings.into_generator().into_root_schema_for::<T>();
    let text = serde_json::to_string_pretty(&schema).unwrap() + "\n";
    assert_data_eq!(text, Data::read_from(&path, None).raw());
}

#[test]
fn report() {
    is_committed::<Report>("report.schema.json");
}

#[test]
fn status_report() {
    is_committed::<StatusReport>("status-report.schema.json");
}
