//! Go's regular expressions, as `.sops.yaml` and file metadata have them, on Rust's engine.
//!
//! Both are RE2's language, <https://github.com/google/re2/wiki/Syntax>. They differ in what is rewritten here: Go's
//! `\d \w \s \b` are ASCII, it has `\Q...\E`, takes a brace that counts nothing as itself, and knows no
//! classes inside classes.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use regex::bytes::Regex;

/// How many expressions a thread remembers: a tree has a handful.
const REMEMBERED: usize = 64;

thread_local! {
    /// A thousand files share one rule: each thread compiles it once.
    static COMPILED: RefCell<HashMap<String, Option<Rc<Regex>>>> = RefCell::default();
}

/// The compiled expression; none where Go could not compile it either.
pub fn compile(go: &str) -> Option<Rc<Regex>> {
    COMPILED.with_borrow_mut(|compiled| {
        if compiled.len() >= REMEMBERED {
            compiled.clear();
        }
        compiled
            .entry(go.to_owned())
            .or_insert_with(|| Regex::new(&translate(go)).ok().map(Rc::new))
            .clone()
    })
}

/// Rewrites what Rust's engine takes otherwise.
fn translate(go: &str) -> String {
    let mut out = String::with_capacity(go.len());
    let mut rest = go;
    let mut in_class = false;
    while let Some(char) = rest.chars().next() {
        let after = &rest[char.len_utf8()..];
        if char == '\\' {
            rest = escape(after, in_class, &mut out);
            continue;
        }
        match char {
            '[' if in_class && after.starts_with(':') => {
                let end = after.find(":]").map_or(after.len(), |end| end + 2);
                out.push('[');
                out.push_str(&after[..end]);
                rest = &after[end..];
                continue;
            }
            '[' if in_class => out.push_str("\\["),
            '[' => {
                in_class = true;
                out.push('[');
                rest = first_of_class(after, &mut out);
                continue;
            }
            ']' if in_class => {
                in_class = false;
                out.push(']');
            }
            '&' | '~' if in_class => {
                out.push('\\');
                out.push(char);
            }
            '{' if !in_class && !counts(after) => out.push_str("\\{"),
            other => out.push(other),
        }
        rest = after;
    }
    out
}

/// A bracket that stands first in a class, behind its `^` or not, is itself.
fn first_of_class<'a>(after: &'a str, out: &mut String) -> &'a str {
    let mut rest = after;
    if let Some(negated) = rest.strip_prefix('^') {
        out.push('^');
        rest = negated;
    }
    if let Some(bracket) = rest.strip_prefix(']') {
        out.push_str("\\]");
        rest = bracket;
    }
    rest
}

/// Writes what a backslash and what follows it mean, and returns what is left.
fn escape<'a>(after: &'a str, in_class: bool, out: &mut String) -> &'a str {
    let Some(char) = after.chars().next() else {
        out.push('\\');
        return after;
    };
    let rest = &after[char.len_utf8()..];
    match char {
        'd' => out.push_str(if in_class { "0-9" } else { "[0-9]" }),
        'D' => out.push_str("[^0-9]"),
        'w' => out.push_str(if in_class {
            "0-9A-Za-z_"
        } else {
            "[0-9A-Za-z_]"
        }),
        'W' => out.push_str("[^0-9A-Za-z_]"),
        's' => out.push_str(if in_class {
            "\\t\\n\\f\\r "
        } else {
            "[\\t\\n\\f\\r ]"
        }),
        'S' => out.push_str("[^\\t\\n\\f\\r ]"),
        'b' if !in_class => out.push_str("(?-u:\\b)"),
        'B' if !in_class => out.push_str("(?-u:\\B)"),
        'Q' => {
            let (literal, rest) = rest.split_once("\\E").unwrap_or((rest, ""));
            out.push_str(&regex::escape(literal));
            return rest;
        }
        // Go takes any escaped punctuation as itself.
        other if other.is_ascii_punctuation() => out.push_str(&regex::escape(&other.to_string())),
        other => {
            out.push('\\');
            out.push(other);
        }
    }
    rest
}

/// Whether a brace opens a repetition: `{2}`, `{2,}` or `{2,3}`.
fn counts(after: &str) -> bool {
    let Some((inner, _)) = after.split_once('}') else {
        return false;
    };
    let (low, high) = inner.split_once(',').unwrap_or((inner, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    !low.is_empty() && digits(low) && digits(high)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn expressions_mean_what_go_means() {
        for (go, text, matches) in [
            (r"^(data|stringData)$", "stringData", true),
            (r"^(data|stringData)$", "metadata", false),
            (r"\.enc\.ya?ml$", "a/b.enc.yaml", true),
            (r"^\d+$", "12", true),
            (r"^\d+$", "١٢", false),
            (r"^[\w-]+$", "a-b_9", true),
            (r"^\w$", "é", false),
            (r"a{b", "a{b", true),
            (r"^a{2}$", "aa", true),
            (r"\Qa.b\E$", "a.b", true),
            (r"\Qa.b\E$", "axb", false),
            (r"[[a]", "[", true),
            (r"[a&&b]", "&", true),
            (r"[]x]", "]", true),
            (r"[^]x]", "]", false),
            (r"[[:digit:]]", "5", true),
            (r"(?i)PASS", "my_password", true),
            (r"a\/b", "a/b", true),
            (r"^\S+@\S+$", "a@b", true),
            (r"^[^\s]+$", "a b", false),
        ] {
            let regex = compile(go).unwrap_or_else(|| panic!("{go} does not compile"));
            assert_eq!(regex.is_match(text.as_bytes()), matches, "{go} on {text}");
        }
        assert!(compile("(").is_none());
        assert!(compile("a(?=b)").is_none());
    }
}
