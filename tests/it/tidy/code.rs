//! Rust source as far as the house's rules must understand it: tokens, paths, modules, attributes.
//!
//! No parser: a lexer that forgets comments and texts, and one pass that expands `use` and resolves `self`, `super`
//! and imported names. What a macro or a glob hides is not seen.

#![expect(clippy::string_slice, reason = "a lexer cuts where it has found a character")]

/// A piece of code: a name, a number, `::`, a text (emptied) or one other character.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// As written; a text is `""`.
    pub text: String,
    /// The line it stands on.
    pub line: usize,
}

/// A path in the code, in full: `crate::model::name::EnvName`, `std::io::stdout`, `println!`, `.exists`.
pub struct Path {
    /// Its segments.
    pub segments: Vec<String>,
    /// The line it stands on.
    pub line: usize,
    /// Does it stand under `#[cfg(test)]`?
    pub in_test: bool,
}

impl Path {
    /// The path as text.
    pub fn text(&self) -> String {
        self.segments.join("::")
    }

    /// Is it `prefix`, or something in it?
    pub fn is_in(&self, prefix: &str) -> bool {
        let text = self.text();
        text == prefix || text.strip_prefix(prefix).is_some_and(|rest| rest.starts_with("::"))
    }
}

/// `mod name;`.
pub struct Child {
    /// The module it is declared in, `crate` first.
    pub parent: Vec<String>,
    /// Its name.
    pub name: String,
    /// Does it stand under `#[cfg(test)]`?
    pub in_test: bool,
}

/// What a source file says.
#[derive(Default)]
pub struct Code {
    /// Every path, imports included.
    pub paths: Vec<Path>,
    /// The modules that other files hold.
    pub children: Vec<Child>,
    /// The attributes, each as its tokens, with their line.
    pub attributes: Vec<(Vec<String>, usize)>,
}

/// Reads a file that is the module `module`, `crate` first.
pub fn read(text: &str, module: &[String]) -> Code {
    let mut scanner = Scanner { tokens: tokens(text), home: module.to_vec(), ..Scanner::default() };
    scanner.scan();
    let resolve = |(scope, path): (Vec<String>, Path)| Path {
        segments: resolve(&scope, &path.segments, &scanner.imports),
        ..path
    };
    Code {
        paths: scanner.paths.into_iter().map(resolve).collect(),
        children: scanner.children,
        attributes: scanner.attributes,
    }
}

/// An imported name: the module it is imported into, the name, and the path as written.
type Import = (Vec<String>, String, Vec<String>);

fn resolve(scope: &[String], path: &[String], imports: &[Import]) -> Vec<String> {
    let mut base = scope.to_vec();
    let mut rest = path;
    match path.first().map(String::as_str) {
        Some("self") => rest = &path[1..],
        Some("super") => {
            while rest.first().is_some_and(|segment| segment == "super") {
                base.pop();
                rest = &rest[1..];
            }
        }
        _ => return imported(scope, path, imports),
    }
    base.extend_from_slice(rest);
    base
}

/// A path whose first segment may have been imported here, or in a module around (which `use super::*` brings in).
fn imported(scope: &[String], path: &[String], imports: &[Import]) -> Vec<String> {
    for length in (1..=scope.len()).rev() {
        let here = &scope[..length];
        let import = imports.iter().find(|(module, name, _)| module == here && *name == path[0]);
        if let Some((_, _, target)) = import
            && target[0] != path[0]
        {
            let mut full = resolve(here, target, imports);
            full.extend_from_slice(&path[1..]);
            return full;
        }
    }
    path.to_vec()
}

#[derive(Default)]
struct Scanner {
    tokens: Vec<Token>,
    at: usize,
    depth: usize,
    home: Vec<String>,
    /// The inline modules around, with the depth of their braces.
    inline: Vec<(String, usize)>,
    /// `#[cfg(test)]` was seen, and its item has not begun.
    test_is_next: bool,
    /// The depth of the braces of the test item around.
    test_depth: Option<usize>,
    paths: Vec<(Vec<String>, Path)>,
    imports: Vec<Import>,
    children: Vec<Child>,
    attributes: Vec<(Vec<String>, usize)>,
}

impl Scanner {
    fn scan(&mut self) {
        while self.at < self.tokens.len() {
            match self.peek(0) {
                "#" if self.peek(1) == "[" || (self.peek(1) == "!" && self.peek(2) == "[") => {
                    self.attribute()
                }
                "mod" if is_name(self.peek(1)) => self.module(),
                "use" if self.peek(1) != "<" => self.import(),
                "{" => self.open(),
                "}" => self.close(),
                ";" => {
                    self.test_is_next = false;
                    self.at += 1;
                }
                "." if is_name(self.peek(1)) && self.peek(2) == "(" => self.method(),
                "." if is_name(self.peek(1)) => self.at += 2,
                name if is_name(name) => self.path(),
                _ => self.at += 1,
            }
        }
    }

