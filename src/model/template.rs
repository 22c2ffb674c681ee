//! A value with references to other keys, and what it becomes when they are put in.

/// A piece of a value that is not plain text alone.
#[derive(Clone)]
pub enum Piece {
    /// Text to take as it is.
    Text(Box<str>),
    /// `${NAME}` or `${NAME:-default}`.
    Reference {
        /// The key it names.
        name: Box<str>,
        /// The text to use where the key is unset or empty.
        default: Option<Box<str>>,
    },
}

impl Piece {
    /// The key that it names, if it is a reference.
    pub fn reference(&self) -> Option<&str> {
        if let Piece::Reference { name, .. } = self { Some(name) } else { None }
    }
}

/// Why a template has no text.
#[derive(Debug, PartialEq, Eq)]
pub enum Unresolved {
    /// A reference names a key that is not defined before it: the index of the piece.
    Undefined(usize),
    /// A reference names a key that is defined and has no text itself: the index of the piece.
    Broken(usize),
    /// The result would be larger than the budget allows.
    TooLarge,
    /// Its references lead on to others, too many in a row.
    TooDeep,
}

/// Puts the values that `lookup` knows into `pieces`.
///
/// `budget` is how many bytes may still be made for this environment; it shrinks with every call, so that values
/// that double each other end early.
///
/// # Errors
/// [`Unresolved`], with the budget as far as it was used.
pub fn expand<'v>(
    pieces: &[Piece],
    lookup: impl Fn(&str) -> Option<&'v str>,
    budget: &mut usize,
) -> Result<String, Unresolved> {
    let mut text = String::new();
    for (index, piece) in pieces.iter().enumerate() {
        let part: &str = match piece {
            Piece::Text(part) => part,
            Piece::Reference { name, default } => match (lookup(name), default) {
                (None | Some(""), Some(default)) => default,
                (Some(value), _) => value,
                (None, None) => return Err(Unresolved::Undefined(index)),
            },
        };
        *budget = budget.checked_sub(part.len()).ok_or(Unresolved::TooLarge)?;
        text.push_str(part);
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reference(name: &str, default: Option<&str>) -> Piece {
        Piece::Reference { name: name.into(), default: default.map(Into::into) }
    }

    fn known(name: &str) -> Option<&'static str> {
        match name {
            "HOST" => Some("db.internal"),
            "EMPTY" => Some(""),
            _ => None,
        }
    }

    #[test]
    fn references_become_values_or_their_default() {
        let pieces = [Piece::Text("a-".into()), reference("HOST", None), reference("EMPTY", Some("x"))];
        assert_eq!(expand(&pieces, known, &mut 100).unwrap(), "a-db.internalx");
        assert_eq!(expand(&[reference("GONE", Some("d"))], known, &mut 100).unwrap(), "d");
        assert_eq!(expand(&[reference("GONE", None)], known, &mut 100), Err(Unresolved::Undefined(0)));
    }

    #[test]
    fn the_budget_ends_growth() {
        let mut budget = 15;
        let pieces = [reference("HOST", None), reference("HOST", None)];
        assert_eq!(expand(&pieces, known, &mut budget), Err(Unresolved::TooLarge));
    }
}
