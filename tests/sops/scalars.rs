//! How plain scalars are typed, as the real sops types them.

use std::path::Path;

use shared::sops::scalar;
use shared::sops::yaml::resolve;

use crate::desk::Desk;

#[test]
#[cfg_attr(not(cases_at_hand), ignore = "the cases of others are not at hand")]
fn forms_have_the_types_of_the_table() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/scalars.tsv");
    let table = std::fs::read_to_string(path).unwrap();
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

#[test]
fn numbers_of_many_digits_hold_both_ways() {
    let desk = Desk::new();
    // Of two texts that are as near, sops takes the even one; and many write an exponent of two digits.
    let numbers = "\"a\": 1431044366295.40625, \"b\": -273986070506371.125, \"c\": 1e-05, \"d\": 2.5E-07, \"e\": -0, \"f\": 1e22";
    desk.write("n.json", format!("{{{numbers}}}"));
    desk.write("n.yaml", format!("{{{numbers}}}\n"));
    for file in ["n.json", "n.yaml"] {
        for rule in [&[][..], &["--encrypted-regex", "^none$"]] {
            let found = desk.both_ways(file, rule);
            let expected = String::from_utf8_lossy(&found.sops_of_sops);
            assert_eq!(String::from_utf8_lossy(&found.sops_of_ours), expected);
            if file == "n.json" {
                assert_eq!(String::from_utf8_lossy(&found.ours_of_ours), expected);
                assert_eq!(String::from_utf8_lossy(&found.ours_of_sops), expected);
            }
        }
    }
}
