//! Recognises secrets by their name, by the shape of their value, and by what is left: an opaque value.
//!
//! The word lists were tuned on names of public projects: requirements, section 2.5.

mod announced;
mod document;
mod elsewhere;
mod issuers;
mod name;
mod plain;
mod shape;
mod standing;

use std::borrow::Cow;

use announced::{is_login, is_pair};
use elsewhere::is_in_vault;
pub use elsewhere::{is_identifier, is_no_secret, is_public_dsn};
pub use issuers::{Purpose, purpose};
pub use name::{NameVerdict, by_name, words_of};
use plain::{chunks, is_plain, is_plain_text};
pub use shape::by_shape;
pub use standing::{in_document, is_named_secret, listed_variable};

/// Why a value counts as secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// The manifest says so.
    Declared,
    /// The name says so.
    Name,
    /// The value has the shape of a credential.
    Shape,
    /// Nothing says that the value is public.
    Opaque,
    /// It is stored encrypted, or is a reference into a vault.
    Encrypted,
}

/// How encrypted values begin: SOPS and eyaml, dotenvx, 1Password, Vault, Ansible.
const ENCRYPTED: &[&str] = &["ENC[", "encrypted:", "op://", "vault:", "$ANSIBLE_VAULT"];

/// Whether the text may be shown: flags, numbers, dates, hosts, paths, plain URLs, short words, lists of them.
pub fn is_plainly_public(text: &str) -> bool {
    !by_shape(text) && is_plain_text(text)
}

/// Whether a value counts as secret, and why; `${X}` references in it are ignored.
pub fn recognise(key: &str, text: &str) -> Option<Reason> {
    if is_encrypted(text) {
        return Some(Reason::Encrypted);
    }
    if by_name(key) == NameVerdict::Secret {
        return Some(Reason::Name);
    }
    let text = literal(text);
    if by_shape(&text) {
        return Some(Reason::Shape);
    }
    (!is_plain_text(&text)).then_some(Reason::Opaque)
}

/// The same for a setting, whose path may begin with the Kubernetes document that it stands in.
pub fn recognise_setting(path: &str, text: &str) -> Option<Reason> {
    let (kind, path) = standing::in_document(path);
    let by_kind = kind.and_then(|kind| standing::by_kind(kind, path));
    recognise(path, text).or(by_kind).map(|reason| match by_kind {
        Some(Reason::Encrypted) => Reason::Encrypted,
        _ => reason,
    })
}

/// The same for a list as compact JSON: what its texts are is judged, not its marks.
pub fn recognise_list(key: &str, json: &str) -> Option<Reason> {
    recognise(key, &literal(json).replace(['[', ']', '{', '}', '"'], " "))
}

/// Whether `value` is the secret that `name` announces where both stand side by side in a list, and why.
pub fn recognise_pair(name: &str, value: &str) -> Option<Reason> {
    is_pair(name, &literal(value)).then_some(Reason::Name)
}

/// Whether an item of a list counts as secret beyond what [`recognise`] says, and why: `user:password`.
pub fn recognise_item(item: &str) -> Option<Reason> {
    is_login(&literal(item)).then_some(Reason::Shape)
}

/// Whether the value is stored encrypted or as a reference into a vault. `vault:8200` is a host.
pub fn is_encrypted(text: &str) -> bool {
    let text = text.trim_start();
    let is_port = |rest: &str| rest.starts_with(|c: char| c.is_ascii_digit());
    let begins =
        |start: &&str| text.strip_prefix(*start).is_some_and(|rest| !is_port(rest) || *start != "vault:");
    ENCRYPTED.iter().any(begins) || is_in_vault(text)
}