    fn peek(&self, ahead: usize) -> &str {
        self.tokens.get(self.at + ahead).map_or("", |token| &token.text)
    }

    fn next(&mut self) -> String {
        self.at += 1;
        self.tokens.get(self.at - 1).map_or_else(String::new, |token| token.text.clone())
    }

    fn line(&self) -> usize {
        self.tokens.get(self.at).map_or(0, |token| token.line)
    }

    fn scope(&self) -> Vec<String> {
        self.home.iter().cloned().chain(self.inline.iter().map(|(name, _)| name.clone())).collect()
    }

    fn in_test(&self) -> bool {
        self.test_is_next || self.test_depth.is_some()
    }

    fn open(&mut self) {
        if self.test_is_next && self.test_depth.is_none() {
            self.test_depth = Some(self.depth);
        }
        self.test_is_next = false;
        self.depth += 1;
        self.at += 1;
    }

    fn close(&mut self) {
        self.depth = self.depth.saturating_sub(1);
        let depth = self.depth;
        self.inline.retain(|(_, outside)| *outside < depth);
        self.test_depth = self.test_depth.filter(|outside| *outside < depth);
        self.at += 1;
    }

    fn attribute(&mut self) {
        let line = self.line();
        let (mut tokens, mut open) = (Vec::new(), 0);
        loop {
            let token = self.next();
            open += usize::from(token == "[");
            open -= usize::from(token == "]");
            let is_over = token.is_empty() || (token == "]" && open == 0);
            tokens.push(token);
            if is_over {
                break;
            }
        }
        self.test_is_next |= tokens.join("") == "#[cfg(test)]";
        self.attributes.push((tokens, line));
    }

    fn module(&mut self) {
        self.at += 1;
        let name = self.next();
        match self.peek(0) {
            "{" => self.inline.push((name, self.depth)),
            _ => {
                let child = Child { parent: self.scope(), name, in_test: self.in_test() };
                self.children.push(child);
            }
        }
    }

    fn import(&mut self) {
        self.at += 1;
        self.tree(&[]);
    }

    fn tree(&mut self, prefix: &[String]) {
        let mut path = prefix.to_vec();
        let line = self.line();
        while self.peek(0) == "::" || is_name(self.peek(0)) || self.peek(0) == "*" {
            match self.next().as_str() {
                "::" => {}
                "self" if !path.is_empty() => {}
                segment => path.push(segment.to_owned()),
            }
        }
        if self.peek(0) == "{" {
            self.at += 1;
            while !matches!(self.peek(0), "}" | "") {
                self.tree(&path);
                self.at += usize::from(self.peek(0) == ",");
            }
            self.at += 1;
            return;
        }
        // The loop above has taken `as name` for segments.
        let renamed = path.iter().position(|segment| segment == "as");
        let name = path.last().cloned().unwrap_or_default();
        path.truncate(renamed.unwrap_or(path.len()));
        self.imports.push((self.scope(), name, path.clone()));
        self.push(path, line);
    }

    fn method(&mut self) {
        let line = self.line();
        self.push(vec![format!(".{}", self.peek(1))], line);
        self.at += 2;
    }

    fn path(&mut self) {
        let line = self.line();
        let mut segments = vec![self.next()];
        while self.peek(0) == "::" && is_name(self.peek(1)) {
            self.at += 1;
            segments.push(self.next());
        }
        if self.peek(0) == "!" && matches!(self.peek(1), "(" | "[" | "{") {
            segments.last_mut().unwrap().push('!');
        }
        self.push(segments, line);
    }

    fn push(&mut self, segments: Vec<String>, line: usize) {
        let path = Path { segments, line, in_test: self.in_test() };
        self.paths.push((self.scope(), path));
    }
}

fn is_name(token: &str) -> bool {
    token.starts_with(|c: char| c.is_alphabetic() || c == '_')
}

/// The tokens of a file, without comments.
pub fn tokens(text: &str) -> Vec<Token> {
    let (mut found, mut rest, mut line) = (Vec::new(), text, 1);
    while let Some(first) = rest.chars().next() {
        let length = length(rest, first);
        let token = match first {
            '"' => "\"\"",
            _ if quote_of(rest).is_some() => "\"\"",
            _ => &rest[..length],
        };
        let is_skipped =
            first.is_whitespace() || first == '\'' || rest.starts_with("//") || rest.starts_with("/*");
        if !is_skipped {
            found.push(Token { text: token.to_owned(), line });
        }
        line += rest[..length].matches('\n').count();
        rest = &rest[length..];
    }
    found
}

