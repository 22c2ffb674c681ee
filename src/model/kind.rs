//! The types a key can be declared to have.

use std::net::IpAddr;

use super::url::Url;

/// A type of values. The texts it takes are those of [`Kind::accepts`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "TABLE describes each")]
pub enum Kind {
    String,
    Int,
    Float,
    Bool,
    Enum,
    Url,
    Email,
    Host,
    Port,
    Ip,
    Path,
    Dir,
    Uuid,
    Semver,
    Duration,
    Json,
    List,
    Date,
}

struct Row {
    kind: Kind,
    name: &'static str,
    describe: &'static str,
    example: &'static str,
}

const fn row(kind: Kind, name: &'static str, describe: &'static str, example: &'static str) -> Row {
    Row { kind, name, describe, example }
}

const TABLE: &[Row] = &[
    row(Kind::String, "string", "a text", "hello"),
    row(Kind::Int, "int", "a whole number", "42"),
    row(Kind::Float, "float", "a number", "0.5"),
    row(Kind::Bool, "bool", "a truth value", "true"),
    row(Kind::Enum, "enum", "one of the allowed words", "info"),
    row(Kind::Url, "url", "a URL", "https://api.example.com"),
    row(Kind::Email, "email", "an e-mail address", "team@example.com"),
    row(Kind::Host, "host", "a host name or an IP address", "db.example.com"),
    row(Kind::Port, "port", "a port from 1 to 65535", "5432"),
    row(Kind::Ip, "ip", "an IP address", "192.0.2.1"),
    row(Kind::Path, "path", "a path", "var/log/app.log"),
    row(Kind::Dir, "dir", "a folder that exists", "var/data"),
    row(Kind::Uuid, "uuid", "a UUID", "123e4567-e89b-12d3-a456-426614174000"),
    row(Kind::Semver, "semver", "a semantic version", "1.4.0"),
    row(Kind::Duration, "duration", "a duration with its unit", "30s, 5m, 1h30m, 500ms"),
    row(Kind::Json, "json", "valid JSON", "{\"a\": 1}"),
    row(Kind::List, "list", "a list without empty items", "a,b,c"),
    row(Kind::Date, "date", "a date", "2030-01-31"),
];

impl Kind {
    /// The type of this name, as the manifest spells it.
    pub fn from_name(name: &str) -> Option<Kind> {
        TABLE.iter().find(|row| row.name == name).map(|row| row.kind)
    }

    /// All names.
    pub fn names() -> impl Iterator<Item = &'static str> {
        TABLE.iter().map(|row| row.name)
    }

    fn row(self) -> Option<&'static Row> {
        TABLE.iter().find(|row| row.kind == self)
    }

    /// Its name, as the manifest spells it.
    pub fn name(self) -> &'static str {
        self.row().map_or("", |row| row.name)
    }

    /// What a value of the type is, with its article.
    pub fn describe(self) -> &'static str {
        self.row().map_or("", |row| row.describe)
    }

    /// A value of the type.
    pub fn example(self) -> &'static str {
        self.row().map_or("", |row| row.example)
    }

    /// Is `text` of this type? Surrounding blanks never are. Whether a folder exists, which words an enum allows
    /// and what separates a list is the caller's to know.
    pub fn accepts(self, text: &str) -> bool {
        match self {
            Kind::String | Kind::Enum => true,
            Kind::Int => text.parse::<i128>().is_ok(),
            Kind::Float => text.parse::<f64>().is_ok_and(f64::is_finite),
            Kind::Bool => as_bool(text).is_some(),
            Kind::Url => {
                Url::parse(text).is_some_and(|url| !url.host().is_empty() || url.database().is_some())
            }
            Kind::Email => is_email(text),
            Kind::Host => is_host(text),
            Kind::Port => {
                text.bytes().all(|b| b.is_ascii_digit()) && text.parse::<u16>().is_ok_and(|port| port > 0)
            }
            Kind::Ip => text.parse::<IpAddr>().is_ok(),
            Kind::Path | Kind::Dir => !text.is_empty() && !text.contains('\0'),
            Kind::Uuid => is_uuid(text),
            Kind::Semver => semver::Version::parse(text).is_ok(),
            Kind::Duration => is_duration(text),
            Kind::Json => serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok(),
            Kind::List => text.split(',').all(|item| !item.trim().is_empty()),
            Kind::Date => {
                text.parse::<jiff::civil::Date>().is_ok() || text.parse::<jiff::Timestamp>().is_ok()
            }
        }
    }
}

/// What a text says of truth, in the words that programs commonly take; any case.
pub fn as_bool(text: &str) -> Option<bool> {
    let is = |words: &[&str]| words.iter().any(|word| text.eq_ignore_ascii_case(word));
    if is(&["true", "yes", "on", "1"]) {
        Some(true)
    } else if is(&["false", "no", "off", "0"]) {
        Some(false)
    } else {
        None
    }
}

