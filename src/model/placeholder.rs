//! Recognises placeholders: values that somebody still has to fill in.

/// Placeholders are short; longer text is looked at only for template marks.
const LONGEST: usize = 200;

/// Phrases of whole words, seen in public projects (requirements, section 2.5), after what is common to them:
/// most texts lack that.
const PHRASES: &[(&str, &[&str])] = &[
    ("_change", &["_changeme_", "_change_me_", "_changeit_"]),
    ("me_", &["_replaceme_", "_replace_me_", "_set_me_", "_setme_", "_fill_me_", "_fill_me_in_"]),
    ("e_", &["_generate_a_new_key_", "_do_not_store_here_", "_secret_required_value_"]),
];

/// How a placeholder begins.
const STARTS: &[&str] = &["_replace_with_", "_get_a_key_from_", "_not_a_real_"];

/// How a placeholder ends.
const ENDS: &[&str] = &["_from_env_", "_set_in_env_"];

/// Words that are placeholders only when nothing else stands beside them.
const ALONE: &[&str] = &[
    "_todo_",
    "_fixme_",
    "_placeholder_",
    "_redacted_",
    "_yourpassword_",
    "_yoursecret_",
    "_yourtoken_",
    "_yourkey_",
    "_test_token_",
    "_test_secret_",
    "_test_key_",
];

/// Whether the value waits to be filled in. Weak defaults (`admin`, `123456`) and example hosts are none.
pub fn is_placeholder(text: &str) -> bool {
    let text = text.trim();
    if is_request_in_chinese(text) || has_template(text) {
        return true;
    }
    if text.len() > LONGEST || text.is_empty() {
        return false;
    }
    is_wrapped(text)
        || is_cut_off(text)
        || (has_stem(text) && (is_note(text) || says_placeholder(text, &words_of(text))))
}

/// `填写你的密钥`, `请输入…`, `您的域名`: fill in, please enter, your domain.
fn is_request_in_chinese(text: &str) -> bool {
    const REQUESTS: &[&str] = &["填写", "请输入", "请替换", "请修改", "替换为"];
    const NOUNS: &[&str] = &["密钥", "密码", "域名", "账号", "令牌", "邮箱", "地址"];
    let is_yours = || {
        ["你的", "您的"].iter().any(|your| {
            text.split_once(your).is_some_and(|(_, rest)| NOUNS.iter().any(|noun| rest.starts_with(noun)))
        })
    };
    !text.is_ascii() && (REQUESTS.iter().any(|request| text.contains(request)) || is_yours())
}

/// Whether a phrase may stand in the text: each of them holds one of these stems. Most texts hold none, and
/// need not be cut into words.
fn has_stem(text: &str) -> bool {
    // Few letters begin one.
    let begins = |first: u8| {
        matches!(first | 0x20, b'c' | b'r' | b's' | b'f' | b'g' | b'h' | b't' | b'p' | b'y' | b'd' | b'x')
    };
    text.as_bytes().array_windows().any(|letters: &[u8; 3]| {
        let [first, ..] = *letters;
        begins(first)
            && matches!(
                &letters.map(|b| b.to_ascii_lowercase()),
                b"cha"
                    | b"rep"
                    | b"set"
                    | b"fil"
                    | b"gen"
                    | b"her"
                    | b"req"
                    | b"fro"
                    | b"tod"
                    | b"fix"
                    | b"pla"
                    | b"you"
                    | b"fak"
                    | b"dum"
                    | b"xxx"
                    | b"dea"
                    | b"caf"
                    | b"tes"
                    | b"red"
                    | b"rea"
            )
    })
}

/// `{{…}}`, but not GitHub's `${{…}}`, which is a reference.
fn has_template(text: &str) -> bool {
    text.as_bytes().contains(&b'{')
        && text.split_once("{{").is_some_and(|(before, rest)| !before.ends_with('$') && rest.contains("}}"))
}

/// `sk_live_...`: a token that was cut off for a document.
fn is_cut_off(text: &str) -> bool {
    let head = text.strip_suffix("...").or_else(|| text.strip_suffix('…'));
    head.and_then(|head| head.strip_suffix(['_', '-'])).is_some_and(is_identifier)
}

/// `<…>`, `%X%`, `__X__`, `@@X@@` and `#{X}#` as the whole value.
fn is_wrapped(text: &str) -> bool {
    let inside = |start, end| text.strip_prefix(start).and_then(|rest: &str| rest.strip_suffix(end));
    inside("<", ">").is_some_and(|inner| !inner.is_empty() && !inner.contains(['<', '>']))
        || inside("%", "%").is_some_and(is_identifier)
        || inside("__", "__").is_some_and(is_identifier)
        || inside("@@", "@@").is_some_and(is_identifier)
        || inside("#{", "}#").is_some_and(is_identifier)
}

/// `TODO: …`, as in source code.
fn is_note(text: &str) -> bool {
    ["TODO", "FIXME"]
        .iter()
        .any(|mark| text.strip_prefix(mark).is_some_and(|rest| rest.starts_with([':', ' ', '('])))
}

fn says_placeholder(text: &str, words: &str) -> bool {
    PHRASES.iter().any(|(common, phrases)| {
        words.contains(common) && phrases.iter().any(|phrase| words.contains(phrase))
    }) || STARTS.iter().any(|start| words.starts_with(start))
        || ENDS.iter().any(|end| words.ends_with(end))
        || ALONE.contains(&words)
        || is_request(words)
        || (is_identifier(text) && is_stand_in(words))
        || is_yours(text, words)
        || words.split('_').any(|word| is_row_of_x(word) || is_magic(word) || is_numbered(word))
}

