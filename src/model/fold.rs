//! Folding: texts of two environments that are the same but for the environments' own names.
//!
//! Each text loses the names of its own environment; what is left is compared. So the relation is symmetric and transitive,
//! and a value that names somebody else's environment never folds.

mod names;

pub use names::OwnNames;

/// A piece of a text without the names of its environment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Piece<'t> {
    /// What stands before a word, or after the last one.
    Separator(&'t str),
    /// A word: letters and digits.
    Word(&'t str),
    /// The environment's own name, where it is not simply left out.
    Name,
}

/// Words that are domains of the internet too, or of a network, where they end a host.
const DOMAINS: &[&str] = &["dev", "test", "local", "live"];

/// Are these two values, which differ, the same but for the names of their environments? Free text never is.
pub fn is_same_but_for_names(one: (&str, &OwnNames), other: (&str, &OwnNames)) -> bool {
    let is_free = |text: &str| text.contains(char::is_whitespace);
    !is_free(one.0) && !is_free(other.0) && value(one.0, one.1).eq(value(other.0, other.1))
}

/// A value in pieces. A name is left out where one of `-`, `_`, `.` and `/` leads to it; anywhere else, where nothing
/// carries it, its place is kept: `sign-in-dev` is `sign-in`, and `dev.shop` is not `shop`.
pub fn value<'t>(text: &'t str, names: &'t OwnNames) -> impl Iterator<Item = Piece<'t>> {
    Pieces { rest: text, before: "", names, style: Style::Value { is_url: text.contains("://") }, held: None }
}

/// The path of a key in pieces. A name is left out at the end of a name in it, `TOKEN_PROD`, and before one of at least two
/// words, `STAGING_DATABASE_URL`: `DEV_TOOLS` and `TEST_USER` are no tools and user of every environment.
pub fn key<'t>(path: &'t str, names: &'t OwnNames) -> impl Iterator<Item = Piece<'t>> {
    Pieces { rest: path, before: "", names, style: Style::Key, held: None }
}

/// The path of a key without the names of those that have it, where that leaves the same of it in all of them.
pub fn shared_key<'t>(
    path: &'t str,
    mut names: impl Iterator<Item = &'t OwnNames>,
) -> Option<Vec<Piece<'t>>> {
    let pieces: Vec<Piece<'t>> = key(path, names.next()?).collect();
    names.all(|names| key(path, names).eq(pieces.iter().copied())).then_some(pieces)
}

/// How names are left out.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Style {
    Value { is_url: bool },
    Key,
}

struct Pieces<'t> {
    rest: &'t str,
    /// The word before `rest`.
    before: &'t str,
    names: &'t OwnNames,
    style: Style,
    /// What follows the separator that was given last.
    held: Option<Piece<'t>>,
}

impl<'t> Iterator for Pieces<'t> {
    type Item = Piece<'t>;

    fn next(&mut self) -> Option<Piece<'t>> {
        if let Some(held) = self.held.take() {
            return Some(held);
        }
        loop {
            let (separator, tail) = separator(self.rest);
            if tail.is_empty() {
                self.rest = tail;
                return (!separator.is_empty()).then_some(Piece::Separator(separator));
            }
            let (found, after) = word(tail);
            let own =
                self.names.strip(tail, self.before).filter(|after| !self.is_domain(separator, found, after));
            match own {
                None => (self.rest, self.held) = (after, Some(Piece::Word(found))),
                Some(after) if self.is_carried(separator) => {
                    (self.rest, self.before) = (after, found);
                    continue;
                }
                Some(after) => (self.rest, self.held) = self.uncarried(tail, after, separator.is_empty()),
            }
            self.before = found;
            return Some(Piece::Separator(separator));
        }
    }
}

impl<'t> Pieces<'t> {
    /// Does this separator lead to a name that can be left out with it?
    fn is_carried(&self, separator: &str) -> bool {
        match self.style {
            Style::Value { .. } => matches!(separator, "-" | "_" | "." | "/"),
            Style::Key => matches!(separator, "-" | "_"),
        }
    }

    /// What is given for a name that nothing carries, which ends before `after`, and where to go on.
    fn uncarried(&self, whole: &'t str, after: &'t str, is_first: bool) -> (&'t str, Option<Piece<'t>>) {
        let is_value = self.style != Style::Key;
        if is_value || (after.starts_with('.') || (after.is_empty() && !is_first)) {
            return (after, Some(Piece::Name));
        }
        let (found, rest) = after.strip_prefix(['-', '_']).map(word).unwrap_or_default();
        let goes_on = rest.strip_prefix(['-', '_']).is_some_and(|rest| !word(rest).0.is_empty());
        let (found, rest) = if goes_on { (found, rest) } else { word(whole) };
        (rest, Some(Piece::Word(found)))
    }

    /// Does `word` end the host of a URL as a domain does: `https://shop-dev.example.dev/`?
    fn is_domain(&self, separator: &str, word: &str, after: &str) -> bool {
        self.style == Style::Value { is_url: true }
            && separator == "."
            && DOMAINS.iter().any(|domain| domain.eq_ignore_ascii_case(word))
            && !after.starts_with(['.', '-', '_'])
    }
}

/// What stands before the next word, and the rest.
fn separator(text: &str) -> (&str, &str) {
    text.split_at(text.find(char::is_alphanumeric).unwrap_or(text.len()))
}

/// The word that `text` begins with, and the rest.
fn word(text: &str) -> (&str, &str) {
    text.split_at(text.find(|c: char| !c.is_alphanumeric()).unwrap_or(text.len()))
}

#[cfg(test)]
mod tests;
