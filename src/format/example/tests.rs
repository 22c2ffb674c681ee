//! Whole example files in the conventions of public projects, and what holds for any text.

use proptest::prelude::*;

use super::read;
use crate::model::kind::Kind;
use crate::model::value::Value;
use crate::model::wanted::Wanted;

fn key<'w>(wanted: &'w [Wanted], name: &str) -> &'w Wanted {
    wanted.iter().find(|wanted| wanted.name == name).unwrap_or_else(|| panic!("{name}"))
}

fn names(wanted: &[Wanted]) -> Vec<&str> {
    wanted.iter().map(|wanted| wanted.name.as_str()).collect()
}

fn is(value: Option<&Value>, text: &str) -> bool {
    value.is_some_and(|value| value.judge(|whole| whole == text))
}

/// The help of the only key of a text.
fn help(text: &str) -> Option<String> {
    let [wanted] = <[Wanted; 1]>::try_from(read(text)).unwrap_or_else(|_| panic!("{text}"));
    wanted.help
}

const EXAMPLE: &str = "\u{feff}# Copy this file to .env and fill it in.

# ======================
# Web server
# ======================

# OPTIONAL: The port to listen on. Defaults to 3000.
PORT=
# REQUIRED: Where people reach it
# DOCS: https://docs.example.com/url
export PUBLIC_URL=\"https://app.example.com\" # no slash at the end

# [[STORAGE]]
# Possible value is one of \"s3\" or \"local\".
# For \"local\" the disk is used.
STORAGE=local
# For example, instead of:
#   STORAGE_KEY=abc
STORAGE_KEY=<get it from the console> # required
STORAGE_TLS=true # true | false

###> acme/mailer ###
# Uncomment to send mail
# MAILER_DSN=smtp://localhost # (optional)
###< acme/mailer ###
LOG_LEVEL=info # debug | info | error
";

#[test]
fn an_example_file_tells_its_keys_in_order() {
    let wanted = read(EXAMPLE);
    assert_eq!(
        names(&wanted),
        ["PORT", "PUBLIC_URL", "STORAGE", "STORAGE_KEY", "STORAGE_TLS", "MAILER_DSN", "LOG_LEVEL"]
    );
    for wanted in &wanted {
        let rest = EXAMPLE.get(wanted.offset..).unwrap();
        assert!(rest.starts_with(&format!("{}=", wanted.name)), "{}", wanted.name);
    }
    let sections: Vec<_> =
        wanted.iter().map(|wanted| wanted.section.as_deref().unwrap_or_default()).collect();
    assert_eq!(sections, ["Web server", "Web server", "STORAGE", "STORAGE", "STORAGE", "acme/mailer", ""]);
    let required: Vec<_> = wanted.iter().map(|wanted| wanted.required).collect();
    assert_eq!(required, [Some(false), Some(true), None, Some(true), None, Some(false), None]);
}

#[test]
fn an_example_file_tells_what_its_keys_are() {
    let wanted = read(EXAMPLE);
    let port = key(&wanted, "PORT");
    assert_eq!(port.help.as_deref(), Some("The port to listen on. Defaults to 3000."));
    assert!(is(port.default.as_ref(), "3000"));
    let url = key(&wanted, "PUBLIC_URL");
    assert_eq!(url.help.as_deref(), Some("Where people reach it\nno slash at the end"));
    assert_eq!(url.docs.as_deref(), Some("https://docs.example.com/url"));
    assert!(is(url.default.as_ref(), "https://app.example.com"));
    let storage = key(&wanted, "STORAGE");
    assert_eq!((storage.kind, storage.values.join(" ")), (Some(Kind::Enum), "s3 local".to_owned()));
    assert_eq!(key(&wanted, "STORAGE_TLS").kind, Some(Kind::Bool));
    assert_eq!(key(&wanted, "LOG_LEVEL").values, ["debug", "info", "error"]);
    assert!(key(&wanted, "MAILER_DSN").is_commented_out);
}

#[test]
fn a_schema_tells_by_its_decorators() {
    let text = "# @defaultSensitive=inferFromPrefix(NEXT_PUBLIC_) @defaultRequired=infer
# @currentEnv=$APP_ENV
# ---

# What runs here
# @type=enum(development, preview, production) @sensitive=false
APP_ENV=development

# @type=port @example=8080
NEXT_PUBLIC_PORT=

# @required @type=url # where the service is
# @docs(https://docs.example.com/api)
API_URL=${HOST}/api
";
    let wanted = read(text);
    let said = |name| (key(&wanted, name).required, key(&wanted, name).secret, key(&wanted, name).kind);
    assert_eq!(said("APP_ENV"), (None, Some(false), Some(Kind::Enum)));
    assert_eq!(said("NEXT_PUBLIC_PORT"), (Some(false), Some(false), Some(Kind::Port)));
    assert_eq!(said("API_URL"), (Some(true), Some(true), Some(Kind::Url)));
    assert!(is(key(&wanted, "NEXT_PUBLIC_PORT").example.as_ref(), "8080"));
    assert!(is(key(&wanted, "API_URL").default.as_ref(), "${HOST}/api"));
    assert_eq!(key(&wanted, "API_URL").help.as_deref(), Some("where the service is"));
    assert!(wanted.iter().all(|wanted| wanted.section.is_none()));
}

