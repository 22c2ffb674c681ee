//! Doors: do two values lead to the same place, whoever goes there?

use super::{Service, Store, host, is_shared_door};
use crate::model::url::Url;
use crate::model::value::Value;

/// Where a URL or a connection string leads: other credentials and other options lead there too.
struct Door {
    /// The hosts of a cluster, or one, each with its port where that is known.
    hosts: Vec<(Box<str>, Option<u16>)>,
    path: Box<str>,
    user: Option<Box<str>>,
}

impl Door {
    fn of(text: &str) -> Option<Self> {
        Self::of_url(text.trim()).or_else(|| Self::of_pairs(text))
    }

    fn of_url(text: &str) -> Option<Self> {
        let url = Url::parse(text)?;
        let scheme = url.scheme().split('+').next().unwrap_or_default();
        let store = Store::of(scheme);
        let usual = store.and_then(|store| store.port).or_else(|| web_port(scheme));
        let (path, options) = url.path().split_once('?').unwrap_or((url.path(), ""));
        let named = find(options.split('&'), HOST).filter(|host| !host.starts_with('/'));
        let path = match (url.host(), named) {
            ("", None) => url.path(), // a socket, which is one of the options
            _ => path.split('#').next().unwrap_or_default().trim_matches('/'),
        };
        let is_cache = store.is_some_and(|store| store.service == Service::Cache);
        let user = url.user().filter(|_| is_shared_door(url.host())).map(Into::into);
        let path = if path.is_empty() && is_cache { "0" } else { path }.into();
        let host = if url.host().is_empty() { named.unwrap_or_default() } else { url.host() };
        Some(Self { hosts: hosts(host, url.port().or(usual)), path, user })
    }

    /// `Server=db,1433;Database=app;…` of ADO.NET and ODBC, `host=db port=5432 dbname=app` of libpq. Sources: Microsoft,
    /// "SqlConnection.ConnectionString"; PostgreSQL, "Connection Strings".
    fn of_pairs(text: &str) -> Option<Self> {
        let mark = if text.contains(';') { ';' } else { ' ' };
        let find = |names: &[&str]| find(text.split(mark), names);
        let host = find(HOST)?;
        let host = host.strip_prefix("tcp:").unwrap_or(host);
        let (host, port) = match host.split_once(',').map(|(host, port)| (host, port.parse())) {
            Some((host, Ok(port))) => (host, Some(port)),
            _ => (host, None),
        };
        let port = port.or_else(|| find(&["port"])?.parse().ok());
        let user = find(&["user", "user id", "uid", "username"]).filter(|_| is_shared_door(host));
        let path = find(&["database", "initial catalog", "dbname"]).unwrap_or_default();
        Some(Self { hosts: hosts(host, port), path: path.into(), user: user.map(Into::into) })
    }

    /// Is one of the hosts the same, and all else? A port that is not known could be any.
    fn is_same(&self, other: &Self) -> bool {
        let is_port = |one: Option<u16>, other: Option<u16>| one.is_none() || other.is_none() || one == other;
        let is_host = |(host, port): &(Box<str>, Option<u16>)| {
            other.hosts.iter().any(|(theirs, their_port)| host == theirs && is_port(*port, *their_port))
        };
        self.path == other.path && self.user == other.user && self.hosts.iter().any(is_host)
    }
}

/// What the host is called in connection strings.
const HOST: &[&str] = &["host", "server", "data source", "address", "addr"];

/// The value of the first of these pairs that has one of these names.
fn find<'t>(mut pairs: impl Iterator<Item = &'t str>, names: &[&str]) -> Option<&'t str> {
    pairs.find_map(|pair| {
        let (name, value) = pair.split_once('=')?;
        let is_known = names.iter().any(|known| known.eq_ignore_ascii_case(name.trim()));
        is_known.then(|| value.trim().trim_matches(['\'', '"'])).filter(|value| !value.is_empty())
    })
}

/// The hosts of an authority without its user; `usual` is the port of those that name none.
fn hosts(authority: &str, usual: Option<u16>) -> Vec<(Box<str>, Option<u16>)> {
    let host = |one: &str| {
        let (name, port) = match one.rsplit_once(':').map(|(name, port)| (name, port.parse())) {
            Some((name, Ok(port))) if !name.contains(':') || name.ends_with(']') => (name, Some(port)),
            _ => (one, None),
        };
        (host::normal(name).unwrap_or_else(|| name.to_lowercase().into()), port.or(usual))
    };
    authority.split(',').map(host).collect()
}

fn web_port(scheme: &str) -> Option<u16> {
    let is = |known: &str| scheme.eq_ignore_ascii_case(known);
    match scheme {
        _ if is("http") || is("ws") => Some(80),
        _ if is("https") || is("wss") => Some(443),
        _ => None,
    }
}

/// Are both the same text, or do URLs or connection strings lead to the same host, port and database?
pub fn lead_alike(one: &Value, other: &Value) -> bool {
    let doors = || Door::of(one.text()).zip(Door::of(other.text()));
    one.same_as(other) || doors().is_some_and(|(one, other)| one.is_same(&other))
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
            ("postgres://a.x:5432,b.x:5433/app", "postgres://b.x:5433/app"),
            ("postgres://[::1]/app", "postgres://[::1]:5432/app"),
            ("postgres://u@db/app", " postgres://db/app\n"),
            ("postgres://u@db/app", "postgres:///app?user=x&host=db"),
            ("postgres://u@db/app", "host=db user=x dbname='app'"),
            ("Server=tcp:db.x,1433;Database=app;Uid=a", "data source=DB.x;Initial Catalog=app;pwd=b=c"),
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
            ("postgres://a.x:5432,b.x:5433/app", "postgres://b.x:5432/app"),
            ("host=db dbname=app", "host=db dbname=test"),
            ("Server=db,1433;Database=app", "Server=db,1434;Database=app"),
            ("Server=;Database=app", "Server=;Database=test"),
            ("plain", "Plain"),
            ("plain", "https://plain"),
        ] {
            assert!(!alike(one, other) && !alike(other, one), "{one} {other}");
        }
    }
}
