//! Lists Secrets without their values: as the rows of a table, with their metadata and type.

use serde::Deserialize;

use super::json_list::next_of;
use crate::facts::kinds::secret::Secret;
use crate::facts::meta::Meta;
use crate::facts::{AnyFact, Fact};
use crate::kube::{Chunk, Encoding};
use crate::malformed;

/// Helm keeps every release it ever made in a Secret; none of them is read.
pub(super) const QUERY: &str =
    "&includeObject=Metadata&fieldSelector=type%21%3Dhelm.sh%2Frelease.v1";

/// Leaves out the same where rows are not asked for.
pub(super) const SELECTOR: &str = "&fieldSelector=type%21%3Dhelm.sh%2Frelease.v1";

/// The same for one Secret of a namespace: whoever may list Secrets may ask this too.
pub(super) fn query_of_one(name: &str) -> String {
    format!("{QUERY}%2Cmetadata.name%3D{name}")
}

/// Pages of rows: what `kubectl get secrets` prints, each with the metadata of its Secret.
/// See <https://kubernetes.io/docs/reference/using-api/api-concepts/#receiving-resources-as-tables>.
pub(super) struct SecretRows;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Table {
    column_definitions: Vec<Column>,
    rows: Option<Vec<Row>>,
}

#[derive(Deserialize)]
struct Column {
    name: String,
}

#[derive(Deserialize)]
struct Row {
    cells: Vec<Cell>,
    object: Object,
}

/// A cell holds text or a number.
#[derive(Deserialize)]
#[serde(untagged)]
enum Cell {
    Text(String),
    Other(serde::de::IgnoredAny),
}

#[derive(Deserialize)]
struct Object {
    metadata: Meta,
}

impl Encoding for SecretRows {
    type Item = AnyFact;

    fn accept(&self) -> &'static str {
        "application/json;as=Table;v=v1;g=meta.k8s.io"
    }

    fn next(&self, page: &[u8]) -> Result<String, String> {
        next_of(page, "Table")
    }

    fn read(&self, page: Vec<u8>) -> Result<Chunk<AnyFact>, String> {
        let table = read_table(&page)?;
        let is_type = |column: &Column| column.name == "Type";
        let at = table.column_definitions.iter().position(is_type);
        let at = at.ok_or("the table of Secrets has no column Type")?;
        let items = table.rows.unwrap_or_default().into_iter();
        let items = items.map(|row| secret(row, at).into_any()).collect();
        Ok(Chunk {
            items,
            unreadable: None,
        })
    }
}

fn read_table(page: &[u8]) -> Result<Table, String> {
    let text = std::str::from_utf8(page).map_err(|error| error.to_string())?;
    serde_json::from_str(text).map_err(|error| malformed::json(&error))
}

fn secret(row: Row, type_at: usize) -> Secret {
    let mut secret = Secret {
        metadata: row.object.metadata,
        ..Secret::default()
    };
    if let Some(Cell::Text(text)) = row.cells.into_iter().nth(type_at) {
        secret.r#type = text;
    }
    secret.metadata.api_version = "v1".into();
    secret.metadata.kind = "Secret".into();
    secret
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_becomes_a_secret_whose_keys_are_not_known() {
        let page = br#"{"kind":"Table","metadata":{"continue":""},
            "columnDefinitions":[{"name":"Name"},{"name":"Type"},{"name":"Data"},{"name":"Age"}],
            "rows":[{"cells":["sops-age","Opaque",1,"3d"],
                "object":{"kind":"PartialObjectMetadata","metadata":{"name":"sops-age","namespace":"flux-system",
                "annotations":{"kubectl.kubernetes.io/last-applied-configuration":"hunter2"}}}}]}"#;
        let AnyFact::Secret(secret) = &SecretRows.read(page.to_vec()).unwrap().items[0] else {
            panic!("no Secret");
        };
        assert_eq!(secret.metadata.name, "sops-age");
        assert_eq!(secret.r#type, "Opaque");
        assert!(!secret.keys_known());
        assert!(!format!("{secret:?}").contains("hunter2"));
        assert!(
            SecretRows
                .read(br#"{"kind":"SecretList","items":[]}"#.to_vec())
                .is_err()
        );
    }
}
