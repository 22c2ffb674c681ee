//! Decorators of `.env.schema`: `# @required @type=enum(a, b)`, in the words of env-spec and varlock.

use crate::model::kind::{Kind, as_bool};
use crate::model::value::Value;
use crate::model::wanted::Wanted;

/// `@name`, `@name=value` or `@name(value)`.
#[derive(Clone, Copy)]
struct Decorator<'a> {
    name: &'a str,
    value: Option<&'a str>,
}

/// What the header of a file says of all its keys.
#[derive(Default)]
pub(super) struct Defaults {
    required: Option<Required>,
    are_secret: bool,
    public_prefix: Option<String>,
}

/// `@defaultRequired`.
#[derive(Clone, Copy)]
enum Required {
    Yes,
    No,
    /// A key without a value is optional. One with a value has it wherever nobody sets it: nothing is asked.
    Infer,
}

impl Defaults {
    /// Takes what a line above the first key says.
    pub(super) fn learn(&mut self, line: &str) {
        for Decorator { name, value } in read(line).map(|(found, _)| found).unwrap_or_default() {
            match name {
                "defaultRequired" if value == Some("infer") => self.required = Some(Required::Infer),
                "defaultRequired" => {
                    self.required = truth(value).map(|yes| if yes { Required::Yes } else { Required::No });
                }
                "defaultSensitive" => {
                    let prefix = value.and_then(|value| arguments_of(value, "inferFromPrefix"));
                    self.are_secret = prefix.is_some() || truth(value) == Some(true);
                    self.public_prefix = prefix.and_then(|names| names.first().map(|name| (*name).into()));
                }
                _ => {}
            }
        }
    }

    /// Fills in what the key itself does not say. That nothing is sensitive by default is left to recognition:
    /// only a key's own word, or its prefix, makes it public.
    pub(super) fn apply(&self, wanted: &mut Wanted) {
        let is_public = self.public_prefix.as_ref().is_some_and(|prefix| wanted.name.starts_with(prefix));
        let secret = self.are_secret.then_some(!is_public);
        wanted.secret = wanted.secret.or(secret);
        let required = self.required.and_then(|required| match required {
            Required::Yes => Some(true),
            Required::No => Some(false),
            Required::Infer => wanted.default.as_ref().is_none_or(Value::is_empty).then_some(false),
        });
        wanted.required = wanted.required.or(required);
    }
}

/// Takes what the decorators of a line say; gives the text after them, or nothing where the line is plain text.
pub(super) fn apply<'a>(wanted: &mut Wanted, line: &'a str) -> Option<&'a str> {
    let (found, rest) = read(line)?;
    found.into_iter().for_each(|decorator| decorator.apply(wanted));
    Some(rest)
}

impl Decorator<'_> {
    fn is_known(self) -> bool {
        let known = ["required", "optional", "sensitive", "public", "type", "example", "docs", "docsUrl"];
        known.contains(&self.name)
    }

    fn apply(self, wanted: &mut Wanted) {
        let Self { name, value } = self;
        match name {
            // what holds in some environments only is not asked of all
            "required" => wanted.required = Some(truth(value) == Some(true)),
            "optional" => wanted.required = truth(value).map(|optional| !optional),
            "sensitive" => {
                let is_off =
                    value.is_some_and(|value| value.starts_with('{') && is_option(value, "enabled", "false"));
                wanted.secret = Some(truth(value) != Some(false) && !is_off);
            }
            "public" => wanted.secret = truth(value).map(|public| !public),
            "type" => (wanted.kind, wanted.values) = kind(value.unwrap_or_default()),
            "example" => wanted.example = value.map(|value| Value::new(unquoted(value))),
            "docs" | "docsUrl" if wanted.docs.is_none() => {
                let url = arguments(value.unwrap_or_default()).pop().filter(|url| url.contains("://"));
                wanted.docs = url.map(str::to_owned);
            }
            _ => {}
        }
    }
}

/// A decorator alone is true.
fn truth(value: Option<&str>) -> Option<bool> {
    value.map_or(Some(true), |value| as_bool(unquoted(value)))
}

