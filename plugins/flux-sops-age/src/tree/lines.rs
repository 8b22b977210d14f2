//! Places in files, for messages.

/// The line of a byte, from 1.
pub(crate) fn line_at(bytes: &[u8], at: usize) -> u64 {
    let before = &bytes[..at.min(bytes.len())];
    memchr::memchr_iter(b'\n', before).count() as u64 + 1
}

/// The line of the `sops` block, and of the MAC in it, in any format; where neither is told, none.
pub(super) fn of_block(bytes: &[u8]) -> (Option<u64>, Option<u64>) {
    const BLOCK: [&[u8]; 4] = [b"sops:", b"\"sops\"", b"[sops]", b"sops_"];
    const MAC: [&[u8]; 4] = [b"mac:", b"\"mac\"", b"mac ", b"mac="];
    let (mut block, mut mac) = (None, None);
    for (number, line) in (1..).zip(bytes.split(|byte| *byte == b'\n')) {
        let line = line.trim_ascii_start();
        if block.is_none() && BLOCK.iter().any(|mark| line.starts_with(mark)) {
            block = Some(number);
        }
        let is_mac = MAC.iter().any(|mark| line.starts_with(mark)) || line.starts_with(b"sops_mac");
        if block.is_some() && is_mac {
            mac = Some(number);
            break;
        }
    }
    (block, mac.or(block))
}
