//! From an example file to the manifest: what is written is read back, and holds no secret.

use envctl::format::{example, manifest};
use envctl::model::schema::Scope;
use envctl::out::manifest::keys;
use proptest::prelude::*;

/// What the conventions of example files give a meaning, so that odd combinations come up often.
const PIECES: &[&str] = &[
    "# ",
    "## ",
    "###> a ###\n",
    "[[S]]",
    "# --- S\u{1b} ---\n",
    "KEY",
    "A.b",
    "B-c",
    "in",
    "=",
    "\n",
    "\n\n",
    "'",
    "\"",
    "\\",
    "@required ",
    "@optional ",
    "@sensitive ",
    "@type=enum(a, \"b\\\"\")",
    "@type=port ",
    "@type=enum(",
    "@docs(https://x.org/\u{202e}y)",
    "@example=x ",
    "REQUIRED: ",
    "(optional)",
    "one of a or b",
    "Defaults to 1",
    "https://x.org\n",
    "\"\"\"",
    "'''",
    "]",
    "[",
    "ä",
    "\u{0}",
    "\u{7f}",
    "\u{85}",
    "\u{feff}",
    "\r\n",
    "\r",
    "\t",
];

fn any_text() -> impl Strategy<Value = String> {
    let pieces = proptest::collection::vec(proptest::sample::select(PIECES), 0..60);
    prop_oneof![3 => pieces.prop_map(|pieces| pieces.concat()), 1 => any::<String>()]
}

/// The manifest for an example file, and the number of its keys.
fn manifest_of(text: &str) -> (String, manifest::Manifest) {
    let written = keys(&example::read(text));
    match manifest::read(&written, &[]) {
        Ok(read) => (written, read),
        Err(rejection) => panic!("{rejection:?} in {written}"),
    }
}

proptest! {
    #[test]
    fn what_is_written_for_any_text_is_a_manifest_with_its_keys(text in any_text()) {
        let wanted = example::read(&text);
        let (written, manifest) = manifest_of(&text);
        prop_assert_eq!(manifest.schema.keys.len(), wanted.len());
        prop_assert!(!written.contains(|c: char| c.is_control() && c != '\n'));
    }

    #[test]
    fn no_secret_left_in_an_example_reaches_the_manifest(
        before in any_text(),
        lead in "(# |# @example=|# @docs\\(|# @type=enum\\(a, |# one of a, |# KEY=|KEY=|KEY=\"|KEY= # |# --- |# \\[\\[|)",
        end in "[ .,;:)\"'`|/]{0,3}(\n\n|\nKEY=|\n# --- x\nKEY=)",
    ) {
        let text = format!("{before}\n{lead}sk_live_0CANARY0123456789abcd{end}");
        let written = keys(&example::read(&text));
        prop_assert!(!written.contains("CANARY"), "{}\n--- from ---\n{}", written, text);
    }
}

#[test]
fn a_manifest_from_an_example_asks_what_the_example_says() {
    let text = "\
# ===== Database =====

# REQUIRED: Where the data is. Ask the \"ops\" team.
DATABASE_URL=postgres://app:CANARY@localhost/app
# Options: require, disable
# PGSSLMODE=disable

# Mail

# The sender
MAIL_FROM=
# @type=port @sensitive
MAIL_PORT=25
";
    let (written, manifest) = manifest_of(text);
    assert_eq!(
        written,
        r#"# --- Database ---

[keys.DATABASE_URL]
required = true
help = "Where the data is. Ask the \"ops\" team."

[keys.PGSSLMODE]
type = "enum"
values = ["require", "disable"]
help = "Options: require, disable"

# --- Mail ---

[keys.MAIL_FROM]
required = true
help = "The sender"

[keys.MAIL_PORT]
type = "port"
secret = true
"#
    );
    let required: Vec<_> = manifest.schema.keys.iter().map(|key| key.required == Scope::Everywhere).collect();
    assert_eq!(required, [true, true, false, false]);
}