/// The type that a text such as `string(startsWith=x)` names, and the words of an enum.
fn kind(text: &str) -> (Option<Kind>, Vec<String>) {
    let name = text.split('(').next().unwrap_or(text);
    let is_whole = is_option(text, "isInt", "true") || is_option(text, "precision", "0");
    let kind = match name {
        "string" => Kind::String,
        "number" if is_whole => Kind::Int,
        "number" => Kind::Float,
        "boolean" => Kind::Bool,
        "url" => Kind::Url,
        "email" => Kind::Email,
        "domain" => Kind::Host,
        "port" => Kind::Port,
        "ip" => Kind::Ip,
        "uuid" => Kind::Uuid,
        "semver" => Kind::Semver,
        "isoDate" => Kind::Date,
        "duration" => Kind::Duration,
        "simple-object" => Kind::Json,
        "array" if !text.contains("separator") && !text.contains("format") => Kind::List,
        "enum" => return words(arguments_of(text, "enum").unwrap_or_default()),
        _ => return (None, Vec::new()),
    };
    (Some(kind), Vec::new())
}

/// An enum, unless some of its words come from elsewhere.
fn words(words: Vec<&str>) -> (Option<Kind>, Vec<String>) {
    let is_fixed =
        !words.is_empty() && !words.iter().any(|word| word.is_empty() || word.contains(['$', '(']));
    let words = words.into_iter().map(str::to_owned).collect();
    if is_fixed { (Some(Kind::Enum), words) } else { (None, Vec::new()) }
}

/// Does the call or the object that `text` is set this option to this word?
fn is_option(text: &str, option: &str, word: &str) -> bool {
    let inside = text.find(['(', '{']).and_then(|at| text.get(at + 1..)).unwrap_or_default();
    arguments(inside.trim_end_matches([')', '}'])).iter().any(|argument| {
        argument
            .split_once('=')
            .is_some_and(|(name, set)| name.trim() == option && unquoted(set.trim()) == word)
    })
}

/// The arguments of `text` if it calls `function`.
fn arguments_of<'a>(text: &'a str, function: &str) -> Option<Vec<&'a str>> {
    let inside = text.strip_prefix(function)?.strip_prefix('(')?.strip_suffix(')')?;
    Some(arguments(inside))
}

/// What stands between commas, brackets and quotes respected, without its quotes.
fn arguments(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let (argument, after) = split_outside(rest, |c| c == ',');
        found.push(unquoted(argument.trim()));
        rest = after.strip_prefix(',').unwrap_or(after);
    }
    found
}

fn unquoted(text: &str) -> &str {
    let inside = |quote| text.strip_prefix(quote).and_then(|rest: &str| rest.strip_suffix(quote));
    ['"', '\'', '`'].into_iter().find_map(inside).unwrap_or(text)
}

/// The decorators that a line starts with, and the text after them; nothing where the line is no line of decorators.
fn read(line: &str) -> Option<(Vec<Decorator<'_>>, &str)> {
    let mut found = Vec::new();
    let mut rest = line;
    while let Some(after) = rest.strip_prefix('@') {
        let tail = after.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || c == '_');
        let name = after.strip_suffix(tail).filter(|name| !name.is_empty())?;
        let (value, tail) = read_value(tail);
        if !tail.is_empty() && !tail.starts_with(char::is_whitespace) {
            return None;
        }
        found.push(Decorator { name, value });
        rest = tail.trim_start();
    }
    let is_over = rest.is_empty() || rest.starts_with('#') || found.first()?.is_known();
    let rest = rest.trim_start_matches('#').trim_start();
    (is_over && !found.is_empty()).then_some((found, rest))
}

fn read_value(tail: &str) -> (Option<&str>, &str) {
    if let Some(value) = tail.strip_prefix('=') {
        let (value, tail) = split_outside(value, char::is_whitespace);
        return (Some(value), tail);
    }
    if !tail.starts_with('(') {
        return (None, tail);
    }
    let (call, tail) = split_outside(tail, char::is_whitespace);
    (call.strip_prefix('(').and_then(|call| call.strip_suffix(')')), tail)
}

