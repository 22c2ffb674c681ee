//! What the name of a key says: words and pairs of words, and the endings that make them harmless.

/// What a key's name says about its value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NameVerdict {
    /// The value is a secret.
    Secret,
    /// The value may carry a credential inside: a DSN, a connection string, a database URL.
    Carrier,
    /// The name says nothing.
    Plain,
}

/// Phrases that make a name public whatever follows: Helm's names of secrets, switches of database images,
/// a language model's limit, and Google's variable that holds a path.
const HARMLESS: &[&str] = &[
    "_existing_secret_",
    "_image_pull_secrets_",
    "_allow_empty_password_",
    "_random_root_password_",
    "_max_tokens_",
    "_google_application_credentials_",
];

/// Phrases that make a name public unless it ends in a secret's word.
const PUBLIC: &[&str] = &[
    "_public_key_",
    "_publishable_key_",
    "_site_key_",
    "_sitekey_",
    "_token_verification_",
    "_password_min_",
    "_template_id_",
    "_pair_id_",
];

/// Judges a key by its name alone.
pub fn by_name(key: &str) -> NameVerdict {
    let name = words_of(key);
    if is_carrier(&name) {
        NameVerdict::Carrier
    } else if speaks_of_secret(&name) && !is_public_name(&name) {
        NameVerdict::Secret
    } else {
        NameVerdict::Plain
    }
}

/// The name in lower case, its words between underscores: `amz.s3.accessKey` is `_amz_s3_access_key_`.
pub(super) fn words_of(key: &str) -> String {
    let mut name = String::with_capacity(key.len().saturating_add(8));
    name.push('_');
    let mut before = ' ';
    let mut rest = key.chars().peekable();
    while let Some(letter) = rest.next() {
        let word_ends = !before.is_uppercase() || rest.peek().is_some_and(|next| next.is_lowercase());
        let gap = !letter.is_alphanumeric() || (letter.is_uppercase() && word_ends);
        if gap && !name.ends_with('_') {
            name.push('_');
        }
        if letter.is_alphanumeric() {
            name.push(letter.to_ascii_lowercase());
        }
        before = letter;
    }
    if !name.ends_with('_') {
        name.push('_');
    }
    name
}

fn is_carrier(name: &str) -> bool {
    const STRINGS: &[&str] =
        &["_connection_string_", "_connection_strings_", "_connectionstring_", "_conn_str_"];
    let last = last_word(name);
    let is_url = matches!(last, "url" | "urls" | "uri" | "uris");
    last.ends_with("dsn")
        || STRINGS.iter().any(|phrase| name.contains(phrase))
        || (is_url && name.split('_').any(is_store))
}

/// Services whose URL usually names a user and a password.
#[rustfmt::skip]
fn is_store(word: &str) -> bool {
    matches!(word,
        "database" | "db" | "datasource" | "jdbc" | "r2dbc" | "postgres" | "postgresql" | "pg" | "mysql"
        | "mariadb" | "mssql" | "sqlserver" | "clickhouse" | "mongo" | "mongodb" | "redis" | "valkey"
        | "amqp" | "cloudamqp" | "rabbitmq" | "rabbit" | "broker" | "celery" | "nats" | "neo4j" | "ldap"
        | "elasticsearch" | "cloudinary" | "smtp")
}

fn speaks_of_secret(name: &str) -> bool {
    let mut before = "";
    name.split('_').any(|word| {
        let word = word.trim_end_matches(|c: char| c.is_ascii_digit());
        let found = is_secret_word(word) || is_secret_pair(before, word);
        before = word;
        found
    })
}

#[rustfmt::skip]
fn is_secret_word(word: &str) -> bool {
    ends_like_secret(word) || matches!(word,
        "pass" | "pwd" | "passwords" | "secrets" | "tokens" | "credential" | "credentials" | "cred" | "creds"
        | "pat" | "salt" | "pepper" | "apikey" | "apikeys" | "secretkey" | "accesskey" | "privatekey"
        | "authkey" | "masterkey" | "mnemonic" | "htpasswd" | "webhook" | "webhooks")
}

/// Words such as `secret`, and names that swallowed an underscore, such as PGPASSWORD.
fn ends_like_secret(word: &str) -> bool {
    ["password", "passwd", "passphrase", "secret", "token"].iter().any(|end| word.ends_with(end))
}

#[rustfmt::skip]
fn is_secret_pair(before: &str, word: &str) -> bool {
    match word {
        "key" | "keys" => matches!(before,
            "api" | "secret" | "private" | "access" | "encryption" | "signing" | "signature" | "master"
            | "service" | "role" | "account" | "license" | "vault" | "auth" | "session" | "webhook" | "event"
            | "primary" | "secondary" | "deterministic" | "ssl" | "ssh" | "tls" | "deploy" | "client"
            | "shared" | "hmac" | "jwt" | "cookie" | "app" | "storage"),
        "code" => before == "auth",
        "phrase" => matches!(before, "seed" | "pass" | "recovery"),
        _ => false,
    }
}

fn is_public_name(name: &str) -> bool {
    let last = last_word(name);
    let has = |phrases: &[&str]| phrases.iter().any(|phrase| name.contains(phrase));
    let ends_secret = ends_like_secret(last) || name.ends_with("_private_key_");
    has(HARMLESS) || (!ends_secret && (is_public_ending(last) || has(PUBLIC)))
}

/// Last words that speak about a secret instead of holding it; `*_FILE` is the path of a Docker secret.
#[rustfmt::skip]
fn is_public_ending(word: &str) -> bool {
    word.starts_with("expir") || matches!(word,
        "url" | "urls" | "uri" | "uris" | "endpoint" | "path" | "paths" | "file" | "files" | "dir" | "host"
        | "hosts" | "port" | "domain" | "address" | "email" | "region" | "bucket" | "table" | "column"
        | "enable" | "enabled" | "disable" | "disabled" | "required" | "allowed" | "mandatory" | "header"
        | "headers" | "prefix" | "suffix" | "with" | "in" | "field" | "fields" | "type" | "algorithm" | "name"
        | "names" | "user" | "username" | "ref" | "refs" | "ttl" | "validity" | "lifetime" | "timeout"
        | "duration" | "interval" | "age" | "minutes" | "seconds" | "hours" | "days" | "length" | "size"
        | "limit" | "count" | "min" | "max" | "rounds" | "claim" | "label" | "management" | "issuer"
        | "audience" | "scope" | "scopes" | "version" | "format" | "mode" | "policy" | "strategy" | "provider"
        | "pattern" | "regex" | "class" | "validators")
}

fn last_word(name: &str) -> &str {
    name.trim_end_matches(|c: char| c == '_' || c.is_ascii_digit()).rsplit('_').next().unwrap_or_default()
}