/// RFC 1123: labels of letters, digits and inner hyphens, at most 63 each; underscores occur in compose networks.
fn is_host(text: &str) -> bool {
    let is_label = |label: &str| {
        (1..=63).contains(&label.len())
            && label.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'))
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    text.parse::<IpAddr>().is_ok()
        || (text.len() <= 253 && text.strip_suffix('.').unwrap_or(text).split('.').all(is_label))
}

fn is_email(text: &str) -> bool {
    let sane = |c: char| !c.is_whitespace() && !c.is_control() && !matches!(c, '@' | '<' | '>' | ',' | '"');
    text.split_once('@').is_some_and(|(local, host)| {
        !local.is_empty()
            && local.chars().all(sane)
            && is_host(host)
            && host.contains('.')
            && !host.ends_with('.')
    })
}

fn is_uuid(text: &str) -> bool {
    let lengths = [8, 4, 4, 4, 12];
    let groups: Vec<&str> = text.split('-').collect();
    groups.len() == lengths.len()
        && groups.iter().zip(lengths).all(|(g, n)| g.len() == n && g.bytes().all(|b| b.is_ascii_hexdigit()))
}

/// Numbers with units, largest first being the writer's business: `1h30m`, `0.5s`.
fn is_duration(text: &str) -> bool {
    const UNITS: &[&str] = &["ns", "us", "µs", "ms", "s", "m", "h", "d", "w"];
    let mut rest = text;
    while !rest.is_empty() {
        let number = rest.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
        let digits = rest.strip_suffix(number).unwrap_or_default();
        let next = number.trim_start_matches(|c: char| c.is_alphabetic());
        let unit = number.strip_suffix(next).unwrap_or_default();
        if digits.parse::<f64>().is_err() || !UNITS.contains(&unit) {
            return false;
        }
        rest = next;
    }
    !text.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn types_accept_what_they_should_and_refuse_the_rest() {
        for (name, good, bad) in [
            ("string", vec!["", "x"], vec![]),
            ("int", vec!["0", "-7", "+7"], vec!["1.5", " 1", "0x1", "", "1_000"]),
            ("float", vec!["1", "-0.5", "1e3"], vec!["nan", "inf", "1,5", ""]),
            ("bool", vec!["true", "FALSE", "1", "off"], vec!["ture", "2", ""]),
            ("url", vec!["https://x.org", "sqlite:///a.db"], vec!["x.org", "http://", "http:// x"]),
            ("email", vec!["a.b+c@x.org"], vec!["a@b", "@x.org", "a b@x.org", "a@x.org,b@x.org"]),
            (
                "host",
                vec!["db", "a.b-c.org", "::1", "10.0.0.1", "my_db"],
                vec!["", "-a", "a..b", "a b", "h:80"],
            ),
            ("port", vec!["1", "65535"], vec!["0", "65536", "+80", "80a", ""]),
            ("ip", vec!["192.0.2.1", "2001:db8::1"], vec!["256.0.0.1", "x"]),
            ("path", vec!["a/b", "/x y"], vec![""]),
            (
                "uuid",
                vec!["123e4567-e89b-12d3-a456-426614174000"],
                vec!["123e4567", "123e4567-e89b-12d3-a456-42661417400g"],
            ),
            ("semver", vec!["1.2.3", "1.0.0-rc.1+b"], vec!["v1.2.3", "1.2"]),
            (
                "duration",
                vec!["30s", "1h30m", "500ms", "0.5h", "7d"],
                vec!["30", "s", "1x", "", "1h 30m", "1.2.3s"],
            ),
            ("json", vec!["{}", "[1,2]", "\"x\""], vec!["{", "x", ""]),
            ("list", vec!["a", "a,b", "a, b"], vec!["a,,b", ",", ""]),
            ("date", vec!["2030-01-31", "2030-01-31T10:00:00Z"], vec!["2030-02-30", "31.1.2030", ""]),
        ] {
            let kind = Kind::from_name(name).unwrap_or_else(|| panic!("{name}"));
            for text in good {
                assert!(kind.accepts(text), "{name} should take {text:?}");
            }
            for text in bad {
                assert!(!kind.accepts(text), "{name} should refuse {text:?}");
            }
        }
    }

    #[test]
    fn every_type_accepts_its_own_example() {
        for row in TABLE {
            let first =
                if row.kind == Kind::Duration { row.example.split(", ").next() } else { Some(row.example) };
            assert!(first.is_some_and(|example| row.kind.accepts(example)), "{}", row.name);
        }
    }

    proptest! {
        #[test]
        fn no_text_makes_a_type_panic(text in "\\PC{0,24}") {
            for row in TABLE {
                let _ = row.kind.accepts(&text);
            }
        }
    }
}
