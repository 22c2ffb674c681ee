//! Places: where values lead, as something that can be compared and not read.

mod door;
mod group;
mod host;

pub use door::lead_alike;
pub use group::places;
pub use host::{Host, connects_to, hosts, is_local};

use super::project::Binding;
use super::url::Url;

/// What is kept at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Service {
    /// Tables or documents.
    Database,
    /// What can be computed again.
    Cache,
    /// Messages.
    Queue,
    /// Files, and Terraform's state.
    Bucket,
}

/// Where data is kept: the user and the password that lead there do not count. It has no `Display` or `Debug`, because
/// parts of values are in it.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Place {
    service: Service,
    host: Box<str>,
    port: Option<u16>,
    name: Box<str>,
}

/// A kind of server: its port, and the words for it in schemes and in names of keys.
struct Store {
    service: Service,
    port: Option<u16>,
    words: &'static [&'static str],
}

const fn store(service: Service, port: u16, words: &'static [&'static str]) -> Store {
    Store { service, port: Some(port), words }
}

/// Default ports: the documentation of each server.
const STORES: &[Store] = &[
    store(Service::Database, 5432, &["postgres", "postgresql", "postgis", "pg", "pgsql"]),
    store(Service::Database, 3306, &["mysql", "mysql2", "mariadb"]),
    store(Service::Database, 1433, &["mssql", "sqlserver"]),
    store(Service::Database, 27017, &["mongodb", "mongo"]),
    store(Service::Database, 26257, &["cockroachdb", "cockroach"]),
    store(Service::Database, 9000, &["clickhouse"]),
    store(Service::Database, 7687, &["neo4j", "bolt"]),
    Store { service: Service::Database, port: None, words: &["db", "database", "datasource"] },
    store(Service::Cache, 6379, &["redis", "rediss", "valkey", "valkeys"]),
    store(Service::Cache, 11211, &["memcached", "memcache"]),
    Store { service: Service::Cache, port: None, words: &["cache"] },
    store(Service::Queue, 5672, &["amqp", "rabbitmq", "rabbit"]),
    store(Service::Queue, 5671, &["amqps"]),
    store(Service::Queue, 4222, &["nats"]),
    Store { service: Service::Queue, port: None, words: &["broker", "queue", "mq"] },
];

impl Store {
    fn of(word: &str) -> Option<&'static Self> {
        STORES.iter().find(|store| store.words.iter().any(|known| known.eq_ignore_ascii_case(word)))
    }

    /// The place at `host`, unless it is another one on each machine, or nobody can say which.
    fn place(&self, host: &str, port: Option<u16>, name: Option<&str>) -> Option<Place> {
        let host = host::normal(host).filter(|host| !is_local(host) && !is_shared_door(host))?;
        let name = match (self.service, name) {
            (_, Some(name)) => name,
            (Service::Cache, None) => "0",
            (Service::Queue, None) => "/",
            (Service::Database | Service::Bucket, None) => return None,
        };
        Some(Place { service: self.service, host, port: port.or(self.port), name: name.into() })
    }
}

/// Poolers where the user, not the host or the database, says whose database it is (Supabase, "Connect to your database").
fn is_shared_door(host: &str) -> bool {
    host.ends_with(".pooler.supabase.com")
}

impl Place {
    /// The word for it.
    pub fn as_str(&self) -> &'static str {
        match self.service {
            Service::Database => "database",
            Service::Cache => "cache",
            Service::Queue => "queue",
            Service::Bucket if self.name.is_empty() => "bucket",
            Service::Bucket => "place in a bucket",
        }
    }

    /// Is it a bucket that is there for every visitor, by its name: `acme-public-assets`?
    pub fn is_public(&self) -> bool {
        const WORDS: &[&str] = &["public", "assets", "static", "cdn"];
        self.service == Service::Bucket && self.host.split(['-', '_', '.']).any(|word| WORDS.contains(&word))
    }

    /// The place that a URL leads to, where data is kept there.
    fn of_url(text: &str) -> Option<Self> {
        let url = Url::parse(text)?;
        let scheme = url.scheme().split('+').next().unwrap_or_default();
        if ["s3", "s3a", "gs"].iter().any(|bucket| scheme.eq_ignore_ascii_case(bucket)) {
            return Self::bucket(url.host(), url.database());
        }
        if url.host().starts_with("sqs.") && url.host().contains(".amazonaws.com") && url.path().len() > 1 {
            let host = host::normal(url.host())?;
            return Some(Self { service: Service::Queue, host, port: None, name: url.path().into() });
        }
        Store::of(scheme)?.place(url.host(), url.port(), url.database())
    }

    /// A bucket, and what of it is meant. Names of buckets are the same everywhere.
    fn bucket(name: &str, part: Option<&str>) -> Option<Self> {
        let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
        let is_bucket =
            name.len() >= 3 && name.chars().all(is_name) && !super::placeholder::is_placeholder(name);
        let part = part.unwrap_or_default().trim_matches('/').into();
        is_bucket.then(|| Self {
            service: Service::Bucket,
            host: name.to_ascii_lowercase().into(),
            port: None,
            name: part,
        })
    }
}

/// Is data kept where `binding` leads, by the scheme of its URL or by the words of its name?
pub fn is_store(binding: &Binding<'_>) -> bool {
    let by_scheme = |text: &str| Some(Store::of(Url::parse(text)?.scheme().split('+').next()?).is_some());
    let by_name = || binding.entry.spoken_name().split(['_', '-', '.']).any(|word| Store::of(word).is_some());
    binding.value().is_some_and(|value| by_scheme(value.text()).unwrap_or_else(by_name))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn same(one: &str, other: &str) -> bool {
        Place::of_url(one).zip(Place::of_url(other)).is_some_and(|(one, other)| one == other)
    }

    #[test]
    fn a_place_is_the_same_whoever_goes_there_and_however_it_is_spelled() {
        for (one, other) in [
            (
                "postgres://a:b@db.example.com/app",
                "postgresql+asyncpg://c:d@DB.example.com:5432/app?ssl=true",
            ),
            ("jdbc:mysql://h.example.com/app", "mysql2://u@h.example.com:3306/app"),
            ("redis://:x@c.example.com", "redis://c.example.com:6379/0"),
            ("amqp://q.example.com", "amqp://u:p@q.example.com:5672/"),
            ("s3://uploads", "s3://uploads/"),
            ("mongodb://b.example.com,a.example.com/x", "mongodb://a.example.com,b.example.com/x"),
        ] {
            assert!(same(one, other), "{one} {other}");
        }
    }

    #[test]
    fn other_servers_ports_databases_and_machines_are_other_places() {
        for (one, other) in [
            ("postgres://db.example.com/a", "postgres://db.example.com/b"),
            ("postgres://db.example.com/a", "postgres://db.example.com:6432/a"),
            ("redis://c.example.com/0", "redis://c.example.com/1"),
            ("postgres://localhost/a", "postgres://localhost/a"),
            ("postgres://db/a", "postgres://db/a"),
            ("postgres://db.example.com", "postgres://db.example.com"),
            ("https://api.example.com/a", "https://api.example.com/a"),
            ("postgres://${HOST}.x/a", "postgres://${HOST}.x/a"),
            (
                "postgres://u.one@aws-0.pooler.supabase.com/postgres",
                "postgres://u.two@aws-0.pooler.supabase.com/postgres",
            ),
        ] {
            assert!(!same(one, other), "{one} {other}");
        }
    }
}