/// The value without its references; the default in `${X:-default}` is literal text and stays.
fn literal(text: &str) -> Cow<'_, str> {
    if !text.contains('$') {
        return Cow::Borrowed(text); // one byte is found faster than two
    }
    let Some((head, tail)) = text.split_once("${") else { return Cow::Borrowed(text) };
    let mut rest = String::from(head);
    for part in tail.split("${") {
        let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '{' | ' ');
        let after = part.trim_start_matches(is_name);
        let name = part.strip_suffix(after).unwrap_or_default();
        if !chunks(name).all(is_plain) {
            rest.push_str(name); // a password that happens to hold `${`
        }
        let after = after.trim_start_matches([':', '-', '?', '+', '=']);
        let (default, after) = after.split_once('}').unwrap_or((after, ""));
        rest.push_str(default);
        rest.push_str(after.trim_start_matches('}'));
    }
    Cow::Owned(rest)
}

#[cfg(test)]
mod tests {
    use super::NameVerdict::{Carrier, Plain, Secret};
    use super::shape::TOKENS;
    use super::*;
    use proptest::prelude::*;

    /// Names written for this test: secrets, carriers and names that only look like them.
    const NAMES: &[(NameVerdict, &str)] = &[
        (
            Secret,
            "STRIPE_SECRET_KEY MAILGUN_API_KEY GITHUB_TOKEN PGPASSWORD MYSQL_ROOT_PASSWORD MYSQL_PWD \
             jwt.secret spring.security.oauth2.client.clientSecret minio.secretKey minio.accessKey \
             AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN AWS_ACCESS_KEY_ID RAILS_MASTER_KEY LARAVEL_APP_KEY \
             APP_KEY SESSION_SECRET COOKIE_KEY SLACK_BOT_TOKEN SLACK_WEBHOOK TWILIO_AUTH_TOKEN SENDGRID_APIKEY \
             NPM_TOKEN SUPABASE_SERVICE_ROLE_KEY AZURE_STORAGE_KEY AZURE_CLIENT_SECRET HASH_SALT \
             PASSWORD_PEPPER ldap.bind-password Auth:ClientSecret Jwt:SigningKey WALLET_MNEMONIC \
             SSH_PASSPHRASE BASIC_AUTH_PASS KAFKA_SASL_PASSWORD API_KEY_2 DB_PASSWORD_1 TLS_PRIVATE_KEY \
             DOCKERHUB_CREDENTIALS pw a.pw a.pin adminPw DB_PW USER_PIN CARD_PASSCODE OAUTH_AUTH_CODE AZURE_DEVOPS_PAT NEW_RELIC_LICENSE_KEY kms/signing-key",
        ),
        (
            Carrier,
            "DATABASE_URL SENTRY_DSN MONGODB_URI REDIS_URL ConnectionStrings:Default \
             AZURE_STORAGE_CONNECTION_STRING CELERY_BROKER_URL spring.datasource.url SQLALCHEMY_DATABASE_URI",
        ),
        (
            Plain,
            "PORT LOG_LEVEL API_URL PASSWORD_RESET_URL TOKEN_EXPIRES_IN JWT_EXPIRATION SESSION_TIMEOUT \
             KEYCLOAK_REALM KEYBOARD_LAYOUT MONKEY PASSENGER_COUNT COMPASS_HEADING BYPASS_CACHE CACHE_KEY_PREFIX \
             JWT_PUBLIC_KEY RECAPTCHA_SITE_KEY STRIPE_PUBLISHABLE_KEY DB_PASSWORD_FILE TLS_KEY_PATH \
             AUTH_TOKEN_HEADER PASSWORD_MIN_LENGTH OPENAI_MAX_TOKENS auth.existingSecret MYSQL_ALLOW_EMPTY_PASSWORD \
             SECRET_NAME apiKeyEnabled tokenTtl AWS_REGION OIDC_CLIENT_ID TOKENIZER_MODEL SECRETARY_EMAIL \
             sort.key PATH PIN_COUNT PINNED pinot SPIN MIN_PW_LENGTH SHIPPING",
        ),
    ];