/// How long the token is that `rest` begins with.
fn length(rest: &str, first: char) -> usize {
    let up_to = |end: &str| rest.find(end).unwrap_or(rest.len());
    match first {
        '/' if rest.starts_with("//") => up_to("\n"),
        '/' if rest.starts_with("/*") => comment(rest),
        '\'' => character(rest),
        ':' if rest.starts_with("::") => 2,
        _ => match quote_of(rest) {
            Some((start, 0, false)) => start + text_length(&rest[start..]),
            Some((start, hashes, _)) => {
                let end = format!("\"{}", "#".repeat(hashes));
                rest[start..].find(&end).map_or(rest.len(), |at| start + at + end.len())
            }
            None if is_name(rest) || first.is_ascii_digit() => {
                rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len())
            }
            None => first.len_utf8(),
        },
    }
}

/// Where a text begins (`"`, `b"`, `r#"` …): the bytes before its content, the hashes, and whether it is raw.
fn quote_of(rest: &str) -> Option<(usize, usize, bool)> {
    let prefix = rest.find(|c: char| !"bcr".contains(c)).filter(|length| *length <= 2)?;
    let is_raw = rest[..prefix].contains('r');
    let hashes = if is_raw { rest[prefix..].chars().take_while(|c| *c == '#').count() } else { 0 };
    rest[prefix + hashes..].starts_with('"').then_some((prefix + hashes + 1, hashes, is_raw))
}

/// The length of a text after its opening quote, closing quote included.
fn text_length(rest: &str) -> usize {
    let mut escaped = false;
    for (at, c) in rest.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return at + 1,
            _ => {}
        }
    }
    rest.len()
}

/// The length of a character in quotes, or of a lifetime.
fn character(rest: &str) -> usize {
    let body = &rest[1..];
    let first = body.chars().next().map_or(0, char::len_utf8);
    if body.starts_with('\\') {
        return 3 + body.get(2..).and_then(|rest| rest.find('\'')).unwrap_or(0) + 1;
    }
    if body[first..].starts_with('\'') {
        return 1 + first + 1;
    }
    1 + body.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(body.len())
}

fn comment(rest: &str) -> usize {
    let (mut depth, mut at) = (0, 0);
    while at < rest.len() {
        let (step, change) = match &rest.as_bytes()[at..] {
            [b'/', b'*', ..] => (2, 1),
            [b'*', b'/', ..] => (2, -1),
            _ => (1, 0),
        };
        at += step;
        depth += change;
        if depth == 0 {
            return at;
        }
    }
    rest.len()
}

fn paths_of(text: &str) -> Vec<String> {
    let module = ["crate", "out", "findings"].map(str::to_owned);
    read(text, &module).paths.iter().map(Path::text).collect()
}

#[test]
fn comments_and_texts_are_no_code() {
    let text = r##"a // b "c
        /* d /* e */ f */ "g\" h" r#"i " j"# b"k" '"' '\'' '\\' '\u{1f}' 'l: m::n<'o>"##;
    let words: Vec<_> = tokens(text).into_iter().map(|token| token.text).collect();
    assert_eq!(words, ["a", "\"\"", "\"\"", "\"\"", ":", "m", "::", "n", "<", ">"]);
    assert_eq!(tokens("a\n\"\n\"\nb").last().unwrap().line, 4);
}

#[test]
fn imports_are_expanded_and_followed() {
    let found =
        paths_of("use std::{io::{self, Write as W}, fs}; use super::gate::*; fs::read(io::stdin(), W::x)");
    let expected = ["std::io", "std::io::Write", "std::fs", "crate::out::gate::*"];
    assert_eq!(found[..4], expected);
    assert_eq!(found[4..], ["std::fs::read", "std::io::stdin", "std::io::Write::x"]);
}

#[test]
fn super_climbs_out_of_inline_modules() {
    let found = paths_of("mod tests { use super::super::paint::When; } self::a::b; super::c::d; x.exists()");
    assert_eq!(
        found,
        ["crate::out::paint::When", "crate::out::findings::a::b", "crate::out::c::d", "x", ".exists"]
    );
}

#[test]
fn code_under_cfg_test_is_told_apart() {
    let code =
        read("#[cfg(test)] mod tests { a!(); } b(); #[cfg(test)] mod c; mod d;", &["crate".to_owned()]);
    let paths: Vec<_> = code.paths.iter().map(|path| (path.text(), path.in_test)).collect();
    assert_eq!(paths, [("a!".to_owned(), true), ("b".to_owned(), false)]);
    let children: Vec<_> = code.children.iter().map(|child| (child.name.as_str(), child.in_test)).collect();
    assert_eq!(children, [("c", true), ("d", false)]);
}
