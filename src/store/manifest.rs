//! The manifest's file: read, and its complaints put into words with file, line and column.

use super::file::{Content, Reader};
use crate::format::manifest::{self, Manifest, Rejection};
use crate::format::text;
use crate::format::toml_text::Complaint;
use crate::model::custody::Mode;
use crate::model::fault::Fault;
use crate::model::position::LineIndex;
use crate::model::source::{Problem, Stamp};

/// A manifest as it was found.
pub struct Read {
    /// Its normal form.
    pub manifest: Manifest,
    /// Its text, for the places of complaints.
    pub text: String,
    /// Its size and time.
    pub stamp: Stamp,
    /// Who may read and write it.
    pub mode: Mode,
}

/// The manifest, or nothing where the project has none.
///
/// # Errors
/// A [`Fault`] for a manifest that cannot be used.
pub fn read(reader: &Reader<'_>, rules: &[&str]) -> Result<Option<Read>, Fault> {
    let Some(read) = reader.read(manifest::FILE).map_err(unreadable)? else { return Ok(None) };
    let Content { bytes, stamp, mode } = read;
    let text = text::decode(&bytes).map_err(|problem| not_text(&bytes, problem))?;
    match manifest::read(text, rules) {
        Ok(manifest) => Ok(Some(Read { manifest, text: text.to_owned(), stamp, mode })),
        Err(Rejection::Wrong(complaint)) => Err(fault(text, complaint)),
        Err(Rejection::WrongVersion(wanted)) => {
            let here = env!("CARGO_PKG_VERSION");
            let message = format!("this project needs envctl {wanted}, and this is envctl {here}");
            Err(Fault::new(message).help("install a version that the project asks for"))
        }
    }
}

/// The advice for other files, to leave them out, does not fit.
fn unreadable(problem: Problem) -> Fault {
    Fault::new(format!("{}: {}", manifest::FILE, problem.message))
        .help("this name belongs to the manifest of envctl; mend it, move it away, or use --project")
}

fn not_text(bytes: &[u8], problem: Problem) -> Fault {
    let before = problem.offset.and_then(|offset| bytes.get(..offset));
    match before.and_then(|before| std::str::from_utf8(before).ok()) {
        Some(text) => fault(text, Complaint::new(text.len(), problem.message, problem.help)),
        None => Fault::new(format!("{}: {}", manifest::FILE, problem.message)).help(problem.help),
    }
}

/// The fault of a complaint about the manifest.
pub fn fault(text: &str, complaint: Complaint) -> Fault {
    let at = LineIndex::new(text).position(text, complaint.offset);
    Fault::new(format!("{}:{}:{}: {}", manifest::FILE, at.line, at.column, complaint.message))
        .help(complaint.help)
}
