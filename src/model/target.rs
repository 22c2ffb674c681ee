//! Targets: where URL-like values lead, as far as that may be told.

use serde::Serialize;

use super::project::Binding;
use super::url::Url;

/// The parts of a URL-like value that are no secret.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Target {
    /// The key that holds the value.
    pub key: String,
    /// The scheme.
    pub scheme: String,
    /// The host or hosts.
    pub host: String,
    /// The port, where one is given.
    pub port: Option<u16>,
    /// The name of the database, where the scheme has one.
    pub database: Option<String>,
    /// Is a user or a token given?
    pub user_set: bool,
    /// Is a password given?
    pub password_set: bool,
}

impl Target {
    /// Where the value of `binding` leads, if it is a URL.
    pub fn of(binding: &Binding<'_>) -> Option<Self> {
        let text = binding.value()?.text();
        let url = Url::parse(text).filter(|url| !url.host().is_empty())?;
        Some(Self {
            key: binding.key().to_owned(),
            scheme: url.scheme().to_owned(),
            host: url.host().to_owned(),
            port: url.port(),
            database: url.database().map(str::to_owned),
            user_set: url.has_userinfo(),
            password_set: url.has_password(),
        })
    }

    /// `host:port/database`, for people.
    pub fn describe(&self) -> String {
        let port = self.port.map_or_else(String::new, |port| format!(":{port}"));
        let database = self.database.as_ref().map_or_else(String::new, |database| format!("/{database}"));
        format!("{}{port}{database}", self.host)
    }
}
