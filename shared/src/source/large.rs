//! Reads large JSON lists side by side on all cores, without holding the file in memory.

use std::io::Read;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

use super::document::{Document, ItemType};
use super::mask::mask_urls;
use super::split::{Splitter, Unusual};

/// Smaller files are read at once: threads would cost more than they save.
pub(super) const LARGE: u64 = 4 << 20;

/// How much is read and handed on at a time, in bytes.
const PIECE: usize = 1 << 20;

/// Items of a list, one after the other.
struct Batch {
    order: usize,
    of: ItemType,
    text: Vec<u8>,
    ends: Vec<usize>,
}

/// Reads a list of objects. Anything unusual, malformed or of other shape is for the ordinary reader.
pub(super) fn read(file: impl Read) -> Result<Document, Unusual> {
    let workers = thread::available_parallelism()
        .map_or(1, usize::from)
        .min(8);
    thread::scope(|scope| {
        let (mut inputs, mut outputs) = (Vec::new(), Vec::new());
        for _ in 0..workers {
            let (input, batches) = sync_channel(1);
            inputs.push(input);
            outputs.push(scope.spawn(move || parse(&batches)));
        }
        let split = split(file, &inputs);
        drop(inputs);
        let mut parsed = Vec::new();
        for output in outputs {
            parsed.extend(output.join().map_err(|_| Unusual)??);
        }
        split?;
        parsed.sort_by_key(|(order, _)| *order);
        let mut all = Document::default();
        parsed
            .into_iter()
            .for_each(|(_, document)| all.absorb(document));
        Ok(all)
    })
}

fn split(mut file: impl Read, workers: &[SyncSender<Batch>]) -> Result<(), Unusual> {
    let mut splitter = Splitter::new();
    let mut piece = vec![0; PIECE];
    let mut order = 0;
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
            let batch = Batch {
                order,
                of: of.clone(),
                text,
                ends,
            };
            workers[order % workers.len()]
                .send(batch)
                .map_err(|_| Unusual)?;
            order += 1;
        }
    }
    let head_is_sound = serde_json::from_slice::<serde::de::IgnoredAny>(splitter.head()).is_ok();
    (splitter.is_done() && of.is_some() && head_is_sound)
        .then_some(())
        .ok_or(Unusual)
}

fn parse(batches: &Receiver<Batch>) -> Result<Vec<(usize, Document)>, Unusual> {
    let mut parsed = Vec::new();
    for mut batch in batches {
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
        parsed.push((batch.order, document));
    }
    Ok(parsed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::json;

    fn names(document: &Document) -> Vec<String> {
        document
            .objects
            .iter()
            .map(|fact| fact.meta().name.clone())
            .collect()
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
            let large = read(text.as_bytes()).unwrap();
            assert_eq!(names(&large).len(), 3000);
            assert_eq!(names(&large), names(&ordinary[0]));
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