    #[test]
    fn names_are_told_apart_with_precision_and_recall_of_ninety_five_percent() {
        let (mut hit, mut extra, mut missed) = (0_u32, 0_u32, 0_u32);
        for (want, names) in NAMES {
            for name in names.split_whitespace() {
                match (*want != Plain, by_name(name) != Plain) {
                    (true, true) => hit += 1,
                    (false, true) => extra += 1,
                    (true, false) => missed += 1,
                    (false, false) => {}
                }
                if by_name(name) != *want {
                    report(&format!("{name} was taken for {:?}", by_name(name)));
                }
            }
        }
        let precision = f64::from(hit) / f64::from(hit + extra);
        let recall = f64::from(hit) / f64::from(hit + missed);
        report(&format!("precision {precision:.3}, recall {recall:.3}"));
        assert!(precision >= 0.95 && recall >= 0.95);
    }

    #[allow(clippy::disallowed_macros, reason = "a test speaks to its reader")]
    fn report(line: &str) {
        println!("{line}");
    }

    #[test]
    fn names_fall_into_words_at_marks_and_humps() {
        let cases = [
            ("amz.s3.accessKey", "_amz_s3_access_key_"),
            ("APIKey", "_api_key_"),
            ("A__B-c:D/e", "_a_b_c_d_e_"),
            ("", "_"),
        ];
        for (key, words) in cases {
            assert_eq!(words_of(key), words);
        }
    }

    /// Builds a value of the given length that no scanner mistakes for a leaked one.
    fn body(length: usize) -> String {
        "a7Kd93Lm0QzX5vTe".chars().cycle().take(length).collect()
    }

    #[test]
    fn credentials_are_known_by_their_shape() {
        for (prefix, least, _) in TOKENS {
            let token = format!("{prefix}{}", body(*least));
            assert!(by_shape(&token) && by_shape(&format!("Bearer {token}")), "{prefix}");
        }
        let cases = [
            "postgres://app:hunter2@db:5432/app".to_owned(),
            "redis://:123456@cache".to_owned(),
            "https://u:pa/ss@host".to_owned(),
            format!("https://{}@o1.ingest.sentry.io/1", body(20)),
            "Server=db;User Id=sa;Password=hunter2;".to_owned(),
            "Server=db;Uid=sa;Pwd=x".to_owned(),
            "https://api.test/v1?access_token=abc".to_owned(),
            "DefaultEndpointsProtocol=https;AccountKey=abc==".to_owned(),
            "--password hunter2".to_owned(),
            "Authorization: Bearer abc.def".to_owned(),
            format!("Such as sk_live_{}.", body(20)),
            format!("(_sk_live_{}_)", body(20)),
            "-----BEGIN RSA PRIVATE KEY-----\nabc".to_owned(),
            format!("eyJhbGciOiJIUzI1NiJ9.{}.{}", body(20), body(30)),
            "https://hooks.slack.com/services/T0/B0/abc".to_owned(),
            "https://discord.com/api/webhooks/1/abc".to_owned(),
            format!("123456789:{}", body(35)),
            format!("https://api.telegram.org/bot123456789:{}/getMe", body(35)),
            "918eaada7ce898fd9fa0817847896229".to_owned(),
            body(44),
        ];
        for text in cases {
            assert!(by_shape(&text), "{text}");
        }
    }

    #[test]
    fn ordinary_values_have_no_shape_of_a_credential() {
        let cases = [
            "ssh://git@github.com/a/b.git",
            "postgres://app@db/app",
            "amqp://user:@host",
            "http://localhost:3000/@scope/name",
            "550e8400-e29b-41d4-a716-446655440000",
            "sha256:918eaada7ce898fd9fa0817847896229918eaada7ce898fd9fa0817847896229",
            "Server=db;Database=app;Password=;",
            "ASIA_PACIFIC_SOUTHEAST_REGION1",
            "npm_config_registry_for_the_whole_company",
            "uk.gov.justice/NotificationPublisherServiceImplementationFactory",
            "-----BEGIN PUBLIC KEY-----",
            "sk-learn",
        ];
        for text in cases {
            assert!(!by_shape(text), "{text}");
        }
        assert!(!by_shape(&format!("pk_live_{}", body(40))));
    }

