//! Where the parts of a YAML text stand, so that each can be replaced there.

use std::ops::Range;

use granit_parser::ScalarStyle;

/// A YAML text and where its values and comments stand.
#[derive(Debug, Clone)]
pub struct Source {
    /// The text as it was read.
    pub text: String,
    /// The sites, by the numbers that the tree has.
    pub sites: Vec<Site>,
    /// The documents.
    pub documents: Vec<Document>,
}

/// Where a value or comment stands.
#[derive(Debug, Clone)]
pub struct Site {
    /// The bytes of the value itself: a collection from its first to its last character.
    pub span: Range<usize>,
    /// The same with its tag and anchor.
    pub outer: Range<usize>,
    /// The bytes of its anchor, `&name`.
    pub anchor: Option<Range<usize>>,
    /// Where its entry starts: its key, or the dash of its element.
    pub entry: usize,
    /// Its key as it is written.
    pub key: Option<Range<usize>>,
    /// What a collection holds, comments too.
    pub inside: Vec<usize>,
    /// Whether it stands within braces or brackets.
    pub flow: bool,
    /// The column of the block that holds it: what belongs to it is indented deeper.
    pub indent: usize,
    /// What it is.
    pub shape: Shape,
}

/// What stands at a site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shape {
    /// A scalar in one piece.
    Scalar(ScalarStyle),
    /// A block scalar: the span of its header (`|-`); its lines are the value's span.
    Block(Range<usize>),
    /// An alias of what stands at another site.
    Alias(usize),
    /// A block of entries or elements, at a column.
    Rows(usize),
    /// Braces or brackets.
    Flow,
    /// A comment, from its `#`.
    Comment,
}

/// Where a document stands.
#[derive(Debug, Clone)]
pub struct Document {
    /// Where its root stands; none where there is nothing.
    pub root: Option<usize>,
    /// Where it ends: the next marker, or the end of the text.
    pub end: usize,
}

impl Source {
    /// Whether lines can be added to each document: no root stands within braces, or is indented.
    pub fn takes_lines(&self) -> bool {
        let roots = self.documents.iter().filter_map(|document| document.root);
        roots
            .into_iter()
            .all(|root| !matches!(self.sites[root].shape, Shape::Flow | Shape::Rows(1..)))
    }

    /// The line break of the text.
    pub fn newline(&self) -> &'static str {
        match self.text.find('\n') {
            Some(at) if self.text[..at].ends_with('\r') => "\r\n",
            _ => "\n",
        }
    }

    /// By how much the text indents what is inside: as its first nested block does, else by four as sops.
    pub fn step(&self) -> usize {
        self.sites
            .iter()
            .find_map(|site| match site.shape {
                Shape::Rows(column) if column > site.indent => Some(column - site.indent),
                _ => None,
            })
            .unwrap_or(4)
    }

    /// Where an entry ends, comments at the end of what it holds and blank lines of a block included.
    pub fn end(&self, site: &Site) -> usize {
        let inside = site.inside.iter();
        let ends = inside.map(|inside| self.end(&self.sites[*inside]));
        ends.fold(self.end_of_block(site), usize::max)
    }

    /// Where a block ends with the blank lines that are part of its value: it keeps them, or they are indented.
    fn end_of_block(&self, site: &Site) -> usize {
        let Shape::Block(header) = &site.shape else {
            return site.outer.end;
        };
        let behind = &self.text[site.outer.end..];
        let length = behind.len() - behind.trim_start_matches([' ', '\t', '\r', '\n']).len();
        let blank = &behind[..length];
        let counts = self.text[header.clone()].contains('+') || blank.contains([' ', '\t']);
        match blank.rfind('\n') {
            // The line that follows is no part of it.
            Some(last) if counts => site.outer.end + blank[..last].trim_end_matches('\r').len(),
            _ => site.outer.end,
        }
    }

    /// The end of the line that a byte stands on, before its break.
    pub fn line_end(&self, at: usize) -> usize {
        match self.text[at..].find('\n') {
            Some(length) => {
                let end = at + length;
                if self.text[at..end].ends_with('\r') {
                    end - 1
                } else {
                    end
                }
            }
            None => self.text.len(),
        }
    }

    /// The line that an entry starts on, from 1.
    pub fn line(&self, site: usize) -> Option<u64> {
        let before = &self.text[..self.sites.get(site)?.entry];
        Some(memchr::memchr_iter(b'\n', before.as_bytes()).count() as u64 + 1)
    }

    /// The start of the line that a byte stands on.
    pub fn line_start(&self, at: usize) -> usize {
        self.text[..at].rfind('\n').map_or(0, |at| at + 1)
    }
}