#[test]
fn only_the_block_directly_above_helps() {
    for (text, expected) in [
        ("# About all of it, at length.\n\nA=", None),
        ("# About A\n# ---\nA=", None),
        ("# ---\n# About A\nA=", Some("About A")),
        ("## About A\n#\n## and more\nA=1", Some("About A\nand more")),
        ("# About A\nthis line is broken\nA=", None),
        ("# required\nA=", None),
        ("# @icon=mdi:key\nA=", None),
        ("A=1# no comment", None),
        ("A='1'   # a comment", Some("a comment")),
    ] {
        assert_eq!(help(text).as_deref(), expected, "{text}");
    }
}

#[test]
fn a_comment_is_a_key_only_where_it_is_written_like_one() {
    for (text, expected) in [
        ("#KEY=1", "KEY"),
        ("# export KEY=", "KEY"),
        ("# database.default.port = 3306", "database.default.port"),
        ("#   KEY=1", ""),
        ("# key=1", ""),
        ("# NOTE: text", ""),
        ("# Set KEY=1 first", ""),
        ("# QG==", ""),
        ("# KEY=\"open", ""),
        ("# A8F3K2M9X1Q7=1", ""),
    ] {
        assert_eq!(names(&read(text)).join(" "), expected, "{text}");
    }
}

#[test]
fn a_key_comes_once_and_what_is_set_counts_for_more() {
    let text = "# The mode\n# MODE=slow\n# MODE=fast\nMODE=fast\nPORT=1\n# another port\nPORT=2\n";
    let wanted = read(text);
    assert_eq!(names(&wanted), ["MODE", "PORT"]);
    assert_eq!(wanted[0].help.as_deref(), Some("The mode"));
    assert!(!wanted[0].is_commented_out && is(wanted[0].default.as_ref(), "fast"));
    assert!(is(wanted[1].default.as_ref(), "1"));
    assert_eq!(wanted[1].help.as_deref(), Some("another port"));
}

#[test]
fn an_address_below_the_word_example_is_an_example_and_no_documentation() {
    let wanted =
        read("# Example:\n# https://app.example.com\nA=\n# Ask here:\n# https://docs.example.com\nB=");
    assert_eq!(wanted[0].docs, None);
    assert!(is(wanted[0].example.as_ref(), "https://app.example.com"));
    assert_eq!(wanted[1].docs.as_deref(), Some("https://docs.example.com"));
    assert_eq!(wanted[1].help.as_deref(), Some("Ask here:"));
}

#[test]
fn a_heading_that_only_says_required_speaks_for_its_keys() {
    let wanted = read("# --- Required ---\nA=1\n# optional\nB=\n\n# Optional settings\n\nC=\n");
    let required: Vec<_> = wanted.iter().map(|wanted| wanted.required).collect();
    assert_eq!(required, [Some(true), Some(false), Some(false)]);
}

#[test]
fn a_type_that_the_value_does_not_have_is_not_believed() {
    for (text, kind) in [
        ("# @type=duration\nA=5000", None),
        ("# @type=duration\nA=5s", Some(Kind::Duration)),
        ("# @type=url\nA=<the address>", Some(Kind::Url)),
        ("# one of a or b\nA=c", None),
        ("# one of a or b\nA=", Some(Kind::Enum)),
    ] {
        assert_eq!(read(text)[0].kind, kind, "{text}");
    }
}

#[test]
fn a_large_file_is_read_in_one_pass() {
    let lines = "# one of @type=enum((( defaults to (required) \"x\n# KEY=\"x\n# --- a\n".repeat(20_000);
    assert!(read(&lines).is_empty());
    let block = format!("{}KEY=1", "# one of @docs(\"\n".repeat(50_000));
    assert_eq!(read(&block).len(), 1);
    let block = format!("{}KEY=1", "# Example:\n".repeat(100_000));
    assert_eq!(read(&block).len(), 1);
    let long = format!("# @required={}\nKEY=1", "(@x=\"".repeat(100_000));
    assert_eq!(read(&long).len(), 1);
}

proptest! {
    #[test]
    fn any_text_is_read_without_panic_and_names_its_keys(text in any_text()) {
        let wanted = read(&text);
        let mut names = names(&wanted);
        for wanted in &wanted {
            prop_assert!(text.get(wanted.offset..).is_some_and(|rest| rest.starts_with(&wanted.name)));
        }
        names.sort_unstable();
        prop_assert!(names.windows(2).all(|pair| pair[0] != pair[1]));
    }
}

fn any_text() -> impl Strategy<Value = String> {
    const PIECES: &[&str] = &[
        "# ",
        "#",
        "KEY",
        "A.b",
        "=",
        "\n",
        "\n\n",
        " ",
        "@required",
        "@type=enum(",
        "a, b",
        ")",
        "\"",
        "'",
        "REQUIRED: ",
        "(optional)",
        "one of ",
        "Options: ",
        " | ",
        " or ",
        "Defaults to ",
        "---",
        "###> ",
        "[[",
        "]]",
        "https://x.org",
        "ä",
        "\u{feff}",
        "│",
        "Example: ",
        "İ",
        "\r\n",
    ];
    let pieces = proptest::collection::vec(proptest::sample::select(PIECES), 0..40);
    prop_oneof![pieces.prop_map(|pieces| pieces.concat()), any::<String>()]
}
