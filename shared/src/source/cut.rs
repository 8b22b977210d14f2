//! Cuts the text of a large JSON list into pieces of whole items while it is read, so that a file need
//! not fit in memory and its items can be parsed side by side.
//!
//! Where an item ends is guessed, by how the first one begins. A piece that was cut elsewhere is no
//! array of whole items, which its parser tells: the file is then read in the ordinary, slower way.

use std::io::{self, Read};

use memchr::memmem;

/// How much of a file is read at a time, in bytes.
const PIECE: u64 = 256 << 10;

/// A part of a list's text.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Piece {
    /// An array of some of the items.
    Items(Vec<u8>),
    /// The list itself, without the items of all other pieces.
    Last(Vec<u8>),
}

/// What is not cut yet of a list's text.
pub(super) struct Cutter<R> {
    file: R,
    /// The list's text up to its first item.
    head: Vec<u8>,
    between: Between,
    /// From the start of an item.
    text: Vec<u8>,
    is_whole: bool,
}

impl<R: Read> Cutter<R> {
    /// Reads up to the items; nothing where the text does not look like a list of objects.
    pub(super) fn new(mut file: R) -> io::Result<Option<Self>> {
        let mut head = Vec::new();
        file.by_ref().take(PIECE).read_to_end(&mut head)?;
        let Some(start) = start_of_items(&head) else {
            return Ok(None);
        };
        let text = head.split_off(start);
        let cutter = Between::like_first(&text).map(|between| Self {
            file,
            head,
            between,
            text,
            is_whole: false,
        });
        Ok(cutter)
    }

    /// The list's text up to its first item.
    pub(super) fn head(&self) -> &[u8] {
        &self.head
    }

    /// Reads the next piece; nothing after the last.
    pub(super) fn next(&mut self) -> io::Result<Option<Piece>> {
        let mut seen = 0;
        while !self.is_whole {
            if let Some(found) = self.between.rfind(&self.text[seen..]) {
                return Ok(Some(Piece::Items(self.cut(seen + found))));
            }
            seen = self.text.len().saturating_sub(self.between.text.len());
            let mut more = self.file.by_ref().take(PIECE);
            self.is_whole = more.read_to_end(&mut self.text)? == 0;
        }
        let rest = std::mem::take(&mut self.text);
        Ok((!rest.is_empty()).then(|| Piece::Last([&*self.head, &rest].concat())))
    }

    /// Takes the items before what stands at a place between two.
    fn cut(&mut self, at: usize) -> Vec<u8> {
        let mut rest = Vec::with_capacity(2 * PIECE as usize);
        rest.extend_from_slice(&self.text[at + self.between.next..]);
        let items = &self.text[..at + self.between.end];
        let array = [b"[", items, b"]"].concat();
        self.text = rest;
        array
    }
}

/// Where the text of the first item begins.
fn start_of_items(text: &[u8]) -> Option<usize> {
    const NAME: &[u8] = b"\"items\"";
    let after = memmem::find(text, NAME)? + NAME.len();
    let colon = after + spaces(&text[after..]);
    let bracket = colon + 1 + spaces(text.get(colon + 1..)?);
    let opens = text.get(colon) == Some(&b':') && text.get(bracket) == Some(&b'[');
    opens.then_some(bracket + 1)
}

fn spaces(text: &[u8]) -> usize {
    let is_none = |byte: &u8| !byte.is_ascii_whitespace();
    text.iter().position(is_none).unwrap_or(text.len())
}

/// What stands between two items, from the end of one into the next.
struct Between {
    text: Vec<u8>,
    /// How much of it is the former item's.
    end: usize,
    /// Where in it the next item begins.
    next: usize,
}

impl Between {
    /// What the list's text from its first item on makes expect. That is never part of a string: line
    /// ends are escaped there, and so are quotes.
    fn like_first(text: &[u8]) -> Option<Self> {
        let (space, first) = text.split_at(spaces(text));
        let (before, first): (_, &[u8]) = if space.contains(&b'\n') {
            (space, b"{")
        } else {
            let value = memmem::find(first, b":\"")?;
            (&[], &first[..value + 2])
        };
        first.starts_with(b"{").then(|| Self {
            text: [before, b"},", space, first].concat(),
            end: before.len() + 1,
            next: before.len() + 2,
        })
    }

    fn rfind(&self, text: &[u8]) -> Option<usize> {
        memmem::rfind(text, &self.text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Option<Vec<String>> {
        let mut cutter = Cutter::new(text.as_bytes()).unwrap()?;
        let mut pieces = Vec::new();
        while let Some(piece) = cutter.next().unwrap() {
            let (Piece::Items(text) | Piece::Last(text)) = piece;
            pieces.push(String::from_utf8(text).unwrap());
        }
        Some(pieces)
    }

    fn pods(count: usize) -> serde_json::Value {
        let pod = |n: usize| {
            serde_json::json!({
                "metadata": {"name": format!("web-{n}"), "note": "\"},{\"metadata\":{\"name\":\"".repeat(100)},
                "spec": {"volumes": [{"metadata": {}}, {"metadata": {}}]},
            })
        };
        let pods: Vec<_> = (0..count).map(pod).collect();
        serde_json::json!({"kind": "PodList", "items": pods, "metadata": {"items": [1]}})
    }

    #[test]
    fn pieces_hold_all_items_in_their_order_however_they_are_written() {
        let list = pods(300);
        for text in [
            list.to_string(),
            serde_json::to_string_pretty(&list).unwrap(),
        ] {
            let pieces = cut(&text).unwrap();
            assert!(pieces.len() > 1, "{}", pieces.len());
            let (last, arrays) = pieces.split_last().unwrap();
            let mut items = Vec::new();
            for array in arrays {
                items.extend(serde_json::from_str::<Vec<serde_json::Value>>(array).unwrap());
            }
            let mut last: serde_json::Value = serde_json::from_str(last).unwrap();
            items.append(last["items"].as_array_mut().unwrap());
            last["items"] = items.into();
            assert_eq!(last, list);
        }
    }

    #[test]
    fn what_has_no_objects_as_items_is_not_cut() {
        for text in [
            "",
            "{}",
            r#"{"items":[1,2]}"#,
            r#"{"items":{"a":1}}"#,
            r#"{"items":["#,
        ] {
            assert_eq!(cut(text), None, "{text}");
        }
    }
}
