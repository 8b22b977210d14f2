//! Reads large JSON lists side by side on all cores, without holding the file in memory.

use std::io::Read;
use std::sync::mpsc::{SyncSender, sync_channel};
use std::thread;

use super::document::{Document, ItemType};
use super::gathered::Gathered;
use super::mask::mask_urls;
use super::split::{Splitter, Unusual};

/// Smaller files are read at once: threads would cost more than they save.
pub(super) const LARGE: u64 = 4 << 20;

/// How much is read and handed on at a time, in bytes.
const PIECE: usize = 256 << 10;

/// Items of a list, one after the other.
struct Batch {
    of: ItemType,
    text: Vec<u8>,
    ends: Vec<usize>,
}

/// Reads a list of objects. Anything unusual, malformed or of other shape is for the ordinary reader.
///
/// Each of several workers takes a batch in turn, and hands on what was in it in the same turn: so
/// the objects stay in their order, and no more of them wait than there are workers.
pub(super) fn read(file: impl Read + Send) -> Result<Gathered, Unusual> {
    let workers = thread::available_parallelism()
        .map_or(1, usize::from)
        .min(8);
    thread::scope(|scope| {
        let (mut inputs, mut outputs) = (Vec::new(), Vec::new());
        for _ in 0..workers {
            let (input, batches) = sync_channel(1);
            let (output, documents) = sync_channel(1);
            inputs.push(input);
            outputs.push(documents);
            scope.spawn(move || {
                for batch in batches {
                    // Nobody takes what comes after something unusual.
                    let _ = output.send(parse(batch));
                }
            });
        }
        let splitting = scope.spawn(move || split(file, &inputs));
        let mut gathered = Gathered::default();
        for documents in outputs.iter().cycle() {
            match documents.recv() {
                Ok(document) => gathered.add(document?, None),
                Err(_) => break,
            }
        }
        drop(outputs);
        splitting.join().map_err(|_| Unusual)??;
        Ok(gathered)
    })
}

fn split(mut file: impl Read, workers: &[SyncSender<Batch>]) -> Result<(), Unusual> {
    let mut splitter = Splitter::new();
    let mut piece = vec![0; PIECE];
    let mut workers = workers.iter().cycle();
    let mut of = None;
    loop {
        let length = file.read(&mut piece).map_err(|_| Unusual)?;
        if length == 0 {
            break;
        }
        let (mut text, mut ends) = (Vec::with_capacity(PIECE), Vec::new());
        splitter.push(&piece[..length], |splitter, item| {
            of.get_or_insert_with(|| ItemType::of_head(splitter.head()));
            text.extend_from_slice(item);
            ends.push(text.len());
        })?;
        if let (Some(of), false) = (&of, ends.is_empty()) {
            let of = of.clone();
            let worker = workers.next().ok_or(Unusual)?;
            worker.send(Batch { of, text, ends }).map_err(|_| Unusual)?;
        }
    }
    let head_is_sound = serde_json::from_slice::<serde::de::IgnoredAny>(splitter.head()).is_ok();
    (splitter.is_done() && of.is_some() && head_is_sound)
        .then_some(())
        .ok_or(Unusual)
}

fn parse(mut batch: Batch) -> Result<Document, Unusual> {
    mask_urls(&mut batch.text);
    let text = std::str::from_utf8(&batch.text).map_err(|_| Unusual)?;
    let mut document = Document::default();
    let mut start = 0;
    for end in batch.ends {
        batch
            .of
            .read(&text[start..end], &mut document)
            .map_err(|_| Unusual)?;
        start = end;
    }
    Ok(document)
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
