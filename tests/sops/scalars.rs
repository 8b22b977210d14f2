//! How plain scalars are typed, as the real sops types them.

use std::path::Path;

use shared::sops::scalar;
use shared::sops::yaml::resolve;

#[test]
fn forms_have_the_types_of_the_table_where_it_is_at_hand() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/scalars.tsv");
    let Ok(table) = std::fs::read_to_string(path) else {
        return;
    };
    let rows = table.lines().skip(1).filter(|line| !line.is_empty());
    let mut count = 0;
    for row in rows {
        let mut cells = row.split('\t');
        let (form, kind) = (cells.next().unwrap(), cells.next().unwrap());
        // A lone dash is no scalar.
        if form == "-" {
            continue;
        }
        let found = match resolve(form) {
            Err(_) => "error",
            Ok(value) => scalar::encode(&value).map_or("null", |(kind, _)| kind.name()),
        };
        assert_eq!(found, kind, "{form}");
        count += 1;
    }
    assert!(count > 100, "only {count} rows");
}
