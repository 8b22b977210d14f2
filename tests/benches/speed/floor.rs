//! What cannot be faster: reading files and keeping nothing. It runs as ours does, as a program of its own from
//! its start to its end, so that both find memory that nobody has touched.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use serde::de::IgnoredAny;

use crate::measure::{Measured, run};

/// The word that makes this program read files and nothing more.
const WORD: &str = "floor";

/// Reads a file and keeps nothing of it.
type Read = fn(&Path);

/// By what is read with them.
const READERS: [(&str, Read); 2] = [("json", json), ("yaml", yaml)];

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

/// What it takes to read all files of a folder, as `json` or `yaml`.
pub(crate) fn measure(format: &str, folder: &Path) -> Measured {
    let program = env::current_exe().unwrap();
    run(Command::new(program).args([WORD, format]).arg(folder))
}

/// Does what [`measure`] has asked for; whether it has.
pub(crate) fn was_asked(words: &[String]) -> bool {
    let [word, format, folder] = words else {
        return false;
    };
    let reader = READERS.iter().find(|(name, _)| name == format);
    let Some((_, read)) = reader.filter(|_| word == WORD) else {
        return false;
    };
    files_in(Path::new(folder))
        .iter()
        .for_each(|file| read(file));
    true
}

/// By `serde_json`.
fn json(file: &Path) {
    serde_json::from_slice::<IgnoredAny>(&fs::read(file).unwrap()).unwrap();
}

/// By the YAML parser.
fn yaml(file: &Path) {
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