/// `insert your key here`.
fn is_request(words: &str) -> bool {
    ["_insert_", "_put_", "_paste_", "_enter_"].iter().any(|verb| words.starts_with(verb))
        && words.ends_with("_here_")
}

/// `bucket_name_here`, `fake_app_id`, `dummy`, in one piece.
fn is_stand_in(words: &str) -> bool {
    (words.ends_with("_here_") && words != "_here_")
        || words.starts_with("_fake_")
        || words.contains("_dummy_")
}

/// `your_token`, `https://your-domain.com`; a sentence that speaks to its reader is none.
fn is_yours(text: &str, words: &str) -> bool {
    words.contains("_your_")
        && !text.contains(char::is_whitespace)
        && words.split_once("_your_").is_some_and(|(before, noun)| {
            (before.is_empty() && !noun.is_empty() && is_identifier(text)) || is_noun(noun)
        })
}

#[rustfmt::skip]
fn is_noun(rest: &str) -> bool {
    matches!(rest.split('_').next(), Some(
        "api" | "app" | "access" | "account" | "bucket" | "client" | "company" | "database" | "domain" | "email"
        | "host" | "key" | "name" | "password" | "private" | "project" | "secret" | "server" | "tenant" | "token"
        | "user" | "username" | "very"))
}

/// `xxxx`, `A0XXXXXXX`.
fn is_row_of_x(word: &str) -> bool {
    word.ends_with("xxxx") || (word.len() >= 3 && word.bytes().all(|b| b == b'x'))
}

/// `changeme123`.
fn is_numbered(word: &str) -> bool {
    word.strip_prefix("changeme")
        .is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_digit()))
}

/// Numbers that programmers write when any number will do: `DEADBEEF`, `0xCAFEBABE`, `deadbeefdeadbeef`.
fn is_magic(word: &str) -> bool {
    let digits = word.strip_prefix("0x").unwrap_or(word);
    let begins = digits.starts_with("deadbeef") || digits.starts_with("cafebabe");
    begins && digits.trim_start_matches("deadbeef").trim_start_matches("cafebabe").is_empty()
}

fn is_identifier(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-'))
}

/// The words in lower case between underscores: `Change-Me!` is `_change_me_`.
fn words_of(text: &str) -> String {
    let words = String::with_capacity(text.len().saturating_add(2));
    if text.is_ascii() {
        push_words(words, text.bytes().map(char::from)) // needs no decoding
    } else {
        push_words(words, text.chars())
    }
}

fn push_words(mut words: String, letters: impl Iterator<Item = char>) -> String {
    for letter in letters {
        if letter.is_alphanumeric() {
            if words.is_empty() {
                words.push('_');
            }
            words.push(letter.to_ascii_lowercase());
        } else if !words.ends_with('_') {
            words.push('_');
        }
    }
    if !words.ends_with('_') {
        words.push('_');
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn values_that_wait_to_be_filled_in_are_placeholders() {
        let cases = [
            "changeme",
            "ChangeMe!",
            "CHANGE_ME",
            "change-me-in-production",
            "please_change_me",
            "POOL_please_change_me",
            "postgres://app:changeme@db/app",
            "replaceme",
            "replace-with-a-long-random-string",
            "<get from secrets>",
            "<webhook url>",
            "your_token",
            "your-api-key-here",
            "YOUR_OWN_VALUE",
            "https://your-domain.com/path",
            "yourpassword",
            "xxxx",
            "xx-xxxx-x",
            "XXX",
            "A0XXXXXXX",
            "sk_live_xxxxxxxx",
            "TODO",
            "todo",
            "FIXME",
            "TODO: ask ops",
            "set-me-in-env",
            "password-from-env",
            "do-not-store-here",
            "secret required value",
            "insert your key here",
            "INSERT_TOKEN_HERE",
            "bucket_name_here",
            "{{ db_password }}",
            "https://{{host}}/",
            "%DB_PASSWORD%",
            "__API_KEY__",
            "填写你的密钥",
            "请输入密码",
            "您的域名",
            "test_token",
            "generate_a_new_key",
            "get_a_key_from_aws",
            "fake_app_id",
            "dummy",
            "dummy-token",
            "changeme123",
            "[REDACTED]",
            "sk_live_...",
            "@@DB_PASSWORD@@",
            "#{DbPassword}#",
            "not-a-real-key",
            "CAFEBABE",
            "0xDEADBEEF",
            "deadbeefdeadbeef",
        ];
        for text in cases {
            assert!(is_placeholder(text), "{text}");
        }
    }

    #[test]
    fn real_values_and_weak_defaults_are_none() {
        let cases = [
            "",
            "exchange-me-later",
            "mastodon",
            "todo-app",
            "https://todo.example.com",
            "123456",
            "admin",
            "password",
            "postgres",
            "api.example.com",
            "user@example.com",
            "Your password must have twelve characters",
            "Click here",
            "https://example.com/we/are/here",
            "${{ secrets.TOKEN }}",
            "${TOKEN}",
            "%env(APP_SECRET)%",
            "<b>bold</b>",
            "<>",
            "100%",
            "__",
            "xx",
            "xxl",
            "nginx",
            "你的应用",
            "test-runner",
            "fakesmtp",
            "Loading...",
            "changemeister1",
            "really-real",
            "redacted-reports",
            "@@",
            "#{}#",
            "replace",
            "deadbeefs",
            "production",
        ];
        for text in cases {
            assert!(!is_placeholder(text), "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_judged_without_panic(text in any::<String>()) {
            let _ = is_placeholder(&text);
        }
    }
}
