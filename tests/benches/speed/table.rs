//! What is printed.

use crate::measure::Measured;

/// One million bytes.
const MEGABYTE: f64 = 1e6;

/// The head of a part.
pub(crate) fn head(title: &str) {
    println!(
        "\n{title:<44} {:>10} {:>10} {:>7} {:>7}",
        "ours", "beside", "ratio", "wanted"
    );
}

/// A time beside that of something else; `wanted` is the largest ratio that is good enough.
pub(crate) fn time(what: &str, ours: Measured, beside: Measured, wanted: f64) {
    let seconds = |measured: Measured| format!("{:.1} ms", measured.seconds * 1e3);
    let ratio = ours.seconds / beside.seconds;
    row(what, &seconds(ours), &seconds(beside), ratio, wanted);
}

/// A size beside another one, both in bytes; the first need not be larger.
pub(crate) fn size(what: &str, ours: u64, beside: u64) {
    let ratio = ours as f64 / beside as f64;
    row(what, &megabytes(ours), &megabytes(beside), ratio, 1.0);
}

fn row(what: &str, ours: &str, beside: &str, ratio: f64, wanted: f64) {
    println!("  {what:<42} {ours:>10} {beside:>10} {ratio:>7.2} {wanted:>7.2}");
}

/// A size to read.
pub(crate) fn megabytes(bytes: u64) -> String {
    format!("{:.1} MB", bytes as f64 / MEGABYTE)
}
