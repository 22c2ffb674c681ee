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

/// Judges a key by its name alone.
pub fn by_name(key: &str) -> NameVerdict {
    if !has_stem(key.as_bytes()) {
        return NameVerdict::Plain;
    }
    let name = words_of(key);
    let name = name.as_bytes();
    if is_carrier(name) {
        NameVerdict::Carrier
    } else if speaks_of_secret(name) && !is_public_name(name) {
        NameVerdict::Secret
    } else {
        NameVerdict::Plain
    }
}

/// Whether the name may say something: each word of a secret or a carrier holds one of these stems. Most names
/// hold none, and need not be cut into words.
#[rustfmt::skip]
pub(super) fn has_stem(key: &[u8]) -> bool {
    key.len() == 2 || key.array_windows().any(|stem: &[u8; 3]| matches!(&stem.map(|b| b.to_ascii_lowercase()),
        [b'p', b'w', _] | [_, b'p', b'w'] | b"pin" | b"pas" | b"sec" | b"tok" | b"cre" | b"pat" | b"sal" | b"pep" | b"key" | b"mne" | b"web" | b"cod"
        | b"phr" | b"dsn" | b"url" | b"uri" | b"con"))
}

/// The name in lower case, its words between underscores: `amz.s3.accessKey` is `_amz_s3_access_key_`.
pub fn words_of(key: &str) -> String {
    let name = String::with_capacity(key.len().saturating_add(16));
    if key.is_ascii() {
        push_words(name, key.bytes().map(char::from)) // needs no decoding
    } else {
        push_words(name, key.chars())
    }
}

