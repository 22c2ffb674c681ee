//! Places that several keys describe together: `DB_HOST`, `DB_PORT` and `DB_NAME`; a bucket and a path in it.

use std::collections::HashMap;

use super::{Place, Store, host};
use crate::model::project::Binding;

/// The places of one environment's bindings, each with the number of the binding that tells most about it.
pub fn places<'p>(bindings: impl Iterator<Item = Binding<'p>>) -> Vec<(Place, usize)> {
    let mut groups: HashMap<Scope<'p>, Group<'p>> = HashMap::new();
    let mut places = Vec::new();
    for (index, binding) in bindings.enumerate() {
        let Some(text) = binding.value().map(|value| value.text()).filter(|text| !text.is_empty()) else {
            continue;
        };
        if let Some(place) = Place::of_url(text) {
            places.push((place, index));
        }
        if !may_have_role(binding.last_name()) {
            continue;
        }
        let (prefix, last) = split(&binding);
        if let Some(role) = Role::of(&last) {
            let key = binding.key();
            let key = key.strip_suffix("].value").unwrap_or(key); // of a list of variables
            let path = key.strip_suffix(binding.last_name()).unwrap_or_default();
            let scope = Scope { stack: binding.stack, path, prefix };
            groups.entry(scope).or_default().put(role, index, binding, text);
        }
    }
    places.extend(groups.into_iter().filter_map(|(scope, group)| group.place(&scope)));
    places
}

#[derive(PartialEq, Eq, Hash)]
struct Scope<'p> {
    stack: &'p str,
    path: &'p str,
    prefix: String,
}

#[derive(Clone, Copy, PartialEq)]
enum Role {
    Host,
    Port,
    Name,
    Bucket,
    Part,
    Door,
}

impl Role {
    fn of(word: &str) -> Option<Self> {
        Some(match word {
            "host" | "hostname" | "server" => Self::Host,
            "port" => Self::Port,
            "name" | "database" | "db" | "dbname" => Self::Name,
            "bucket" => Self::Bucket,
            "key" | "prefix" | "path" | "folder" => Self::Part,
            "endpoint" => Self::Door,
            _ => return None,
        })
    }
}

/// Can the last word of a name have a role? Most cannot, and need not be cut into words.
fn may_have_role(name: &str) -> bool {
    #[rustfmt::skip]
    const ENDINGS: &[&str] = &[
        "host", "name", "server", "port", "database", "db", "bucket", "key", "prefix", "path", "folder", "endpoint", "url",
    ];
    ENDINGS.iter().any(|ending| host::ends_with(name, ending))
}

/// What comes before the last word of a name, and that: `("db", "host")`. `PGHOST` swallowed its underscore, and the
/// `_NAME` of a bucket and the `_URL` of an endpoint add nothing.
fn split(binding: &Binding<'_>) -> (String, String) {
    let name = words(binding.last_name());
    let name = match name.strip_suffix("_name").or_else(|| name.strip_suffix("_url")) {
        Some(rest) if rest.ends_with("bucket") || rest.ends_with("endpoint") => rest,
        _ => name.as_str(),
    };
    if let Some(rest) = name.strip_prefix("pg").filter(|rest| Role::of(rest).is_some()) {
        return ("pg".to_owned(), rest.to_owned());
    }
    let (prefix, last) = name.rsplit_once('_').unwrap_or(("", name));
    (prefix.to_owned(), last.to_owned())
}

/// A name in small letters, its words joined by `_`.
fn words(name: &str) -> String {
    let mut words = String::with_capacity(name.len() + 4);
    let mut is_small = false;
    for c in name.chars() {
        if (c.is_ascii_uppercase() && is_small) || matches!(c, '-' | '.') {
            words.push('_');
        }
        is_small = c.is_ascii_lowercase();
        if !matches!(c, '-' | '.') {
            words.push(c.to_ascii_lowercase());
        }
    }
    words
}

#[derive(Default)]
struct Group<'p> {
    roles: Vec<(Role, &'p str, usize, Binding<'p>)>,
}

impl<'p> Group<'p> {
    fn put(&mut self, role: Role, index: usize, binding: Binding<'p>, text: &'p str) {
        if self.get(role).is_none() {
            self.roles.push((role, text, index, binding));
        }
    }

    fn get(&self, role: Role) -> Option<(&'p str, usize, &Binding<'p>)> {
        let (_, text, index, binding) = self.roles.iter().find(|(known, ..)| *known == role)?;
        Some((text, *index, binding))
    }

    fn text(&self, role: Role) -> Option<&'p str> {
        self.get(role).map(|(text, ..)| text)
    }

    fn place(&self, scope: &Scope<'_>) -> Option<(Place, usize)> {
        if let Some((bucket, index, binding)) = self.get(Role::Bucket) {
            let place = self.bucket(scope, bucket, binding)?;
            let part = self.get(Role::Part).map(|(_, part, _)| part); // the bucket may be shared, the key in it is not
            return Some((place, part.unwrap_or(index)));
        }
        let (host, index, _) = self.get(Role::Host)?;
        let above = scope.path.trim_end_matches('.').rsplit('.').next().unwrap_or_default();
        let word = |text: &str| text.split('_').rev().find_map(Store::of);
        let store =
            word(&scope.prefix).or_else(|| word(&words(above)).filter(|_| scope.prefix.is_empty()))?;
        let port = self.text(Role::Port).and_then(|port| port.parse().ok());
        Some((store.place(host, port, self.text(Role::Name))?, index))
    }

    /// What builds and releases are put into is shared on purpose, and so is the bucket of Terraform's states: the key
    /// in it is what must differ.
    fn bucket(&self, scope: &Scope<'_>, bucket: &str, binding: &Binding<'_>) -> Option<Place> {
        const SHARED: &[&str] =
            &["artifact", "artifacts", "state", "tfstate", "release", "releases", "build", "cdn", "public"];
        let part = self.text(Role::Part);
        let is_state = binding.source.is_backend();
        let is_shared =
            scope.prefix.split('_').any(|word| SHARED.contains(&word)) || (is_state && part.is_none());
        let door = self.text(Role::Door).map(|door| door.split_once("://").map_or(door, |(_, rest)| rest));
        let is_local = door.is_some_and(|door| {
            let name = door.split(['/', ':']).next().unwrap_or_default();
            host::is_local(&name.to_ascii_lowercase())
        });
        (!is_shared && !is_local).then(|| Place::bucket(bucket, part)).flatten()
    }
}
