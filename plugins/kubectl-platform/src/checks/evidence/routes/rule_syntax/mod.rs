//! What is wrong with a rule of Traefik, in words.
//! See <https://doc.traefik.io/traefik/reference/routing-configuration/http/routing/rules-and-priority/>
//! and, for what changed, <https://doc.traefik.io/traefik/migrate/v2-to-v3-details/#router-rule-matchers>.

#[cfg(test)]
mod tests;

use super::matchers::{HTTP, HTTP2, HTTP3, TCP, canonical};

/// Which rules hold: of HTTP or TCP routes, and of which version.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::checks) enum Syntax {
    /// HTTP, Traefik 2.
    Http2,
    /// HTTP, Traefik 3.
    Http3,
    /// HTTP, of a version that we do not know: what either allows.
    Http,
    /// TCP.
    Tcp,
}

/// What takes a name and a value; all others take one argument (until Traefik 3: or more).
const PAIRS: &[&str] = &[
    "Header",
    "Headers",
    "HeaderRegexp",
    "HeadersRegexp",
    "QueryRegexp",
];

/// What is wrong with a rule; nothing where Traefik can read it.
pub(in crate::checks) fn fault(rule: &str, syntax: Syntax) -> Option<String> {
    let mut parser = Parser {
        rest: rule.trim(),
        syntax,
    };
    match parser.expression() {
        Err(fault) => Some(fault),
        Ok(()) if parser.rest.is_empty() => None,
        Ok(()) => Some(format!("there is no && or || before {}", parser.rest)),
    }
}

struct Parser<'a> {
    rest: &'a str,
    syntax: Syntax,
}

impl<'a> Parser<'a> {
    fn take(&mut self, token: &str) -> bool {
        let rest = self.rest.strip_prefix(token);
        if let Some(rest) = rest {
            self.rest = rest.trim_start();
        }
        rest.is_some()
    }

    /// Counts the groups that are open rather than reading each in a call of its own: anybody may write a rule.
    fn expression(&mut self) -> Result<(), String> {
        let mut open = 0_usize;
        loop {
            while self.take("!") {}
            if self.take("(") {
                open += 1;
                continue;
            }
            self.matcher()?;
            while open > 0 && self.take(")") {
                open -= 1;
            }
            if !(self.take("&&") || self.take("||")) {
                break;
            }
        }
        match open {
            0 => Ok(()),
            _ => Err("a ) is missing".to_owned()),
        }
    }

    fn matcher(&mut self) -> Result<(), String> {
        let end = self
            .rest
            .find(|c: char| !c.is_ascii_alphanumeric())
            .unwrap_or(self.rest.len());
        let (name, rest) = self.rest.split_at(end);
        self.rest = rest.trim_start();
        if name.is_empty() {
            return Err(match self.rest {
                "" => "it ends where a condition is missing".to_owned(),
                rest => format!("there is no condition before {rest}"),
            });
        }
        let known = canonical(name).filter(|known| self.knows(known));
        let known =
            known.ok_or_else(|| format!("Traefik has no {name} in the rules of this version"))?;
        if !self.take("(") {
            return Err(format!("a ( is missing after {name}"));
        }
        let count = self.arguments(name)?;
        let is_pair = PAIRS.contains(&known);
        let is_one = !is_pair && known != "Query";
        match count {
            0 => Err(format!("{name} has no argument")),
            1 if is_pair && known != "QueryRegexp" => Err(format!("{name} needs two arguments")),
            2.. if is_one && self.syntax == Syntax::Http3 => {
                Err(format!("{name} takes one argument since Traefik 3"))
            }
            _ => Ok(()),
        }
    }

    fn knows(&self, name: &str) -> bool {
        let known: &[&[&str]] = match self.syntax {
            Syntax::Http2 => &[HTTP, HTTP2],
            Syntax::Http3 => &[HTTP, HTTP3],
            Syntax::Http => &[HTTP, HTTP2, HTTP3],
            Syntax::Tcp => &[TCP],
        };
        known.iter().any(|names| names.contains(&name))
    }

    fn arguments(&mut self, name: &str) -> Result<usize, String> {
        let mut count = 0;
        while !self.take(")") {
            let quote = self.rest.chars().next().filter(|c| "`\"".contains(*c));
            let inner: &'a str = match (quote, self.rest) {
                (Some(_), rest) => rest.get(1..).unwrap_or_default(),
                (None, "") => return Err(format!("the ) of {name} is missing")),
                (None, _) => return Err(format!("the arguments of {name} are not in backticks")),
            };
            let end = quote.and_then(|quote| inner.find(quote));
            let end = end.ok_or_else(|| format!("a quote of {name} is not closed"))?;
            self.rest = inner.get(end + 1..).unwrap_or_default().trim_start();
            self.take(",");
            count += 1;
        }
        Ok(count)
    }
}
