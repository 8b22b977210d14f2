//! The fuzz targets on their seeds, and on all that fuzzing found.

#[path = "../fuzz/readers.rs"]
mod readers;

use std::path::Path;

#[test]
fn what_fuzzing_found_stays_mended() {
    let fuzz = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz");
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
                read(&std::fs::read(path).unwrap());
                count += 1;
            }
        }
        assert!(count > 0, "{name} has no seeds");
    }
}
