//! Reads large JSON lists side by side on all cores, without holding the file in memory.

use std::io::Read;
use std::sync::mpsc::{SyncSender, sync_channel};
use std::thread;

use super::cut::{Cutter, Piece};
use super::document::{Document, ItemType};
use super::gathered::Gathered;
use crate::mask::mask_credentials;
use crate::parallel;

/// Smaller files are read at once: threads would cost more than they save.
pub(super) const LARGE: u64 = 4 << 20;

/// The text is not what a list looks like.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Unusual;

/// Reads a list of objects. Anything unusual, malformed or of other shape is for the ordinary reader.
///
/// Each of several workers takes a piece in turn, and hands on what was in it in the same turn: so
/// the objects stay in their order, and no more of them wait than there are workers.
pub(super) fn read(file: impl Read + Send) -> Result<Gathered, Unusual> {
    let mut cutter = unless_unusual(Cutter::new(file))?;
    let of = ItemType::of_head(cutter.head());
    thread::scope(|scope| {
        let (mut inputs, mut outputs) = (Vec::new(), Vec::new());
        for _ in 0..parallel::workers() {
            let (input, pieces) = sync_channel(1);
            let (output, documents) = sync_channel(1);
            inputs.push(input);
            outputs.push(documents);
            let of = &of;
            scope.spawn(move || {
                for piece in pieces {
                    // Nobody takes what comes after something unusual.
                    let _ = output.send(parse(piece, of));
                }
            });
        }
        let cutting = scope.spawn(move || hand_out(&mut cutter, &inputs));
        let mut gathered = Gathered::default();
        for documents in outputs.iter().cycle() {
            match documents.recv() {
                Ok(document) => gathered.add(document?, None),
                Err(_) => break,
            }
        }
        drop(outputs);
        cutting.join().map_err(|_| Unusual)??;
        Ok(gathered)
    })
}

fn unless_unusual<T, E>(result: Result<Option<T>, E>) -> Result<T, Unusual> {
    result.ok().flatten().ok_or(Unusual)
}

fn hand_out(cutter: &mut Cutter<impl Read>, workers: &[SyncSender<Piece>]) -> Result<(), Unusual> {
    for worker in workers.iter().cycle() {
        let Some(piece) = cutter.next().map_err(|_| Unusual)? else {
            break;
        };
        worker.send(piece).map_err(|_| Unusual)?;
    }
    Ok(())
}

fn parse(piece: Piece, of: &ItemType) -> Result<Document, Unusual> {
    let read = match piece {
        Piece::Items(text) => of.read(&masked(text)?),
        Piece::Last(text) => serde_json::from_str(&masked(text)?),
    };
    read.map_err(|_| Unusual)
}

fn masked(mut text: Vec<u8>) -> Result<String, Unusual> {
    mask_credentials(&mut text);
    String::from_utf8(text).map_err(|_| Unusual)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::meta::Meta;
    use crate::facts::{AnyFact, Fact};
    use crate::source::json;

    fn names(objects: impl Iterator<Item = impl std::ops::Deref<Target = Meta>>) -> Vec<String> {
        objects.map(|meta| meta.name.clone()).collect()
    }

    fn pods(list: &str, typed: bool) -> String {
        let head = if typed {
            ""
        } else {
            r#""apiVersion":"v1","kind":"Pod","#
        };
        let pod = |n: usize| {
            format!(
                r#"{{{head}"metadata":{{"name":"authentik-{n}","annotations":{{"x":"{}"}}}}}}"#,
                "y".repeat(900)
            )
        };
        let pods: Vec<_> = (0..3000).map(pod).collect();
        format!(
            r#"{{"apiVersion":"v1","kind":"{list}","items":[{}]}}"#,
            pods.join(",")
        )
    }

    #[test]
    fn it_reads_what_the_ordinary_reader_reads_in_the_same_order() {
        for text in [pods("PodList", true), pods("List", false)] {
            let ordinary = json::documents(&text).unwrap();
            let ordinary = names(ordinary[0].objects.iter().map(AnyFact::meta));
            let large = read(text.as_bytes()).unwrap();
            let large = names(large.lists.Pod.items.iter().map(Fact::meta));
            assert_eq!(large.len(), 3000);
            assert_eq!(large, ordinary);
        }
    }

    #[test]
    fn what_is_malformed_is_left_to_the_ordinary_reader() {
        let text = pods("PodList", true);
        for broken in [
            &text[..text.len() - 1],
            &text.replacen(r#""name":"authentik-7""#, r#""name":7"#, 1),
        ] {
            assert!(read(broken.as_bytes()).is_err());
        }
    }
}
