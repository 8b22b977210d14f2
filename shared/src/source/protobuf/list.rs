//! Pages of a list in protobuf, as the API server writes them.

use super::json;
use super::table::Field;
use super::tables;
use crate::facts::{AnyFact, Kind};
use crate::kube::{Chunk, Encoding};
use crate::protobuf::{MAGIC, Malformed, Reader, Wire};
use crate::source::json_list::JsonList;

/// Lists of one kind.
pub(in crate::source) struct ProtobufList(&'static [Field]);

impl ProtobufList {
    /// How lists of a kind are read, if it has a form in protobuf.
    pub(in crate::source) fn of(kind: Kind) -> Option<Self> {
        tables::of(kind).map(Self)
    }
}

impl Encoding for ProtobufList {
    type Item = AnyFact;

    fn accept(&self) -> &'static str {
        "application/vnd.kubernetes.protobuf,application/json"
    }

    fn next(&self, page: &[u8]) -> Result<String, String> {
        match page.strip_prefix(MAGIC) {
            Some(answer) => next_of(answer).map_err(malformed),
            None => JsonList.next(page),
        }
    }

    fn read(&self, page: Vec<u8>) -> Result<Chunk<AnyFact>, String> {
        match page.strip_prefix(MAGIC) {
            Some(answer) => {
                let json = to_json(answer, self.0).map_err(malformed)?;
                drop(page);
                JsonList.read(json)
            }
            None => JsonList.read(page),
        }
    }
}

fn malformed(Malformed: Malformed) -> String {
    "the answer is malformed protobuf".to_owned()
}

/// An answer: 1 tells its version and kind, 2 is the list itself.
struct Answer<'a> {
    api_version: &'a [u8],
    kind: &'a [u8],
    list: &'a [u8],
}

impl<'a> Answer<'a> {
    fn of(answer: &'a [u8]) -> Result<Self, Malformed> {
        let of_type = Reader(Reader(answer).find(1)?.unwrap_or_default());
        let kind = of_type.find(2)?.unwrap_or_default();
        if !kind.ends_with(b"List") {
            return Err(Malformed);
        }
        Ok(Self {
            api_version: of_type.find(1)?.unwrap_or_default(),
            kind,
            list: Reader(answer).find(2)?.unwrap_or_default(),
        })
    }
}

/// 1 is the list's metadata, of which 3 is what asks for the next page.
fn next_of(answer: &[u8]) -> Result<String, Malformed> {
    let metadata = Reader(Answer::of(answer)?.list)
        .find(1)?
        .unwrap_or_default();
    let next = Reader(metadata).find(3)?.unwrap_or_default();
    String::from_utf8(next.to_vec()).map_err(|_| Malformed)
}

/// 2 is an object, and stands there once for each.
fn to_json(answer: &[u8], fields: &[Field]) -> Result<Vec<u8>, Malformed> {
    let answer = Answer::of(answer)?;
    let mut json = Vec::with_capacity(answer.list.len() / 2);
    json.extend_from_slice(b"{\"apiVersion\":");
    json::text(answer.api_version, &mut json)?;
    json.extend_from_slice(b",\"kind\":");
    json::text(answer.kind, &mut json)?;
    json.extend_from_slice(b",\"items\":[");
    let mut list = Reader(answer.list);
    while let Some((number, wire)) = list.next()? {
        if let (2, Wire::Bytes(object)) = (number, wire) {
            json::object(object, fields, &mut json)?;
            json.push(b',');
        }
    }
    json::close(&mut json, b']');
    json.push(b'}');
    Ok(json)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A field whose value has under 128 bytes.
    fn field(number: u8, value: &[u8]) -> Vec<u8> {
        let length = u8::try_from(value.len()).unwrap();
        [&[number << 3 | 2, length], value].concat()
    }

    fn page(kind: &[u8], names: &[&str]) -> Vec<u8> {
        let mut list = field(1, &field(3, b"abc"));
        for name in names {
            list.extend(field(2, &field(1, &field(1, name.as_bytes()))));
        }
        let of_type = [field(1, b"v1"), field(2, kind)].concat();
        [MAGIC, &field(1, &of_type), &field(2, &list)].concat()
    }

    #[test]
    fn a_page_is_read_and_asks_for_the_next() {
        let pods = ProtobufList::of(Kind::Pod).unwrap();
        let page = page(b"PodList", &["a", "b"]);
        assert_eq!(pods.next(&page).unwrap(), "abc");
        let chunk = pods.read(page).unwrap();
        let names: Vec<_> = chunk.items.iter().map(|pod| &*pod.meta().name).collect();
        assert_eq!(names, ["a", "b"]);
        assert_eq!(chunk.items[0].meta().kind, "Pod");
        assert!(chunk.unreadable.is_none());
    }

    #[test]
    fn what_is_no_list_or_cut_short_is_an_error() {
        let pods = ProtobufList::of(Kind::Pod).unwrap();
        let whole = page(b"PodList", &["a"]);
        for broken in [page(b"Status", &[]), whole[..whole.len() - 1].to_vec()] {
            assert!(pods.next(&broken).is_err());
            assert!(pods.read(broken).is_err());
        }
    }
}
