//! Cuts large YAML into pieces that are read side by side: its documents, and the items of a list as
//! kubectl prints it.
//!
//! Items are cut where a line begins as that of the first one does. A piece that was cut elsewhere, or
//! that refers to another, is no YAML: then the text is read in the ordinary, slower way.

use memchr::memmem;

/// Pieces are mostly not much larger than this, in bytes.
const PIECE: usize = 128 << 10;

/// What stands before the items of a list, where nothing else of the list is known.
const ITEMS: &str = "items:\n";

/// A part of a text that is YAML itself.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Piece<'a> {
    /// Goes before the text.
    pub(super) head: &'a str,
    /// What it holds: documents, or items of a list.
    pub(super) text: &'a str,
    /// How many lines there are before its objects that are not in it.
    pub(super) line: u64,
}

/// The pieces of a text, in their order.
pub(super) fn of(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let (mut small, mut at, mut line) = (0, 0, 0);
    for document in split(text, "\n---\n") {
        let end = at + document.len();
        if document.len() > PIECE {
            line += push_whole(&text[small..at], line, &mut pieces);
            line += push_list(document, line, &mut pieces);
            small = end;
        } else if end - small > PIECE {
            line += push_whole(&text[small..end], line, &mut pieces);
            small = end;
        }
        at = end;
    }
    push_whole(&text[small..], line, &mut pieces);
    pieces
}

/// The parts of a text, cut after the first line end of what is between them.
fn split<'a>(text: &'a str, between: &str) -> impl Iterator<Item = &'a str> {
    let finder = memmem::Finder::new(between).into_owned();
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let all = rest.take()?;
        let end = finder.find(all.as_bytes());
        let (part, after) = all.split_at(end.map_or(all.len(), |end| end + 1));
        rest = end.map(|_| after);
        Some(part)
    })
}

fn lines(text: &str) -> u64 {
    memchr::memchr_iter(b'\n', text.as_bytes()).count() as u64
}

/// Adds documents, and counts their lines.
fn push_whole<'a>(text: &'a str, line: u64, pieces: &mut Vec<Piece<'a>>) -> u64 {
    if !text.is_empty() {
        pieces.push(Piece {
            head: "",
            text,
            line,
        });
    }
    lines(text)
}

/// Adds a document, cut where it is a list, and counts its lines.
fn push_list<'a>(document: &'a str, line: u64, pieces: &mut Vec<Piece<'a>>) -> u64 {
    let Some((start, between)) = items(document) else {
        return push_whole(document, line, pieces);
    };
    let (head, items) = document.split_at(start);
    let (mut from, mut at) = (0, 0);
    let mut line = line;
    let of_head = lines(head);
    for item in split(items, &between) {
        at += item.len();
        if at - from > PIECE && at < items.len() {
            pieces.push(Piece {
                head: ITEMS,
                text: &items[from..at],
                line: line + of_head - lines(ITEMS),
            });
            line += lines(&items[from..at]);
            from = at;
        }
    }
    pieces.push(Piece {
        head,
        text: &items[from..],
        line,
    });
    lines(document)
}

/// Where the items of a list begin, and what is between two of them.
fn items(document: &str) -> Option<(usize, String)> {
    const NAME: &str = "\nitems:";
    let after = match document.strip_prefix(&NAME[1..]) {
        Some(_) => NAME.len() - 1,
        None => document.find(NAME)? + NAME.len(),
    };
    let (nothing, lines) = document[after..].split_once('\n')?;
    let item = lines.trim_start_matches(' ');
    let indent = &lines[..lines.len() - item.len()];
    let is_list = nothing.trim().is_empty() && item.starts_with("- ");
    is_list.then(|| (document.len() - lines.len(), format!("\n{indent}- ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(kind: &str, indent: &str, count: usize) -> String {
        let item = |n| {
            format!(
                "{indent}- kind: Pod\n{indent}  metadata:\n{indent}    name: {kind}-{n}\n\
                 {indent}    note: |\n{indent}      - kind: none\n{indent}  spec:\n{indent}    volumes:\n\
                 {indent}    - name: {}\n",
                "x".repeat(9000)
            )
        };
        let items: String = (0..count).map(item).collect();
        format!("apiVersion: v1\nitems:\n{items}kind: List\nmetadata: {{}}\n")
    }

    #[test]
    fn pieces_are_the_text_in_its_order() {
        for indent in ["", "  "] {
            let small = "kind: Node\n---\n".repeat(9);
            let many = "kind: Namespace\n---\n".repeat(20_000);
            let text = [
                &small,
                &list("a", indent, 50),
                "---\n",
                &many,
                &list("b", indent, 3),
            ]
            .concat();
            let pieces = of(&text);
            let together: String = pieces.iter().map(|piece| piece.text).collect();
            let heads: usize = pieces
                .iter()
                .filter(|piece| piece.head != ITEMS)
                .map(|piece| piece.head.len())
                .sum();
            assert_eq!(together.len() + heads, text.len());
            assert!(pieces.iter().filter(|piece| piece.head == ITEMS).count() > 2);
            assert!(pieces.iter().all(|piece| piece.text.len() < 2 * PIECE));
            for piece in &pieces {
                let before = (piece.line + lines(piece.head)) as usize;
                assert_eq!(text.lines().nth(before), piece.text.lines().next());
            }
        }
    }

    #[test]
    fn what_is_no_list_of_kubectl_is_not_cut() {
        for text in [
            "items: [a]\n",
            "items:\n  a: b\n",
            "kind: items:\n- a\n",
            "items:",
        ] {
            assert_eq!(items(text), None, "{text}");
        }
        assert_eq!(items("items:\n- a\n"), Some((7, "\n- ".to_owned())));
    }
}
