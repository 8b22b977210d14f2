//! Merge conflicts that Git left in a file.

/// The line on which the first conflict starts.
pub(super) fn line(bytes: &[u8]) -> Option<u64> {
    let mut start = None;
    let mut middle = false;
    for (number, line) in (1..).zip(bytes.split(|byte| *byte == b'\n')) {
        if line.starts_with(b"<<<<<<< ") {
            start = Some(number);
            middle = false;
        } else if line.trim_ascii_end() == b"=======" {
            middle = start.is_some();
        } else if middle && line.starts_with(b">>>>>>> ") {
            return start;
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_all_three_marks_are_a_conflict() {
        let conflict = b"a: 1\n<<<<<<< HEAD\nb: 2\n=======\nb: 3\n>>>>>>> topic\n";
        assert_eq!(line(conflict), Some(2));
        assert_eq!(line(b"<<<<<<< HEAD\n=======\n"), None);
        assert_eq!(line(b"title\n=======\n>>>>>>> quoted\n"), None);
    }
}
