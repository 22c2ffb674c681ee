//! What a line of a comment is: text, decoration, or a heading in its decoration.

/// The longest heading, in characters.
const LONGEST_HEADING: usize = 60;

/// A line of a comment.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Line<'a> {
    /// Text, without the decoration around it; empty on a bare `#`.
    Text(&'a str),
    /// Decoration alone: `# -----`.
    Rule,
    /// `# --- Database ---`, `# [[DATABASE]]`, `###> package ###`.
    Heading(&'a str),
    /// `###< package ###`: the section ends.
    End,
}

impl<'a> Line<'a> {
    /// Reads a line that starts with `#`, perhaps after blanks or a byte order mark.
    pub(super) fn read(source: &'a str) -> Self {
        let line = source.trim_start_matches('\u{feff}').trim();
        let body = line.trim_start_matches('#');
        let hashes = line.len() - body.len();
        let body = body.trim();
        if ["-----BEGIN ", "-----END "].iter().any(|mark| body.contains(mark)) {
            return Self::Text(body); // of a key block, which must be seen whole to be recognised
        }
        if hashes >= 3 && body.starts_with("< ") {
            return Self::End;
        }
        let package = body.strip_prefix("> ").filter(|_| hashes >= 3);
        let double = body.strip_prefix("[[").and_then(|rest| rest.strip_suffix("]]"));
        match package.or(double) {
            Some(title) => heading(title),
            None => Self::framed(body, hashes),
        }
    }

    fn framed(body: &'a str, hashes: usize) -> Self {
        let core = body.trim_matches(|c: char| is_frame(c) || c.is_whitespace());
        let frame = |length: usize| body.chars().count().saturating_sub(length);
        let left = frame(body.trim_start_matches(is_frame).chars().count());
        let right = frame(body.trim_end_matches(is_frame).chars().count());
        match () {
            () if core.is_empty() && (left >= 2 || hashes >= 4) => Self::Rule,
            () if core.is_empty() => Self::Text(""),
            () if left >= 3 || right >= 3 || (left.max(hashes) >= 2 && right >= 2) => heading(core),
            () => Self::Text(body.trim_matches(|c: char| is_box(c) || c.is_whitespace())),
        }
    }
}

fn heading(text: &str) -> Line<'_> {
    let title = text.trim_matches(|c: char| is_frame(c) || c.is_whitespace());
    match title.is_empty() || title.chars().nth(LONGEST_HEADING).is_some() {
        true => Line::Rule,
        false => Line::Heading(title),
    }
}

fn is_frame(c: char) -> bool {
    matches!(c, '-' | '=' | '*' | '#' | '~' | '_' | '+' | '–' | '—') || is_box(c)
}

/// Box drawing and block elements, which never are text.
fn is_box(c: char) -> bool {
    matches!(c, '\u{2500}'..='\u{259f}')
}

/// Does a line that stands alone read as a heading? Few words, and nothing of a sentence.
pub(super) fn is_title(line: &str) -> bool {
    let is_sentence = |c: char| matches!(c, '.' | ',' | ':' | ';' | '?' | '!' | '=' | '@' | '|' | '"' | '`');
    line.chars().nth(40).is_none()
        && line.split_whitespace().count() <= 6
        && line.starts_with(|c: char| c.is_uppercase() || (c.is_alphabetic() && !c.is_ascii()))
        && !line.contains(is_sentence)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decoration_is_told_from_text() {
        for (source, line) in [
            ("# The port", Line::Text("The port")),
            ("  #The port \r\n", Line::Text("The port")),
            ("## The port", Line::Text("The port")),
            ("#", Line::Text("")),
            ("# - one of several", Line::Text("- one of several")),
            ("# *important*", Line::Text("*important*")),
            ("# │ in a box │", Line::Text("in a box")),
            ("# -----BEGIN PRIVATE KEY-----", Line::Text("-----BEGIN PRIVATE KEY-----")),
            ("# ---", Line::Rule),
            ("#=====", Line::Rule),
            ("##########", Line::Rule),
            ("# # # # #", Line::Text("")),
            ("# ––––––––––", Line::Rule),
            ("# ┌──────┐", Line::Rule),
            ("# --- Database ---", Line::Heading("Database")),
            ("# --- Database", Line::Heading("Database")),
            ("# Database -----", Line::Heading("Database")),
            ("# == Database ==", Line::Heading("Database")),
            ("# ── Database ─────", Line::Heading("Database")),
            ("# –––––––––  FILE STORAGE  –––––", Line::Heading("FILE STORAGE")),
            ("### Database ###", Line::Heading("Database")),
            ("## Database ##", Line::Heading("Database")),
            ("# [[EE ONLY]]", Line::Heading("EE ONLY")),
            ("###> symfony/mailer ###", Line::Heading("symfony/mailer")),
            ("###< symfony/mailer ###", Line::End),
        ] {
            assert_eq!(Line::read(source), line, "{source}");
        }
    }

    #[test]
    fn a_title_is_no_sentence() {
        for title in ["Database", "Sign-in providers", "AUTH (optional)", "数据库"] {
            assert!(is_title(title), "{title}");
        }
        for text in ["", "the port", "Copy this file.", "PORT=1", "A title that goes on for many words", "@X"]
        {
            assert!(!is_title(text), "{text}");
        }
    }
}
