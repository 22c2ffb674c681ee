//! Variables as text that a shell, a file's reader or a platform takes back, byte for byte.

mod file;
pub mod github;
pub mod shell;

use crate::model::fault::Fault;
use crate::out::format::Format;

/// A variable, its text laid open.
pub struct Pair<'v> {
    /// Its name.
    pub name: &'v str,
    /// Its value.
    pub text: &'v str,
    /// Must nobody see it in a log?
    pub is_secret: bool,
}

/// The variables in `format`, a line each, but for values of several lines.
///
/// # Errors
/// A [`Fault`] that names the variable which the format cannot hold.
pub fn render(format: Format, pairs: &[Pair<'_>]) -> Result<String, Fault> {
    pairs.iter().try_for_each(|pair| check(format, pair))?;
    let line: fn(&Pair<'_>) -> String = match format {
        Format::Fish => shell::fish,
        Format::Powershell => shell::powershell,
        Format::Nu => shell::nu,
        Format::Dotenv => file::dotenv,
        Format::Docker => file::docker,
        Format::Json => return file::json(pairs),
        _ => shell::sh,
    };
    Ok(pairs.iter().map(line).collect())
}

/// Can `format` hold the variable, and a process?
///
/// # Errors
/// A [`Fault`] that names it.
pub fn check(format: Format, pair: &Pair<'_>) -> Result<(), Fault> {
    let name = pair.name;
    let cannot = |what: &str, help: &str| Err(Fault::new(format!("{name} {what}")).help(help));
    if pair.text.contains('\0') || name.is_empty() || name.contains(['\0', '=']) {
        return cannot(
            "holds a NUL, or has a name that no process can have",
            "no variable of a process can hold it",
        );
    }
    if !is_named(format, name) {
        let what = format!("is no name that --format {} can hold", format.name());
        return cannot(&what, "rename it, or leave it out: --key GLOB takes a part of the variables");
    }
    if format == Format::Docker && pair.text.contains(['\n', '\r']) {
        let what = "has a value of several lines, and docker's --env-file has no way to write it";
        return cannot(what, "leave it out with --key GLOB, or mount it as a file");
    }
    Ok(())
}

/// Shells know letters, digits and `_`; files also `.` and `-`; JSON everything.
fn is_named(format: Format, name: &str) -> bool {
    let also = match format {
        Format::Json => return true,
        Format::Dotenv | Format::Docker => ".-",
        _ => "",
    };
    let mut chars = name.chars();
    let is_first = |c: char| c.is_ascii_alphabetic() || c == '_';
    chars.next().is_some_and(is_first) && chars.all(|c| is_first(c) || c.is_ascii_digit() || also.contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(format: Format, name: &str, text: &str) -> Result<String, String> {
        let pair = Pair { name, text, is_secret: false };
        render(format, &[pair]).map_err(|fault| fault.to_string())
    }

    fn written(format: Format, text: &str) -> String {
        one(format, "A", text).unwrap()
    }

    #[test]
    fn each_shell_gets_its_own_quotes() {
        assert_eq!(written(Format::Sh, "it's $x\n-n"), "export A='it'\\''s $x\n-n'\n");
        assert_eq!(written(Format::Fish, "it's \\ $x"), "set -gx A 'it\\'s \\\\ $x'\n");
        assert_eq!(written(Format::Powershell, "it's \u{2019}$x"), "$env:A = 'it''s \u{2019}\u{2019}$x'\n");
        assert_eq!(written(Format::Nu, "\"\\$x\n\u{1b}é"), "$env.A = \"\\\"\\\\$x\\n\\u{1b}é\"\n");
    }

    #[test]
    fn a_file_gets_as_few_quotes_as_all_its_readers_need() {
        for (text, expected) in [
            ("", "A=\n"),
            ("https://h:1/x", "A=https://h:1/x\n"),
            ("a b#c $x `y` \\d", "A='a b#c $x `y` \\d'\n"),
            ("it's ${x} \"y\"\n", "A=\"it's \\${x} \\\"y\\\"\\n\"\n"),
            ("end\\", "A=\"end\\\\\"\n"),
        ] {
            assert_eq!(written(Format::Dotenv, text), expected);
        }
        assert_eq!(written(Format::Docker, " 'a' \"b\" # $x"), "A= 'a' \"b\" # $x\n");
        assert_eq!(written(Format::Json, "a\"\u{202e}"), "{\n  \"A\": \"a\\\"\\u202e\"\n}\n");
    }

    #[test]
    fn what_a_format_cannot_hold_is_refused_by_name() {
        let all = [
            Format::Sh,
            Format::Fish,
            Format::Powershell,
            Format::Nu,
            Format::Github,
            Format::Dotenv,
            Format::Docker,
            Format::Json,
        ];
        for format in all {
            assert!(one(format, "A", "x\0y").unwrap_err().starts_with("A holds a NUL"));
            for (name, files) in
                [("a.b-c", true), ("1a", false), ("a b", false), ("é", false), ("a;b", false)]
            {
                let takes =
                    format == Format::Json || (files && matches!(format, Format::Dotenv | Format::Docker));
                assert_eq!(one(format, name, "x").is_ok(), takes, "{name} {}", format.name());
            }
        }
        assert!(one(Format::Docker, "A", "x\ny").is_err() && one(Format::Docker, "A", "x\r").is_err());
    }
}
