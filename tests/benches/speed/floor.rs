//! What cannot be faster: reading files and keeping nothing.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use serde::de::IgnoredAny;

use crate::measure::Measured;

/// All files of a folder that is not nested.
pub(crate) fn files_in(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap();
    entries.map(|entry| entry.unwrap().path()).collect()
}

/// Their size together, in bytes.
pub(crate) fn size_of(files: &[PathBuf]) -> u64 {
    let sizes = files.iter().map(|file| fs::metadata(file).unwrap().len());
    sizes.sum()
}

/// `serde_json` over all files.
pub(crate) fn json(files: &[PathBuf]) -> Measured {
    let start = Instant::now();
    for file in files {
        serde_json::from_slice::<IgnoredAny>(&fs::read(file).unwrap()).unwrap();
    }
    Measured {
        seconds: start.elapsed().as_secs_f64(),
        memory: 0,
    }
}

/// The YAML parser over all files.
pub(crate) fn yaml(files: &[PathBuf]) -> Measured {
    let start = Instant::now();
    for file in files {
        let text = fs::read_to_string(file).unwrap();
        let options = serde_saphyr::options! {
            budget: serde_saphyr::budget! {
                max_events: text.len(),
                max_nodes: text.len(),
                max_total_scalar_bytes: text.len(),
                max_documents: text.len(),
            },
            with_snippet: false,
        };
        serde_saphyr::from_multiple_with_options::<IgnoredAny>(&text, options).unwrap();
    }
    Measured {
        seconds: start.elapsed().as_secs_f64(),
        memory: 0,
    }
}
