//! Speed and size beside what cannot be faster, and beside the peers: `cargo bench -p tests --bench speed`.
//!
//! What it prints are medians of several runs and their ratios; nothing here passes or fails, for a machine
//! that is busy elsewhere is no defect. See `tests/benches/README.md` for what was measured.
//!
//! `-- files live` measures these parts alone (of `start`, `files`, `live`, `status`), `-- 1000 200` with so
//! many pods and custom resources.
#![cfg(unix)]

mod files;
mod floor;
mod live;
mod measure;
mod objects;
mod programs;
mod start;
mod status;
mod table;

/// How large the cluster is.
#[derive(Clone, Copy)]
struct Size {
    pods: usize,
    customs: usize,
}

/// Measures a part.
type Measure = fn(Size);

fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    if floor::was_asked(&words) {
        return;
    }
    let numbers: Vec<usize> = words.iter().filter_map(|word| word.parse().ok()).collect();
    let size = match numbers.as_slice() {
        [pods, customs, ..] => Size {
            pods: *pods,
            customs: *customs,
        },
        _ => Size {
            pods: 10_000,
            customs: 2_000,
        },
    };
    let parts: [(&str, Measure); 4] = [
        ("start", |_| start::measure()),
        ("files", files::measure),
        ("live", live::measure),
        ("status", |_| status::measure()),
    ];
    let chosen = |name: &str| words.iter().any(|word| word == name);
    let is_any = parts.iter().any(|(name, _)| chosen(name));
    for (name, measure) in parts {
        if !is_any || chosen(name) {
            measure(size);
        }
    }
}