    #[test]
    fn plain_values_are_public() {
        let cases = [
            "",
            "true",
            "-3.14",
            "2024-05-01T10:00:00Z",
            "1h30m15s",
            "PT15M",
            "256M",
            "db.internal.example.com:5432",
            "10.0.0.0/16",
            "/var/lib/app/data.db",
            r"C:\Program Files\App",
            "https://api.example.com/v1/orders?page=2&sort=name#top",
            "https://xkqzvwpdrjhtbmcnlsgf.supabase.co",
            "jdbc:postgresql://db:5432/orders?ssl=true",
            "info",
            "eu-west-2a",
            "paypal, truelayer ",
            "The service is closed on Sundays!",
            "ops.team@example.com",
            "v1.27.3-alpine3.19",
            "registry.example.com/team/app:2024-05-01.123.3f2a9bc",
            "nginx@sha256:918eaada7ce898fd9fa0817847896229918eaada7ce898fd9fa0817847896229",
            "*/5 * * * *",
            "你好",
            "com.example.orders.NotificationPublisherService",
        ];
        for text in cases {
            assert!(is_plainly_public(text), "{text}");
        }
    }

    #[test]
    fn opaque_values_are_not_public() {
        let cases = [
            "a8f3k2m9x1q7",
            "0oa1b2c3d4e5f6g7h8i9",
            "550e8400-e29b-41d4-a716-446655440000",
            "P4ssw0rd",
            "Pa$$word",
            "p@ssword",
            "qwrtpsdfghjklzxcvb",
            "https://example.com/hook/a8F3k2M9x1Q7z5",
            "https://u:p@example.com",
        ];
        for text in cases {
            assert!(!is_plainly_public(text), "{text}");
        }
    }

    #[test]
    fn a_value_is_recognised_by_name_then_shape_then_what_is_left() {
        let cases = [
            ("DB_PASSWORD", "", Some(Reason::Name)),
            ("DATABASE_URL", "", None),
            ("DATABASE_URL", "postgres://u:p@db/app", Some(Reason::Shape)),
            ("DATABASE_URL", "postgres://db/app", None),
            ("DATABASE_URL", "a8f3k2m9x1q7", Some(Reason::Opaque)),
            ("DATABASE_URL", "postgres://${USER}:${PASS}@db/app", None),
            ("QUEUE", "amqp://${USER}:${PASS:-hunter2}@mq", Some(Reason::Shape)),
            ("CI", "${{ secrets.DEPLOY }}", None),
            ("TENANT", "550e8400-e29b-41d4-a716-446655440000", Some(Reason::Opaque)),
            ("PORT", "8080", None),
            ("DB_PASSWORD", "encrypted:abc", Some(Reason::Encrypted)),
        ];
        for (key, text, reason) in cases {
            assert_eq!(recognise(key, text), reason, "{key}={text}");
        }
    }

    #[test]
    fn encrypted_values_are_known_by_their_beginning() {
        for text in [
            "ENC[AES256,data:x]",
            "encrypted:abc",
            "op://vault/item",
            "vault:kv/x",
            "$ANSIBLE_VAULT;1.1",
            "ref+awsssm://app/token",
            "gcpsm://project/token",
            "@Microsoft.KeyVault(SecretUri=https://x.example/secrets/a)",
        ] {
            assert!(is_encrypted(text), "{text}");
        }
        for text in ["encryption", "https://vault:8200", "vault:8200", "ref+", "ref+a b://", "refs"] {
            assert!(!is_encrypted(text), "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_judged_without_panic(key in any::<String>(), text in "\\PC*|[$:{}@=/?.a-zA-Z0-9]{0,60}") {
            let _ = (recognise(&key, &text), is_plainly_public(&text), is_encrypted(&text));
        }
    }
}