fn push_words(mut name: String, letters: impl Iterator<Item = char>) -> String {
    name.push('_');
    let mut before = ' ';
    let mut rest = letters.peekable();
    while let Some(letter) = rest.next() {
        let mut word_ends = || !before.is_uppercase() || rest.peek().is_some_and(|next| next.is_lowercase());
        let gap = !letter.is_alphanumeric() || (letter.is_uppercase() && word_ends());
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

fn is_carrier(name: &[u8]) -> bool {
    let last = last_word(name);
    let is_url = matches!(last, b"url" | b"urls" | b"uri" | b"uris");
    last.ends_with(b"dsn") || has_phrase(name, is_connection_string) || (is_url && words(name).any(is_store))
}

/// Whether some word is one of the phrases, together with the two words before it.
fn has_phrase(name: &[u8], is_phrase: impl Fn([&[u8]; 3]) -> bool) -> bool {
    let mut phrase: [&[u8]; 3] = [b""; 3];
    words(name).any(|word| {
        let [_, first, second] = phrase;
        phrase = [first, second, word];
        is_phrase(phrase)
    })
}

fn is_connection_string(phrase: [&[u8]; 3]) -> bool {
    matches!(
        phrase,
        [_, b"connection", b"string" | b"strings"] | [_, _, b"connectionstring"] | [_, b"conn", b"str"]
    )
}

/// Services whose URL usually names a user and a password.
#[rustfmt::skip]
fn is_store(word: &[u8]) -> bool {
    matches!(word,
        b"database" | b"db" | b"datasource" | b"jdbc" | b"r2dbc" | b"postgres" | b"postgresql" | b"pg" | b"mysql"
        | b"mariadb" | b"mssql" | b"sqlserver" | b"clickhouse" | b"mongo" | b"mongodb" | b"redis" | b"valkey"
        | b"amqp" | b"cloudamqp" | b"rabbitmq" | b"rabbit" | b"broker" | b"celery" | b"nats" | b"neo4j" | b"ldap"
        | b"elasticsearch" | b"cloudinary" | b"smtp")
}

fn speaks_of_secret(name: &[u8]) -> bool {
    let mut before: &[u8] = b"";
    words(name).any(|word| {
        let word = without_number(word);
        let found = is_secret_word(word) || is_secret_pair(before, word);
        before = word;
        found
    })
}

#[rustfmt::skip]
fn is_secret_word(word: &[u8]) -> bool {
    ends_like_secret(word) || matches!(word,
        b"pass" | b"pw" | b"pwd" | b"pin" | b"passcode" | b"passwords" | b"secrets" | b"tokens" | b"credential" | b"credentials" | b"cred" | b"creds"
        | b"pat" | b"salt" | b"pepper" | b"apikey" | b"apikeys" | b"secretkey" | b"accesskey" | b"privatekey"
        | b"pgpass" | b"authkey" | b"masterkey" | b"mnemonic" | b"htpasswd" | b"webhook" | b"webhooks")
}

/// Words such as `secret`, and names that swallowed an underscore, such as PGPASSWORD.
fn ends_like_secret(word: &[u8]) -> bool {
    let ends: [&[u8]; 5] = [b"password", b"passwd", b"passphrase", b"secret", b"token"];
    ends.iter().any(|end| word.ends_with(end))
}

#[rustfmt::skip]
fn is_secret_pair(before: &[u8], word: &[u8]) -> bool {
    match word {
        b"key" | b"keys" => matches!(before,
            b"api" | b"secret" | b"private" | b"access" | b"encryption" | b"signing" | b"signature" | b"master"
            | b"service" | b"role" | b"account" | b"license" | b"vault" | b"auth" | b"session" | b"webhook" | b"event"
            | b"primary" | b"secondary" | b"deterministic" | b"ssl" | b"ssh" | b"tls" | b"deploy" | b"client"
            | b"shared" | b"hmac" | b"jwt" | b"cookie" | b"app" | b"storage"),
        b"code" => before == b"auth",
        b"phrase" => matches!(before, b"seed" | b"pass" | b"recovery"),
        _ => false,
    }
}

fn is_public_name(name: &[u8]) -> bool {
    let last = last_word(name);
    let ends_secret = ends_like_secret(last) || name.ends_with(b"_private_key_");
    has_phrase(name, is_harmless)
        || (!ends_secret && (is_public_ending(last) || has_phrase(name, is_public_phrase)))
}

/// Phrases that make a name public whatever follows: Helm's names of secrets, switches of database images,
/// a language model's limit, Google's variable that holds a path,
/// and Kubernetes' references (`secretKeyRef.key`).
fn is_harmless(phrase: [&[u8]; 3]) -> bool {
    matches!(
        phrase,
        [_, b"existing", b"secret"]
            | [b"image", b"pull", b"secrets"]
            | [b"allow", b"empty", b"password"]
            | [b"random", b"root", b"password"]
            | [_, b"max", b"tokens"]
            | [b"google", b"application", b"credentials"]
            | [_, b"ref", b"key" | b"kind" | b"name" | b"optional"]
    )
}

/// Phrases that make a name public unless it ends in a secret's word.
fn is_public_phrase(phrase: [&[u8]; 3]) -> bool {
    matches!(
        phrase,
        [_, b"public" | b"publishable" | b"site", b"key"]
            | [_, _, b"sitekey"]
            | [_, b"token", b"verification"]
            | [_, b"password", b"min"]
            | [_, b"template" | b"pair", b"id"]
    )
}

/// Last words that speak about a secret instead of holding it; `*_FILE` is the path of a Docker secret.
#[rustfmt::skip]
fn is_public_ending(word: &[u8]) -> bool {
    word.starts_with(b"expir") || matches!(word,
        b"exp" | b"backend" | b"kind" | b"store" | b"thumbprint" | b"arn" |
        b"url" | b"urls" | b"uri" | b"uris" | b"endpoint" | b"path" | b"paths" | b"file" | b"files" | b"dir" | b"host"
        | b"hosts" | b"port" | b"domain" | b"address" | b"email" | b"region" | b"bucket" | b"table" | b"column"
        | b"enable" | b"enabled" | b"disable" | b"disabled" | b"required" | b"allowed" | b"mandatory" | b"header"
        | b"headers" | b"prefix" | b"suffix" | b"with" | b"in" | b"field" | b"fields" | b"type" | b"algorithm" | b"name"
        | b"names" | b"user" | b"username" | b"ref" | b"refs" | b"ttl" | b"validity" | b"lifetime" | b"timeout"
        | b"duration" | b"interval" | b"age" | b"minutes" | b"seconds" | b"hours" | b"days" | b"length" | b"size"
        | b"limit" | b"count" | b"min" | b"max" | b"rounds" | b"claim" | b"label" | b"management" | b"issuer"
        | b"audience" | b"scope" | b"scopes" | b"version" | b"format" | b"mode" | b"policy" | b"strategy" | b"provider"
        | b"pattern" | b"regex" | b"class" | b"validators")
}

fn words(name: &[u8]) -> impl DoubleEndedIterator<Item = &[u8]> {
    name.split(|b| *b == b'_')
}

/// The last word that is more than a number, without its number.
fn last_word(name: &[u8]) -> &[u8] {
    words(name).rev().map(without_number).find(|word| !word.is_empty()).unwrap_or_default()
}

fn without_number(mut word: &[u8]) -> &[u8] {
    while let [rest @ .., b'0'..=b'9'] = word {
        word = rest;
    }
    word
}
