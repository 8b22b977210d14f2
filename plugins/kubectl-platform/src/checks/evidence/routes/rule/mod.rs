//! Traefik's rules: which hosts and paths an expression such as
//! ``Host(`auth.almckay.io`) && PathPrefix(`/api`)`` asks for.
//! See <https://doc.traefik.io/traefik/reference/routing-configuration/http/routing/rules-and-priority/>.

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use super::matchers::canonical;

/// More alternatives than anybody writes; of rules with more none is compared.
const MOST_ALTERNATIVES: usize = 64;

/// More groups in each other than anybody writes, a matcher's arguments included.
const DEEPEST: usize = 64;

/// One condition: a matcher with its arguments, `!` before its name where it is negated.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::checks) struct Matcher {
    /// `Host`, `HostSNI`, `PathPrefix`, ..., however it is written.
    pub(in crate::checks) name: String,
    /// Arguments without their quotes.
    pub(in crate::checks) arguments: Vec<String>,
}

/// Conditions that must all hold.
pub(in crate::checks) type Alternative = BTreeSet<Matcher>;

/// The alternatives of a rule, of which one must hold. Nothing where the rule cannot be read.
pub(in crate::checks) fn alternatives(rule: &str) -> Option<Vec<Alternative>> {
    if is_too_deep(rule) {
        return None;
    }
    let mut parser = Parser {
        rest: rule.trim_start(),
    };
    let all = parser.any()?;
    (parser.rest.is_empty() && all.len() <= MOST_ALTERNATIVES).then_some(all)
}

/// Whether more groups lie in each other than we read.
pub(in crate::checks) fn is_too_deep(rule: &str) -> bool {
    let (mut open, mut quote) = (0_usize, None);
    rule.chars().any(|c| {
        match (quote, c) {
            (Some(start), _) if start == c => quote = None,
            (Some(_), _) => {}
            (None, '`' | '"' | '\'') => quote = Some(c),
            (None, '(') => open += 1,
            (None, ')') => open = open.saturating_sub(1),
            (None, _) => {}
        }
        open > DEEPEST
    })
}

/// The matchers that name hosts.
pub(super) const HOSTS: [&str; 2] = ["Host", "HostSNI"];

/// All names that a rule gives in `Host` and `HostSNI`, each once, in lower case; `*` is no name.
pub(crate) fn hosts(rule: &str) -> BTreeSet<String> {
    let matchers = alternatives(rule).into_iter().flatten().flatten();
    matchers
        .filter(|matcher| HOSTS.contains(&matcher.name.as_str()))
        .flat_map(|matcher| matcher.arguments)
        .filter(|host| host != "*")
        .map(|host| host.to_ascii_lowercase())
        .collect()
}

/// What holds where one of each does.
fn both(left: &[Alternative], right: &[Alternative]) -> Option<Vec<Alternative>> {
    let each = |a: &Alternative| right.iter().map(|b| a | b).collect::<Vec<_>>();
    let is_small = left.len() * right.len() <= MOST_ALTERNATIVES;
    is_small.then(|| left.iter().flat_map(each).collect())
}

/// What holds where none of them does: of each one, that a condition fails.
fn none_of(all: &[Alternative]) -> Option<Vec<Alternative>> {
    let fails = |one: &Matcher| {
        let mut one = one.clone();
        one.name = match one.name.strip_prefix('!') {
            Some(name) => name.to_owned(),
            None => format!("!{}", one.name),
        };
        Alternative::from([one])
    };
    let all = all
        .iter()
        .map(|one| one.iter().map(fails).collect::<Vec<_>>());
    all.into_iter()
        .try_fold(vec![Alternative::new()], |held, fails| both(&held, &fails))
}

struct Parser<'a> {
    rest: &'a str,
}

impl Parser<'_> {
    fn take(&mut self, token: &str) -> bool {
        match self.rest.strip_prefix(token) {
            Some(rest) => {
                self.rest = rest.trim_start();
                true
            }
            None => false,
        }
    }

    fn any(&mut self) -> Option<Vec<Alternative>> {
        let mut all = self.every()?;
        while self.take("||") {
            all.extend(self.every()?);
        }
        Some(all)
    }

    fn every(&mut self) -> Option<Vec<Alternative>> {
        let mut all = self.one()?;
        while self.take("&&") {
            all = both(&all, &self.one()?)?;
        }
        Some(all)
    }

    fn one(&mut self) -> Option<Vec<Alternative>> {
        let mut negated = false;
        while self.take("!") {
            negated = !negated;
        }
        let one = if self.take("(") {
            let inner = self.any()?;
            self.take(")").then_some(inner)?
        } else {
            self.matcher()?
        };
        if negated { none_of(&one) } else { Some(one) }
    }

    fn matcher(&mut self) -> Option<Vec<Alternative>> {
        let end = self.rest.find(|c: char| !c.is_ascii_alphanumeric())?;
        let (name, rest) = self.rest.split_at(end);
        let name = canonical(name).unwrap_or(name).to_owned();
        self.rest = rest.trim_start();
        let arguments = self.arguments().filter(|all| !all.is_empty())?;
        // Several arguments were alternatives until Traefik 3.
        let of_one = |argument: String| {
            Alternative::from([Matcher {
                name: name.clone(),
                arguments: vec![argument],
            }])
        };
        if matches!(name.as_str(), "Host" | "HostSNI" | "Path" | "PathPrefix") {
            return Some(arguments.into_iter().map(of_one).collect());
        }
        Some(vec![Alternative::from([Matcher { name, arguments }])])
    }

    fn arguments(&mut self) -> Option<Vec<String>> {
        if !self.take("(") {
            return None;
        }
        let mut all = Vec::new();
        while !self.take(")") {
            let quote = self.rest.chars().next().filter(|c| "`\"'".contains(*c))?;
            let inner = self.rest.get(1..)?;
            let end = inner.find(quote)?;
            all.push(inner.get(..end)?.to_owned());
            self.rest = inner.get(end + 1..)?.trim_start();
            self.take(",");
        }
        Some(all)
    }
}
