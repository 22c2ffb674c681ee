//! URL-like values taken apart: what may be shown of them, and never the password.

/// The parts of a URL-like value: `postgres://…`, `https://…`, `jdbc:postgresql://…`, `mongodb://a,b/db`.
///
/// Stricter than a browser about scheme and host, and lenient about passwords, which people paste unescaped:
/// userinfo ends at the last `@` before the path that leaves a sane host.
#[derive(Clone, Copy)]
pub struct Url<'t> {
    scheme: &'t str,
    userinfo: Option<&'t str>,
    host: &'t str,
    port: Option<u16>,
    path: &'t str,
}

impl<'t> Url<'t> {
    /// Takes `text` apart, or answers nothing where it is no URL with an authority.
    pub fn parse(text: &'t str) -> Option<Self> {
        text.as_bytes().contains(&b':').then_some(())?; // one byte is found faster than three
        let (scheme, rest) = text.split_once("://")?;
        if !is_scheme(scheme) || text.chars().any(|c| c.is_control() || c.is_whitespace()) {
            return None;
        }
        let (userinfo, rest) = split_userinfo(rest);
        let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
        let (authority, path) = rest.split_at_checked(end)?;
        let (host, port) = split_port(authority)?;
        Some(Self { scheme, userinfo, host, port, path })
    }

    /// The scheme, without a `jdbc:` before it.
    pub fn scheme(&self) -> &'t str {
        self.scheme.rsplit(':').next().unwrap_or(self.scheme)
    }

    /// The host as written, brackets of IPv6 included; several, for a cluster, with their ports.
    pub fn host(&self) -> &'t str {
        self.host
    }

    /// The port, where one is given.
    pub fn port(&self) -> Option<u16> {
        self.port
    }

    /// What follows the host: path, query and fragment.
    pub fn path(&self) -> &'t str {
        self.path
    }

    /// Is there a user, a password or a token before the host?
    pub fn has_userinfo(&self) -> bool {
        self.userinfo.is_some_and(|userinfo| !userinfo.is_empty())
    }

    /// The user, or the token in its place.
    pub(super) fn user(&self) -> Option<&'t str> {
        self.userinfo.map(|userinfo| userinfo.split_once(':').map_or(userinfo, |(user, _)| user))
    }

    /// The password as written, which may be percent-encoded.
    pub fn password(&self) -> Option<&'t str> {
        let (_, password) = self.userinfo?.split_once(':')?;
        Some(password).filter(|password| !password.is_empty())
    }

    /// Is there a password?
    pub fn has_password(&self) -> bool {
        self.password().is_some()
    }

    /// The name of the database, for schemes whose path is one.
    pub fn database(&self) -> Option<&'t str> {
        let is_web = ["http", "https", "ws", "wss", "ftp", "file"].iter().any(|web| self.scheme() == *web);
        let path = self.path.split(['?', '#']).next()?.trim_matches('/');
        (!is_web && !path.is_empty()).then_some(path)
    }
}

/// RFC 3986: a letter, then letters, digits, `+`, `-`, `.`; with the `:` of `jdbc:postgresql`.
fn is_scheme(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.' | ':'))
}

/// Splits at the last `@` that is followed by something like a host and not by a path's own `@`.
fn split_userinfo(rest: &str) -> (Option<&str>, &str) {
    let plain_end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let in_authority = rest.get(..plain_end).and_then(|authority| authority.rfind('@'));
    // An unescaped `/`, `?` or `#` in a password: no `@` before it, one behind it, and a `:` in front.
    let in_password = || {
        let colon = rest.get(..plain_end)?.find(':')?;
        let is_port = rest.get(colon + 1..plain_end)?.chars().all(|c| c.is_ascii_digit());
        rest.rfind('@').filter(|_| !is_port)
    };
    match in_authority.or_else(in_password).and_then(|at| rest.split_at_checked(at)) {
        Some((userinfo, host)) => (Some(userinfo), host.strip_prefix('@').unwrap_or(host)),
        None => (None, rest),
    }
}

fn split_port(authority: &str) -> Option<(&str, Option<u16>)> {
    if authority.contains(',') {
        return Some((authority, None)); // a cluster: each host has its own port
    }
    let after_brackets = authority.rfind(']').map_or(0, |at| at + 1);
    match authority.get(after_brackets..)?.rfind(':') {
        None => Some((authority, None)),
        Some(colon) => {
            let (host, port) = authority.split_at_checked(after_brackets + colon)?;
            let port = port.strip_prefix(':')?;
            if port.is_empty() { Some((host, None)) } else { Some((host, Some(port.parse().ok()?))) }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn urls_come_apart() {
        for (text, scheme, host, port, database, password) in [
            ("postgres://u:p@db.internal:5432/app", "postgres", "db.internal", Some(5432), Some("app"), true),
            ("https://api.example.org/v1?x=1", "https", "api.example.org", None, None, false),
            ("jdbc:postgresql://h:1/db?ssl=true", "postgresql", "h", Some(1), Some("db"), false),
            ("redis://:pw@cache/0", "redis", "cache", None, Some("0"), true),
            ("mongodb://a:1,b:2/db", "mongodb", "a:1,b:2", None, Some("db"), false),
            ("sqlite:///var/x.db", "sqlite", "", None, Some("var/x.db"), false),
            ("http://[::1]:8080/", "http", "[::1]", Some(8080), None, false),
            ("postgres://u:p#1?/@x@h/d", "postgres", "h", None, Some("d"), true),
            ("https://medium.com/@me", "https", "medium.com", None, None, false),
            ("https://h:8080/@me", "https", "h", Some(8080), None, false),
        ] {
            let url = Url::parse(text).unwrap_or_else(|| panic!("{text}"));
            let parts = (url.scheme(), url.host(), url.port(), url.database(), url.has_password());
            assert_eq!(parts, (scheme, host, port, database, password), "{text}");
        }
    }

    #[test]
    fn other_texts_are_no_urls() {
        for text in
            ["", "plain", "mailto:a@b.c", "://x", "http://h:99999/", "a b://c", "1x://h", "http://a b/"]
        {
            assert!(Url::parse(text).is_none(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(text in "\\PC{0,40}", tail in "[:@/?#a0\\[\\],]{0,20}") {
            let _ = Url::parse(&format!("{text}://{tail}"));
            let _ = Url::parse(&format!("x://{tail}{text}"));
        }
    }
}