/// The text before and from the first such character outside of quotes and brackets.
fn split_outside(text: &str, ends: impl Fn(char) -> bool) -> (&str, &str) {
    let (mut quote, mut depth) = (None, 0_usize);
    for (at, c) in text.char_indices() {
        match (quote, c) {
            (Some(open), _) => quote = quote.filter(|_| c != open),
            (None, '"' | '\'' | '`') => quote = Some(c),
            (None, '(' | '[' | '{') => depth += 1,
            (None, ')' | ']' | '}') => depth = depth.saturating_sub(1),
            (None, _) if depth == 0 && ends(c) => return text.split_at_checked(at).unwrap_or((text, "")),
            (None, _) => {}
        }
    }
    (text, "")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(line: &str) -> (Wanted, Option<&str>) {
        let mut wanted = Wanted::new("KEY", 0);
        let rest = apply(&mut wanted, line);
        (wanted, rest)
    }

    #[test]
    fn a_line_of_decorators_is_told_from_text() {
        for (line, rest) in [
            ("@required @sensitive", Some("")),
            ("@type=string(startsWith=\"a b\", maxLength=3) @optional", Some("")),
            ("@icon=mdi:key", Some("")),
            ("@icon=mdi:key # for the web", Some("for the web")),
            ("@required The port", Some("The port")),
            ("@BotFather gives you the token", None),
            ("@see https://docs.example.com", None),
            ("@scope/package", None),
            ("@", None),
            ("@(x)", None),
            ("ask @required people", None),
            ("", None),
        ] {
            assert_eq!(after(line).1, rest, "{line}");
        }
    }

    #[test]
    fn decorators_say_required_and_secret() {
        for (line, required, secret) in [
            ("@required @sensitive", Some(true), Some(true)),
            ("@optional @sensitive=false", Some(false), Some(false)),
            ("@required=false @public", Some(false), Some(false)),
            ("@optional=false @public=false", Some(true), Some(true)),
            ("@required=\"true\"", Some(true), None),
            ("@required=forEnv(prod)", Some(false), None),
            ("@sensitive={preventLeaks=false}", None, Some(true)),
            ("@sensitive={ preventLeaks=false, enabled=false }", None, Some(false)),
            ("@sensitive=forEnv(prod)", None, Some(true)),
            ("@deprecated=\"use @required\"", None, None),
        ] {
            let wanted = after(line).0;
            assert_eq!((wanted.required, wanted.secret), (required, secret), "{line}");
        }
    }

    #[test]
    fn decorators_name_types() {
        for (name, kind) in [
            ("url(prependHttps=true)", Some(Kind::Url)),
            ("number", Some(Kind::Float)),
            ("number(min=0, isInt=true)", Some(Kind::Int)),
            ("number(precision=0)", Some(Kind::Int)),
            ("string(startsWith=\"isInt=true\")", Some(Kind::String)),
            ("isoDate", Some(Kind::Date)),
            ("array(email)", Some(Kind::List)),
            ("array(email, separator=\";\")", None),
            ("opServiceAccountToken", None),
            ("enum", None),
            ("enum()", None),
            ("enum($MODES)", None),
            ("", None),
        ] {
            assert_eq!(after(&format!("@type={name}")).0.kind, kind, "{name}");
        }
        for name in ["string", "boolean", "url", "email", "port", "ip", "uuid", "semver", "duration"] {
            assert!(after(&format!("@type={name}")).0.kind.is_some(), "{name}");
        }
        let wanted = after("@type=enum(dev, \"a, b\", 'c')").0;
        assert_eq!(wanted.values, ["dev", "a, b", "c"]);
    }

    #[test]
    fn examples_and_documentation_are_kept() {
        let (wanted, _) =
            after("@example=\"a b\" @docs(\"The guide\", https://docs.example.com/a) @docs(http://b)");
        assert!(wanted.example.is_some_and(|example| example.judge(|text| text == "a b")));
        assert_eq!(wanted.docs.as_deref(), Some("https://docs.example.com/a"));
        assert_eq!(after("@docsUrl=https://a.example.com").0.docs.as_deref(), Some("https://a.example.com"));
    }

    #[test]
    fn the_header_speaks_for_keys_that_say_nothing() {
        let cases = [
            ("@defaultRequired=true", "A", "x", Some(true), None),
            ("@defaultRequired=false", "A", "", Some(false), None),
            ("@defaultRequired=infer", "A", "", Some(false), None),
            ("@defaultRequired=infer", "A", "x", None, None),
            ("@defaultSensitive=true", "A", "x", None, Some(true)),
            ("@defaultSensitive=false", "A", "x", None, None),
            ("@defaultSensitive=inferFromPrefix(PUBLIC_)", "A", "x", None, Some(true)),
            ("@defaultSensitive=inferFromPrefix(PUBLIC_)", "PUBLIC_A", "x", None, Some(false)),
            ("@currentEnv=$APP_ENV", "A", "", None, None),
        ];
        for (line, name, value, required, secret) in cases {
            let mut defaults = Defaults::default();
            defaults.learn(line);
            let mut wanted = Wanted::new(name, 0);
            wanted.default = Some(Value::new(value));
            defaults.apply(&mut wanted);
            assert_eq!((wanted.required, wanted.secret), (required, secret), "{line} {name}={value}");
        }
    }
}
