//! `--format FORMAT[=FILE]`: what is written, and where it goes.

use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt;
use std::path::PathBuf;

use clap::builder::{PossibleValue, TypedValueParser};
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, Command, Error};

use crate::model::fault::Fault;
use crate::out::format::{Format, Formats};

/// One product: its format, and the file it goes to; stdout where none is named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Output {
    /// How it is written.
    pub format: Format,
    /// The file, as it stands on the command line.
    pub file: Option<PathBuf>,
}

/// Reads `FORMAT` and `FORMAT=FILE`. Every format is understood, whichever command it is said to; what the command
/// writes is what help, errors and completion offer.
#[derive(Clone)]
pub struct OutputParser(pub Formats);

impl TypedValueParser for OutputParser {
    type Value = Output;

    fn parse_ref(&self, command: &Command, arg: Option<&Arg>, value: &OsStr) -> Result<Output, Error> {
        read(value).ok_or_else(|| {
            let mut error = Error::new(ErrorKind::InvalidValue).with_cmd(command);
            let arg = arg.map(ToString::to_string).unwrap_or_default();
            error.insert(ContextKind::InvalidArg, ContextValue::String(arg));
            error.insert(
                ContextKind::InvalidValue,
                ContextValue::String(value.to_string_lossy().into_owned()),
            );
            let names = self.0.all.iter().map(|format| format.name().to_owned()).collect();
            error.insert(ContextKind::ValidValue, ContextValue::Strings(names));
            error
        })
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        let value = |format: &Format| PossibleValue::new(format.name()).help(format.purpose());
        Some(Box::new(self.0.all.iter().map(value)))
    }
}

fn read(value: &OsStr) -> Option<Output> {
    let mut parts = value.as_bytes().splitn(2, |byte| *byte == b'=');
    let format = Formats::find(parts.next()?)?;
    match parts.next() {
        Some([]) => None,
        Some([b'-']) => Some(Output { format, file: None }), // as elsewhere: stdout
        file => Some(Output { format, file: file.map(|file| PathBuf::from(OsStr::from_bytes(file))) }),
    }
}

/// Refuses what `command`, which writes `formats`, cannot write.
///
/// # Errors
/// A [`Fault`] that says what it can.
pub fn check(outputs: &[Output], command: &str, formats: Formats) -> Result<(), Fault> {
    if let Some(other) = outputs.iter().find(|output| !formats.all.contains(&output.format)) {
        let what = format!("`{command}` writes {}, not {}", formats.names(), other.format.name());
        return Err(Fault::new(what).help("choose another --format"));
    }
    if !formats.has_files && outputs.iter().any(|output| output.file.is_some()) {
        let fault = Fault::new(format!("`{command}` writes to stdout alone"));
        return Err(fault.help("redirect it: --format json > FILE"));
    }
    if outputs.iter().filter(|output| output.file.is_none()).count() > 1 {
        let fault = Fault::new("only one format can go to stdout");
        return Err(match formats.has_files {
            true => fault.help("name files for the others, as in --format sarif=envctl.sarif"),
            false => fault.help("leave out all --format but one"),
        });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_stands_behind_the_first_equals_sign() {
        let file = |text: &str| read(OsStr::new(text)).map(|output| (output.format, output.file));
        assert_eq!(file("json"), Some((Format::Json, None)));
        assert_eq!(file("json=-"), Some((Format::Json, None)));
        assert_eq!(file("sarif=a=b.sarif"), Some((Format::Sarif, Some("a=b.sarif".into()))));
        for wrong in ["json=", "", "=x", "JSON", "xml=a"] {
            assert_eq!(file(wrong), None, "{wrong}");
        }
    }
}
