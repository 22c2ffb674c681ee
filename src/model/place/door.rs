//! Doors: do two values lead to the same place, whoever goes there?

use super::{Service, Store, host, is_shared_door};
use crate::model::url::Url;
use crate::model::value::Value;

/// Where a URL leads: other credentials and other options lead there too.
#[derive(PartialEq, Eq)]
struct Door {
    host: Box<str>,
    port: Option<u16>,
    path: Box<str>,
    user: Option<Box<str>>,
}

impl Door {
    fn of(text: &str) -> Option<Self> {
        let url = Url::parse(text)?;
        let scheme = url.scheme().split('+').next().unwrap_or_default();
        let store = Store::of(scheme);
        let host = host::normal(url.host()).unwrap_or_else(|| url.host().to_lowercase().into());
        let path = match host.is_empty() {
            true => url.path(), // a socket's host is one of the options
            false => url.path().split(['?', '#']).next().unwrap_or_default().trim_matches('/'),
        };
        let is_cache = store.is_some_and(|store| store.service == Service::Cache);
        let usual = store.and_then(|store| store.port).or_else(|| web_port(scheme));
        let user = url.user().filter(|_| is_shared_door(&host)).map(Into::into);
        let path = if path.is_empty() && is_cache { "0" } else { path }.into();
        Some(Self { port: url.port().or(usual), host, path, user })
    }
}

fn web_port(scheme: &str) -> Option<u16> {
    let is = |known: &str| scheme.eq_ignore_ascii_case(known);
    match scheme {
        _ if is("http") || is("ws") => Some(80),
        _ if is("https") || is("wss") => Some(443),
        _ => None,
    }
}

/// Are both the same text, or URLs of the same host, port and database?
pub fn lead_alike(one: &Value, other: &Value) -> bool {
    let doors = || Door::of(one.text()).zip(Door::of(other.text()));
    one.same_as(other) || doors().is_some_and(|(one, other)| one == other)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn alike(one: &str, other: &str) -> bool {
        lead_alike(&Value::new(one), &Value::new(other))
    }

    #[test]
    fn other_credentials_options_and_spellings_lead_to_the_same_place() {
        for (one, other) in [
            (
                "postgres://a:b@db.example.com/app",
                "postgresql+asyncpg://c:d@DB.example.com:5432/app?ssl=true",
            ),
            ("postgres://a:b@localhost/app", "postgres://localhost:5432/app"),
            ("redis://:x@cache", "redis://cache:6379/0"),
            ("https://x.example.com", "https://x.example.com:443/?key=1"),
            ("plain", "plain"),
            ("mongodb://b.x,a.x/app", "mongodb://a.x,b.x/app"),
        ] {
            assert!(alike(one, other) && alike(other, one), "{one} {other}");
        }
    }

    #[test]
    fn other_hosts_ports_databases_and_words_lead_elsewhere() {
        for (one, other) in [
            ("postgres://db/app", "postgres://db/test"),
            ("postgres://db/app", "postgres://db:5433/app"),
            ("postgres://db/app", "postgres://db2/app"),
            ("redis://cache/0", "redis://cache/1"),
            ("https://x.example.com/a", "https://x.example.com/b"),
            ("postgres:///app?host=/a", "postgres:///app?host=/b"),
            (
                "postgres://u.one@aws-0.pooler.supabase.com/postgres",
                "postgres://u.two@aws-0.pooler.supabase.com/postgres",
            ),
            ("plain", "Plain"),
            ("plain", "https://plain"),
        ] {
            assert!(!alike(one, other) && !alike(other, one), "{one} {other}");
        }
    }
}
