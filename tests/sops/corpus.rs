//! The fuzz targets on their seeds, and on all that fuzzing found.

#[path = "../fuzz/readers.rs"]
mod readers;

use std::collections::BTreeSet;
use std::path::Path;

/// What is refused: all other files are taken, so that none passes because nobody reads it any more.
const REFUSED: [&str; 6] = [
    "crashes/ini/nameless",
    "crashes/ini/quotes-0815",
    "crashes/ini/quotes-30cc",
    "crashes/ini/quotes-374e",
    "crashes/yaml/lone-return",
    "crashes/yaml/lone-return-in-key",
];

#[test]
fn what_fuzzing_found_stays_mended() {
    let fuzz = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz");
    let mut refused = BTreeSet::new();
    for (name, read) in readers::ALL {
        assert!(
            fuzz.join(format!("fuzz_targets/{name}.rs")).exists(),
            "{name}"
        );
        let mut count = 0;
        for folder in ["seeds", "crashes"] {
            let Ok(entries) = std::fs::read_dir(fuzz.join(folder).join(name)) else {
                continue;
            };
            for entry in entries {
                let path = entry.unwrap().path();
                println!("{}", path.display());
                if !read(&std::fs::read(&path).unwrap()) {
                    let file = path.file_name().unwrap().to_string_lossy();
                    refused.insert(format!("{folder}/{name}/{file}"));
                }
                count += 1;
            }
        }
        assert!(count > 0, "{name} has no seeds");
    }
    assert_eq!(refused, REFUSED.map(str::to_owned).into());
}
