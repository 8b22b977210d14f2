//! Reads YAML object by object: each is written down as JSON and read from there, so that the
//! structs of facts know one format only. The parser's own pass costs ten times as much.

mod document;
mod pieces;

use serde_saphyr::Spanned;

use self::document::YamlDocument;
use super::document::{Document, ItemType};
use crate::parallel;

/// Smaller texts are read at once: threads would cost more than they save.
const LARGE: usize = 256 << 10;

/// More different such numbers nobody has in one file.
const MOST_LARGE: usize = 16;

/// What a text holds, object by object, each with the line it starts on.
pub(super) fn documents(text: &str) -> Result<Vec<(Document, u64)>, serde_saphyr::Error> {
    let large = (text.len() >= LARGE).then(|| side_by_side(text));
    large.flatten().map_or_else(|| read(text), Ok)
}

/// The same in pieces; nothing where one of them is not what it seemed to be, or malformed.
fn side_by_side(text: &str) -> Option<Vec<(Document, u64)>> {
    let pieces = pieces::of(text);
    let mut all = Vec::new();
    let of_pieces = parallel::map(&pieces, parallel::workers, |piece| {
        read(&[piece.head, piece.text].concat())
    });
    for (piece, documents) in pieces.iter().zip(of_pieces) {
        for (document, line) in documents.ok()? {
            // Items without a type are of the one that the list tells before or after all pieces.
            if document.unreadable.iter().any(|one| one.kind.is_none()) {
                return None;
            }
            all.push((document, piece.line + line));
        }
    }
    Some(all)
}

/// Numbers that are too large for Go are texts to kubectl, which does not quote them: commits such as
/// `12e34567`. To this parser they are infinite.
fn read(text: &str) -> Result<Vec<(Document, u64)>, serde_saphyr::Error> {
    let mut all = read_once(text);
    let mut quoted = std::borrow::Cow::Borrowed(text);
    for _ in 0..MOST_LARGE {
        let Err(serde_saphyr::Error::NonFiniteFloat { value, .. }) = &all else {
            break;
        };
        if !value
            .bytes()
            .all(|byte| byte.is_ascii_digit() || b"eE".contains(&byte))
        {
            break;
        }
        quoted = quote(&quoted, value).into();
        all = read_once(&quoted);
    }
    all
}

/// Puts a word in quotes wherever it stands alone.
fn quote(text: &str, word: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 64);
    let mut rest = text;
    while let Some(at) = rest.find(word) {
        let (before, after) = (&rest[..at], &rest[at + word.len()..]);
        let is_end = |c: Option<char>| c.is_none_or(|c| c.is_whitespace() || "[]{},".contains(c));
        let is_alone = is_end(before.chars().next_back().or(quoted.chars().next_back()))
            && is_end(after.chars().next());
        quoted.push_str(before);
        match is_alone {
            true => quoted.extend(["\"", word, "\""]),
            false => quoted.push_str(word),
        }
        rest = after;
    }
    quoted + rest
}

/// The parser's budget keeps hostile files from eating memory. How much a file may hold grows
/// with its size; what aliases may multiply does not.
fn read_once(text: &str) -> Result<Vec<(Document, u64)>, serde_saphyr::Error> {
    let size = text.len().max(1 << 16);
    let options = serde_saphyr::options! {
        budget: serde_saphyr::budget! {
            max_events: size,
            max_nodes: size,
            max_total_scalar_bytes: size * 2,
            max_documents: size,
        },
        with_snippet: false,
    };
    let documents: Vec<Spanned<YamlDocument>> =
        serde_saphyr::from_multiple_with_options(text, options)?;
    let own = ItemType::default();
    let mut all = Vec::new();
    for document in documents {
        let line = document.referenced.line();
        document.value.add_to(&mut all, line, &own);
    }
    Ok(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(count: usize) -> String {
        let pod = |n| {
            let note = "x".repeat(900);
            format!(
                "- apiVersion: v1\n  kind: Pod\n  metadata:\n    name: web-{n}\n    note: {note}\n"
            )
        };
        let items: String = (0..count).map(pod).collect();
        format!("# pods\napiVersion: v1\nitems:\n{items}kind: List\n")
    }

    fn names(documents: &[(Document, u64)]) -> Vec<(&str, u64)> {
        let all = documents.iter().flat_map(|(all, line)| {
            let names = all.objects.iter().map(|fact| fact.meta().name.as_str());
            names.map(|name| (name, *line))
        });
        all.collect()
    }

    #[test]
    fn a_commit_that_looks_like_a_huge_number_is_a_text() {
        let text = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: 12e34567\n  labels: {a: 12e34567, b: x12e34567, c: 3e999}\n";
        let documents = documents(text).unwrap();
        assert_eq!(names(&documents), [("12e34567", 1)]);
        let labels = &documents[0].0.objects[0].meta().labels;
        let labels: Vec<_> = labels.values().map(|value| value.as_str()).collect();
        assert_eq!(labels, ["12e34567", "x12e34567", "3e999"]);
        let text = "apiVersion: v1\nkind: Pod\nmetadata: {name: .inf}\n";
        assert!(super::documents(text).is_err());
    }

    #[test]
    fn items_are_of_the_type_that_their_list_tells_before_or_after_them() {
        let items = "items:\n- metadata: {name: a}\n- metadata: {name: 7}\n- apiVersion: v1\n  kind: Node\n  metadata: {name: b}\n";
        for text in [
            format!("apiVersion: v1\n{items}kind: PodList\nmetadata: {{}}\n"),
            format!("kind: PodList\napiVersion: v1\n{items}"),
        ] {
            let all = documents(&text).unwrap();
            let objects = all.iter().flat_map(|(all, _)| &all.objects);
            let kinds: Vec<_> = objects.map(|fact| &*fact.meta().kind).collect();
            assert_eq!(kinds.len(), 2, "{kinds:?}");
            assert!(
                kinds.contains(&"Pod") && kinds.contains(&"Node"),
                "{kinds:?}"
            );
            assert_eq!(all[1].0.unreadable[0].kind, Some(crate::facts::Kind::Pod));
        }
        let large = list(900)
            .replace("- apiVersion: v1\n  kind: Pod\n  metadata", "- metadata")
            .replace("kind: List", "kind: PodList");
        assert!(large.len() > LARGE);
        assert_eq!(documents(&large).unwrap().len(), 900);
    }

    #[test]
    fn pieces_hold_what_the_whole_does() {
        let node = "apiVersion: v1\nkind: Node\nmetadata: {name: k3s-1}\n";
        let text = [
            node,
            "---\n",
            &list(900),
            "---\n",
            node,
            "---\n",
            &list(400),
        ]
        .concat();
        let pieces = side_by_side(&text).unwrap();
        assert_eq!(names(&pieces), names(&read(&text).unwrap()));
        assert_eq!(pieces.len(), 1302);
    }

    #[test]
    fn what_cannot_be_cut_is_read_as_a_whole() {
        let anchored = list(900)
            .replacen("name: web-1\n", "name: &one web-1\n", 1)
            .replacen("name: web-899\n", "name: *one\n", 1);
        assert!(side_by_side(&anchored).is_none());
        let all = documents(&anchored).unwrap();
        assert_eq!(names(&all)[899].0, "web-1");
        let broken = list(900).replacen("name: web-899\n", "name: [\n", 1);
        let line = crate::malformed::yaml(&documents(&broken).err().unwrap());
        assert!(line.contains("line 4"), "{line}");
    }
}
