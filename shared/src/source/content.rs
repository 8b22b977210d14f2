//! What one file holds: JSON, YAML, or a list too large to be read at once.

use std::fs;
use std::io::{self, Read, Seek};
use std::path::Path;

use serde::de::IgnoredAny;

use super::document::Document;
use super::gathered::Gathered;
use super::{json, large, yaml};
use crate::failure::{self, Failure, Result};
use crate::malformed;
use crate::mask::mask_credentials;

/// What a file holds.
pub(super) enum Content {
    /// Its documents, with the line that each starts on where the format tells one.
    Documents(Vec<(Document, Option<u64>)>),
    /// A list that was taken apart while it was read.
    Large(Box<Gathered>),
}

impl Content {
    /// The same in a namespace, as kustomize puts objects into it; what is too large for a person to have written stays.
    pub(super) fn put_into(mut self, namespace: &str) -> Self {
        if let Self::Documents(documents) = &mut self {
            documents
                .iter_mut()
                .for_each(|(document, _)| document.put_into(namespace));
        }
        self
    }
}

/// That a file cannot be read.
pub(super) fn unreadable(path: &Path, error: &io::Error) -> Failure {
    let why = failure::io(error);
    Failure::new(format!("cannot read {}: {why}", path.display()))
}

/// Reads one file of objects.
pub(super) fn read_file(path: &Path) -> Result<Content> {
    let fail = |error: io::Error| unreadable(path, &error);
    read_opened(fs::File::open(path).map_err(fail)?, path)
}

/// Reads one file of objects, which is open, from its start.
pub(super) fn read_opened(mut file: fs::File, path: &Path) -> Result<Content> {
    let fail = |error: io::Error| unreadable(path, &error);
    if file.metadata().map_err(fail)?.len() >= large::LARGE {
        if let Ok(gathered) = large::read(&file) {
            return Ok(Content::Large(Box::new(gathered)));
        }
        file.rewind().map_err(fail)?;
    }
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes).map_err(fail)?;
    read_bytes(bytes, &path.display().to_string())
}

/// Reads the text of a file of objects.
pub(super) fn read_bytes(mut bytes: Vec<u8>, name: &str) -> Result<Content> {
    let fail = |why: &str| Failure::new(format!("cannot read {name}: {why}"));
    if [[0xff, 0xfe], [0xfe, 0xff]]
        .iter()
        .any(|mark| bytes.starts_with(mark))
    {
        let failure = fail("it is UTF-16");
        return Err(
            failure.hint("write it in UTF-8; in PowerShell: | Out-File -Encoding utf8 FILE")
        );
    }
    mask_credentials(&mut bytes);
    let text = std::str::from_utf8(&bytes).map_err(|_| fail("it is not text"))?;
    if text.contains('\0') {
        return Err(fail("it is not text"));
    }
    let looks_like_json = matches!(text.trim_start().bytes().next(), Some(b'{' | b'['));
    let no_json = match looks_like_json.then(|| json::documents(text)) {
        Some(Ok(documents)) => {
            let unplaced = documents.into_iter().map(|document| (document, None));
            return Ok(Content::Documents(unplaced.collect()));
        }
        Some(Err(error)) => Some(error),
        None => None,
    };
    if let Some(error) = no_json.as_ref().filter(|error| is_json_cut(text, error)) {
        return Err(fail(&malformed::json(error)));
    }
    match (yaml::documents(text), no_json) {
        (Ok(documents), _) => {
            let placed = documents.into_iter();
            let placed = placed.map(|(document, line)| (document, Some(line)));
            Ok(Content::Documents(placed.collect()))
        }
        // YAML in flow style begins as JSON does; what is neither was mostly meant as JSON.
        (Err(_), Some(error)) => Err(fail(&malformed::json(&error))),
        (Err(error), None) => Err(fail(&malformed::yaml(&error))),
    }
}

/// Whether a text is JSON that ends too early, or goes on as no YAML does: no other parser will take it.
fn is_json_cut(text: &str, error: &serde_json::Error) -> bool {
    let mut first = serde_json::Deserializer::from_str(text).into_iter::<IgnoredAny>();
    let is_read = matches!(first.next(), Some(Ok(_)));
    let rest = text.get(first.byte_offset()..).unwrap_or_default();
    let next = rest.trim_start().bytes().next();
    let may_be_yaml = matches!(next, None | Some(b'-' | b'.' | b'#' | b':'));
    error.is_eof() && !is_read || is_read && !may_be_yaml
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn yaml_may_begin_as_json_does() {
        let flow = "{apiVersion: v1, kind: Pod, metadata: {name: web}}".to_owned();
        let content = read_bytes(flow.into_bytes(), "flow.yaml").unwrap();
        assert!(matches!(content, Content::Documents(all) if all[0].0.objects.len() == 1));
    }

    #[test]
    fn what_windows_writes_is_told_from_what_is_no_text() {
        for (bytes, why) in [
            (&b"\xff\xfea\0"[..], "cannot read -: it is UTF-16"),
            (&b"\xffa"[..], "cannot read -: it is not text"),
        ] {
            let failure = read_bytes(bytes.to_vec(), "-").err().unwrap();
            assert_eq!(failure.to_string(), why);
        }
    }

    #[test]
    fn what_was_meant_as_json_is_refused_in_terms_of_json() {
        let cut = r#"{"apiVersion": "v1", "kind": "Pod", "metadata": {"na"#.to_owned();
        let failure = read_bytes(cut.into_bytes(), "-").err().unwrap().to_string();
        assert!(
            failure.contains("EOF while parsing a string at line 1"),
            "{failure}"
        );
    }
}
