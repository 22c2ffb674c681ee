//! A box of labelled lines, as wide as the terminal allows; plain lines where there is no room, or no terminal.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// The narrowest terminal that gets a box, in columns.
const NARROWEST: usize = 40;
/// The widest box, in columns.
const WIDEST: usize = 80;

/// A title and labelled lines.
pub struct Frame {
    title: String,
    lines: Vec<(String, String)>,
}

impl Frame {
    /// A frame with nothing but a title.
    pub fn new(title: String) -> Self {
        Self { title, lines: Vec::new() }
    }

    /// Adds a line.
    pub fn line(&mut self, label: &str, text: &str) {
        self.lines.push((label.to_owned(), text.to_owned()));
    }

    /// The box for a terminal of `width` columns, or plain lines. Each line passes `paint`.
    pub fn render(&self, width: Option<usize>, paint: impl Fn(&str) -> String) -> String {
        let labels = self.lines.iter().map(|(label, _)| label.width()).max().unwrap_or(0);
        let lines: Vec<String> =
            self.lines.iter().map(|(label, text)| labelled(label, text, labels)).collect();
        match width {
            Some(width) if width >= NARROWEST => self.boxed(&lines, width.min(WIDEST), paint),
            _ => std::iter::once(&self.title).chain(&lines).map(|line| paint(line) + "\n").collect(),
        }
    }

    fn boxed(&self, lines: &[String], width: usize, paint: impl Fn(&str) -> String) -> String {
        let needed =
            lines.iter().chain(std::iter::once(&self.title)).map(|line| line.width()).max().unwrap_or(0);
        let inner = needed.min(width.saturating_sub(4));
        let bar = "═".repeat(inner + 2);
        let row = |line: &String| format!("║ {} ║", fit(line, inner));
        let mut rows = vec![format!("╔{bar}╗"), row(&self.title), format!("╠{bar}╣")];
        rows.extend(lines.iter().map(row));
        rows.push(format!("╚{bar}╝"));
        rows.iter().map(|row| paint(row) + "\n").collect()
    }
}

fn labelled(label: &str, text: &str, width: usize) -> String {
    format!("{label}{}  {text}", " ".repeat(width.saturating_sub(label.width())))
}

/// `text` in exactly `width` columns: filled with blanks, or cut with an ellipsis.
pub fn fit(text: &str, width: usize) -> String {
    if text.width() <= width {
        return format!("{text}{}", " ".repeat(width - text.width()));
    }
    let mut cut = String::new();
    let mut used = 0;
    for c in text.chars() {
        let next = used + c.width().unwrap_or(0);
        if next + 1 > width {
            break;
        }
        cut.push(c);
        used = next;
    }
    let filling = " ".repeat(width.saturating_sub(used + 1));
    format!("{cut}…{filling}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn frame() -> Frame {
        let mut frame = Frame::new("telbot: 本番".to_owned());
        frame.line("branch", "main");
        frame.line("DATABASE_URL", "db.internal.example.com:5432/telbot_production_primary");
        frame
    }

    #[test]
    fn every_line_of_a_box_is_equally_wide() {
        for width in [40, 41, 60, 80, 300] {
            let text = frame().render(Some(width), str::to_owned);
            let widths: Vec<_> = text.lines().map(UnicodeWidthStr::width).collect();
            assert!(
                widths.iter().all(|one| *one == widths[0] && *one <= width),
                "{width}: {widths:?}\n{text}"
            );
        }
    }

    #[test]
    fn without_room_or_terminal_there_is_no_box() {
        for width in [None, Some(39), Some(1)] {
            assert!(frame().render(width, str::to_owned).starts_with("telbot: 本番\nbranch        main\n"));
        }
    }

    proptest! {
        #[test]
        fn a_text_fits_exactly(text in "\\PC{0,30}", width in 1_usize..40) {
            prop_assert_eq!(fit(&text, width).width(), width);
        }
    }
}
