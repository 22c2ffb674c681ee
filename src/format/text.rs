//! From bytes to text: what is no text is told, not guessed.

use crate::model::source::Problem;

/// The text that `bytes` hold.
///
/// # Errors
/// A [`Problem`] for UTF-16, for bytes that are not UTF-8, and for NUL, which no environment can carry.
pub fn decode(bytes: &[u8]) -> Result<&str, Problem> {
    if matches!(bytes, [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..]) {
        return Err(problem("the file is UTF-16, not UTF-8", "save it as UTF-8", None));
    }
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let help = "save the file as UTF-8";
        problem("the file is not UTF-8 from here on", help, Some(error.valid_up_to()))
    })?;
    match text.find('\0') {
        None => Ok(text),
        Some(at) => Err(problem("the file holds a NUL byte", "remove it; is this a text file?", Some(at))),
    }
}

fn problem(message: &str, help: &str, offset: Option<usize>) -> Problem {
    Problem { message: message.to_owned(), help: help.to_owned(), offset }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_text_is_text() {
        assert_eq!(decode("Ü=1".as_bytes()).ok(), Some("Ü=1"));
        for (bytes, offset) in [(&b"\xFF\xFEA\0"[..], None), (b"A=\xFF", Some(2)), (b"A=1\0", Some(3))] {
            assert_eq!(decode(bytes).err().map(|problem| problem.offset), Some(offset));
        }
    }
}
