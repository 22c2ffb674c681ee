//! Text in lines that a terminal has room for, broken between words.

use super::table::width;

/// The narrowest line, in columns: below that it is better to let the terminal break it.
const NARROWEST: usize = 20;

/// `text` in lines of at most `room` columns; a word that is longer has a line of its own. As it is where `room` is
/// nothing, or next to nothing.
pub fn wrap(text: &str, room: Option<usize>) -> Vec<String> {
    let Some(room) = room.filter(|room| *room >= NARROWEST) else { return vec![text.to_owned()] };
    let mut lines: Vec<String> = Vec::new();
    let mut used = 0;
    for word in text.split(' ') {
        let taken = width(word);
        match lines.last_mut().filter(|_| used + 1 + taken <= room) {
            Some(line) => {
                line.push(' ');
                line.push_str(word);
                used += 1 + taken;
            }
            None => {
                lines.push(word.to_owned());
                used = taken;
            }
        }
    }
    lines
}

/// The same with `indent` blanks in front of every line but the first, which `room` counts too.
pub fn hang(text: &str, room: Option<usize>, indent: usize) -> String {
    wrap(text, room.map(|room| room.saturating_sub(indent))).join(&format!("\n{}", " ".repeat(indent)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn lines_break_between_words_and_nowhere_else() {
        let text = "put in the real value, or say why not";
        assert_eq!(wrap(text, Some(22)), ["put in the real value,", "or say why not"]);
        assert_eq!(hang(text, Some(26), 4), "put in the real value,\n    or say why not");
        assert_eq!(wrap(text, None), [text]);
        assert_eq!(wrap(text, Some(5)), [text]);
    }

    proptest! {
        #[test]
        fn nothing_is_lost_and_no_line_is_too_long(text in "[a-z日 ]{0,80}", room in 20_usize..60) {
            let lines = wrap(&text, Some(room));
            prop_assert_eq!(lines.join(" "), text);
            prop_assert!(lines.iter().all(|line| width(line) <= room || !line.trim().contains(' ')));
        }
    }
}
