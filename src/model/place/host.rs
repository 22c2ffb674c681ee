//! Hosts: who is behind a URL or a `*_HOST`, as something that can be compared and not read.

use crate::model::project::Binding;
use crate::model::source::ValueType;
use crate::model::url::Url;

/// A host in its normal form. It has no `Display` or `Debug`, because it is a part of a value.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Host(Box<str>);

impl Host {
    /// Shows the host to `look`, whose answer cannot hold text.
    pub fn judge<V: crate::model::value::Verdict>(&self, look: impl FnOnce(&str) -> V) -> V {
        look(&self.0)
    }

    /// The domain it belongs to, as far as its last labels tell.
    pub fn domain(&self) -> Option<Self> {
        domain(&self.0).map(|domain| Self(domain.into()))
    }
}

/// The hosts that the value of `binding` leads to: of a URL, of several, or of a name under a key for hosts.
pub fn hosts(binding: &Binding<'_>) -> Vec<Host> {
    authorities(binding).flat_map(all).filter(|host| !is_local(host)).map(Host).collect()
}

/// Does all that the value of `binding` leads to, local or not, look like what is asked for?
pub fn connects_to(binding: &Binding<'_>, is_wanted: impl Fn(&str) -> bool) -> bool {
    let hosts: Vec<_> = authorities(binding).flat_map(all).collect();
    !hosts.is_empty() && hosts.iter().all(|host| is_wanted(host))
}

/// What stands where a host does: in a URL, in each URL of a list, or alone under a key for hosts.
fn authorities<'p>(binding: &Binding<'p>) -> impl Iterator<Item = &'p str> + use<'p> {
    let text = binding.value().map(|value| value.text()).unwrap_or_default();
    let is_list = binding.entry.value_type == ValueType::List;
    let single = match Url::parse(text) {
        _ if is_list => None,
        Some(url) => Some(url.host()),
        None => is_host_key(binding.last_name()).then_some(text),
    };
    let items = if is_list { text } else { "" }.split('"');
    single.into_iter().chain(items.filter_map(Url::parse).map(|url| url.host()))
}

fn all(authority: &str) -> impl Iterator<Item = Box<str>> {
    authority.split(',').map(str::trim).filter_map(|host| normal(without_port(host)))
}

/// `DB_HOST`, `redisHost`, `S3_ENDPOINT`.
fn is_host_key(name: &str) -> bool {
    const ENDINGS: &[&str] =
        &["host", "hostname", "hosts", "endpoint", "addr", "address", "server", "domain"];
    ENDINGS.iter().any(|ending| ends_with(name, ending))
}

/// Does the name end so, in any case?
pub(super) fn ends_with(name: &str, ending: &str) -> bool {
    let start = name.len().checked_sub(ending.len());
    start
        .and_then(|start| name.as_bytes().get(start..))
        .is_some_and(|end| end.eq_ignore_ascii_case(ending.as_bytes()))
}

fn without_port(host: &str) -> &str {
    match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|b| b.is_ascii_digit()) => name,
        _ => host,
    }
}

/// In small letters, several in order; nothing where it is no host, or depends on a variable.
pub(super) fn normal(host: &str) -> Option<Box<str>> {
    let is_host = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | ':' | '[' | ']' | ',');
    if host.is_empty() || !host.chars().all(is_host) {
        return None;
    }
    let lower = host.trim_end_matches('.').to_ascii_lowercase();
    let mut parts: Vec<&str> = lower.split(',').collect();
    parts.sort_unstable();
    Some(parts.join(",").into())
}

/// Is it another machine wherever it is asked for: this one, a container, a name of the local network?
pub fn is_local(host: &str) -> bool {
    const ENDINGS: &[&str] =
        &[".localhost", ".local", ".test", ".localdomain", ".railway.internal", ".docker.internal"];
    let is_name = !host.contains('.') && !host.starts_with('[');
    is_name
        || host.starts_with("127.")
        || ["0.0.0.0", "[::1]", "[::]"].contains(&host)
        || ENDINGS.iter().any(|ending| host.ends_with(ending))
}

/// The last two labels, or three where the last two are a country's: `example.co.uk`.
fn domain(host: &str) -> Option<&str> {
    let mut dots = host.rmatch_indices('.').map(|(at, _)| at);
    let (last, second) = (dots.next()?, dots.next());
    let is_country = host.len() - last == 3 && second.is_some_and(|second| last - second <= 4);
    let start = if is_country { dots.next() } else { second };
    host.get(start.map_or(0, |dot| dot + 1)..)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn domains_are_told_by_their_last_labels() {
        for (host, expected) in [
            ("a.b.example.com", Some("example.com")),
            ("example.com", Some("example.com")),
            ("a.example.co.uk", Some("example.co.uk")),
            ("x.y.example.io", Some("example.io")),
            ("db", None),
        ] {
            assert_eq!(domain(host), expected, "{host}");
        }
    }

    #[test]
    fn what_is_another_machine_everywhere_is_local() {
        for host in ["localhost", "db", "127.0.0.1", "[::1]", "x.local", "postgres.railway.internal"] {
            assert!(is_local(host), "{host}");
        }
        for host in ["db.internal", "10.0.0.5", "[2001:db8::1]", "local.example.com"] {
            assert!(!is_local(host), "{host}");
        }
    }
}
