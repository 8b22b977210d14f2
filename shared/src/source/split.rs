//! Splits a large JSON list into its items while it is read, so that a file need not fit in memory
//! and its items can be parsed side by side.
//!
//! It only finds where items begin and end; what they hold is for the parser to judge. Anything
//! unusual makes it give up, and the file is read in the ordinary, slower way.

/// What the text of a list is made of.
#[derive(Debug, PartialEq, Eq)]
enum Place {
    /// Outside of `items`, this many brackets deep.
    Head(usize),
    /// In `items`, before an item; the flag tells that one must follow.
    Before(bool),
    /// In `items`, after an item.
    After,
    /// In an item, this many brackets deep.
    Item(usize),
}

/// The text is not what a list looks like.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Unusual;

/// Finds items in text that arrives piece by piece.
#[derive(Debug)]
pub(super) struct Splitter {
    place: Place,
    in_string: bool,
    is_escaped: bool,
    head: Vec<u8>,
    item: Vec<u8>,
}

impl Splitter {
    pub(super) fn new() -> Self {
        Self {
            place: Place::Head(0),
            in_string: false,
            is_escaped: false,
            head: Vec::new(),
            item: Vec::new(),
        }
    }

    /// What was read outside of `items` so far; at the end a whole object whose `items` are empty.
    pub(super) fn head(&self) -> &[u8] {
        &self.head
    }

    /// Whether the text may end here.
    pub(super) fn is_done(&self) -> bool {
        self.place == Place::Head(0) && !self.in_string && !self.head.is_empty()
    }

    /// Takes the next piece and hands each item that ends in it to `found`.
    pub(super) fn push(
        &mut self,
        piece: &[u8],
        mut found: impl FnMut(&mut Self, &[u8]),
    ) -> Result<(), Unusual> {
        let mut from = 0; // what of the piece belongs to the present place and is not kept yet
        let mut at = 0;
        while at < piece.len() {
            if self.in_string {
                at = self.skip_string(piece, at);
                continue;
            }
            let byte = piece[at];
            at += 1;
            match (&mut self.place, byte) {
                (Place::Head(_) | Place::Item(_), b'"') => self.in_string = true,
                (Place::Item(depth), b'{' | b'[') => *depth += 1,
                (Place::Item(depth), b'}' | b']') if *depth > 1 => *depth -= 1,
                (Place::Item(_), b'}' | b']') => {
                    self.place = Place::After;
                    if self.item.is_empty() {
                        found(self, &piece[from..at]);
                    } else {
                        self.item.extend_from_slice(&piece[from..at]);
                        let item = std::mem::take(&mut self.item);
                        found(self, &item);
                    }
                    from = at;
                }
                (Place::Head(depth), b'{' | b'[') => {
                    *depth += 1;
                    if byte == b'[' && *depth == 2 {
                        self.head.extend_from_slice(&piece[from..at]);
                        from = at;
                        if self.opens_items() {
                            self.place = Place::Before(false);
                        }
                    }
                }
                (Place::Head(depth), b'}' | b']') => {
                    *depth = depth.checked_sub(1).ok_or(Unusual)?
                }
                (Place::Before(_), b'{') => {
                    self.place = Place::Item(1);
                    from = at - 1;
                }
                (Place::Before(false) | Place::After, b']') => {
                    self.place = Place::Head(1);
                    from = at - 1;
                }
                (Place::After, b',') => self.place = Place::Before(true),
                (Place::Before(_) | Place::After, b' ' | b'\n' | b'\r' | b'\t')
                | (Place::Head(_) | Place::Item(_), _) => {}
                (Place::Before(_) | Place::After, _) => return Err(Unusual),
            }
        }
        match self.place {
            Place::Head(_) => self.head.extend_from_slice(&piece[from..]),
            Place::Item(_) => self.item.extend_from_slice(&piece[from..]),
            Place::Before(_) | Place::After => {}
        }
        Ok(())
    }

    /// Moves to the end of a string, or of the piece.
    fn skip_string(&mut self, piece: &[u8], mut at: usize) -> usize {
        if self.is_escaped {
            self.is_escaped = false;
            return at + 1;
        }
        match memchr::memchr2(b'"', b'\\', &piece[at..]) {
            None => return piece.len(),
            Some(offset) => at += offset,
        }
        if piece[at] == b'"' {
            self.in_string = false;
        } else {
            self.is_escaped = true;
        }
        at + 1
    }

    fn opens_items(&self) -> bool {
        let before: Vec<u8> = self
            .head
            .iter()
            .rev()
            .copied()
            .filter(|byte| !byte.is_ascii_whitespace())
            .take(9)
            .collect();
        before.starts_with(b"[:\"smeti\"")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str, size: usize) -> Option<(String, Vec<String>)> {
        let mut splitter = Splitter::new();
        let mut items = Vec::new();
        for piece in text.as_bytes().chunks(size) {
            splitter
                .push(piece, |_, item| {
                    items.push(String::from_utf8(item.to_vec()).unwrap())
                })
                .ok()?;
        }
        splitter
            .is_done()
            .then(|| (String::from_utf8(splitter.head().to_vec()).unwrap(), items))
    }

    #[test]
    fn items_are_found_however_the_text_is_cut() {
        let text = r#"{"kind":"PodList", "items" : [ {"a":"}]\"{"} ,{"b":[{},{"c":1}]}],"metadata":{"items":[1]}}"#;
        for size in 1..text.len() {
            let (head, items) = split(text, size).unwrap();
            assert_eq!(
                head, r#"{"kind":"PodList", "items" : [],"metadata":{"items":[1]}}"#,
                "cut every {size}"
            );
            assert_eq!(
                items,
                [r#"{"a":"}]\"{"}"#, r#"{"b":[{},{"c":1}]}"#],
                "cut every {size}"
            );
        }
    }

    #[test]
    fn what_is_no_list_of_objects_is_unusual() {
        for text in [
            r#"{"items":[{},]}"#,
            r#"{"items":[{} {}]}"#,
            r#"{"items":[1]}"#,
            r#"{"items":[{}"#,
            "}",
            r#"{"items":[,{}]}"#,
        ] {
            assert_eq!(split(text, 3), None, "{text}");
        }
    }
}
