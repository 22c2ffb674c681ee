//! Git's glob matcher: `*`, `?`, `[…]`, `**` (git's `wildmatch.c`, after rsync's).

/// Whether the whole of `text` fits `glob`. A `*` matches a slash only if `free` says so, `**` between slashes always.
pub(super) fn matches(glob: &[u8], text: &[u8], free: bool) -> bool {
    wild(glob, text, free) == Fit::Yes
}

/// The last two end the search early: without them a hostile glob takes exponential time.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fit {
    Yes,
    No,
    /// No text further on can fit.
    Never,
    /// Only a `**` before this can still help.
    NeedsStars,
}

/// Goes on byte by byte up to the first star.
fn wild(whole: &[u8], mut text: &[u8], free: bool) -> Fit {
    let mut glob = whole;
    loop {
        match (glob, text) {
            ([], []) => return Fit::Yes,
            ([], _) => return Fit::No,
            ([b'*', ..], _) => {
                let before = whole.get(..whole.len() - glob.len()).unwrap_or_default();
                return stars(glob, matches!(before, [] | [.., b'/']), text, free);
            }
            (_, []) => return Fit::Never,
            (_, [byte, rest @ ..]) => match step(glob, *byte, free) {
                Ok(next) => (glob, text) = (next, rest),
                Err(fit) => return fit,
            },
        }
    }
}

/// What of the glob is left when its beginning fits `byte`.
fn step(glob: &[u8], byte: u8, free: bool) -> Result<&[u8], Fit> {
    let is_wall = byte == b'/' && !free;
    match glob {
        [b'?', rest @ ..] if !is_wall => Ok(rest),
        [b'[', rest @ ..] => match set(rest, byte) {
            None => Err(Fit::Never),
            Some((true, rest)) if !is_wall => Ok(rest),
            Some(_) => Err(Fit::No),
        },
        [b'\\', same, rest @ ..] if *same == byte => Ok(rest),
        [b'?' | b'\\', ..] => Err(Fit::No),
        [same, rest @ ..] if *same == byte => Ok(rest),
        _ => Err(Fit::No),
    }
}

/// Matches a glob that begins with stars; `opens` says that they stand at the beginning or behind a slash.
fn stars(glob: &[u8], opens: bool, text: &[u8], free: bool) -> Fit {
    let mut rest = glob;
    while let [b'*', after @ ..] = rest {
        rest = after;
    }
    let closes = matches!(rest, [] | [b'/', ..] | [b'\\', b'/', ..]);
    let fills = glob.len() - rest.len() > 1 && opens && closes;
    match rest {
        // `a/**/b` fits `a/b` too. Where nothing further on can fit, two tries for every `**` would double the work.
        [b'/', below @ ..] if fills && !free => match wild(below, text, free) {
            decided @ (Fit::Yes | Fit::Never) => decided,
            Fit::No | Fit::NeedsStars => anywhere(rest, text, true, free),
        },
        [] if free || fills || !text.contains(&b'/') => Fit::Yes,
        [] => Fit::NeedsStars,
        _ => anywhere(rest, text, free || fills, free),
    }
}

/// Tries the glob at each byte of the text, up to the first slash unless the stars before it cross that.
fn anywhere(glob: &[u8], mut text: &[u8], crosses: bool, free: bool) -> Fit {
    while let [byte, rest @ ..] = text {
        match wild(glob, text, free) {
            Fit::No => {}
            Fit::NeedsStars if crosses => {}
            fit => return fit,
        }
        if !crosses && *byte == b'/' {
            return Fit::NeedsStars;
        }
        text = rest;
    }
    Fit::Never
}

/// Judges a set by what follows its `[`: whether `byte` is in it, and what follows the set; none if it never ends.
fn set(glob: &[u8], byte: u8) -> Option<(bool, &[u8])> {
    let (negative, mut rest) = match glob {
        [b'!' | b'^', rest @ ..] => (true, rest),
        _ => (false, glob),
    };
    let (mut found, mut last) = (false, None);
    loop {
        let (member, after) = member(rest, last)?;
        found |= member.has(byte)?;
        (last, rest) = (member.last(), after);
        // Only behind a member: at the beginning it is one.
        if let [b']', after @ ..] = rest {
            return Some((found != negative, after));
        }
    }
}

/// What stands between the brackets.
enum Member<'g> {
    Letter(u8),
    Range(u8, u8),
    /// `[:name:]`
    Class(&'g [u8]),
}

/// The next member and what follows it; `last` is the letter before it, where a range can begin.
fn member(glob: &[u8], last: Option<u8>) -> Option<(Member<'_>, &[u8])> {
    match (glob, last) {
        ([b'-', rest @ ..], Some(low)) if !rest.starts_with(b"]") => {
            letter(rest).map(|(high, rest)| (Member::Range(low, high), rest))
        }
        ([b'[', rest @ ..], _) => class(rest),
        _ => letter(glob).map(|(letter, rest)| (Member::Letter(letter), rest)),
    }
}

/// What a `[` begins inside of a set: a class, or nothing special.
fn class(glob: &[u8]) -> Option<(Member<'_>, &[u8])> {
    let plain = (Member::Letter(b'['), glob);
    let Some(glob) = glob.strip_prefix(b":") else {
        return Some(plain);
    };
    let end = glob.iter().position(|byte| *byte == b']')?;
    let (name, rest) = (glob.get(..end)?.strip_suffix(b":"), glob.get(end + 1..)?);
    Some(name.map_or(plain, |name| (Member::Class(name), rest)))
}

fn letter(glob: &[u8]) -> Option<(u8, &[u8])> {
    match glob {
        [b'\\', byte, rest @ ..] => Some((*byte, rest)),
        [b'\\'] | [] => None,
        [byte, rest @ ..] => Some((*byte, rest)),
    }
}

impl Member<'_> {
    /// Whether `byte` fits; none if there is no such class.
    fn has(&self, byte: u8) -> Option<bool> {
        match self {
            Member::Letter(same) => Some(*same == byte),
            Member::Range(low, high) => Some((*low..=*high).contains(&byte)),
            Member::Class(name) => in_class(name, byte),
        }
    }

    /// The letter with which a range can begin here.
    fn last(&self) -> Option<u8> {
        match self {
            Member::Letter(letter) => Some(*letter),
            Member::Range(..) | Member::Class(_) => None,
        }
    }
}

fn in_class(name: &[u8], byte: u8) -> Option<bool> {
    Some(match name {
        b"alnum" => byte.is_ascii_alphanumeric(),
        b"alpha" => byte.is_ascii_alphabetic(),
        b"blank" => byte == b' ' || byte == b'\t',
        b"cntrl" => byte.is_ascii_control(),
        b"digit" => byte.is_ascii_digit(),
        b"graph" => byte.is_ascii_graphic(),
        b"lower" => byte.is_ascii_lowercase(),
        b"print" => byte.is_ascii_graphic() || byte == b' ',
        b"punct" => byte.is_ascii_punctuation(),
        b"space" => byte.is_ascii_whitespace() || byte == 0x0b,
        b"upper" => byte.is_ascii_uppercase(),
        b"xdigit" => byte.is_ascii_hexdigit(),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::matches;

    #[test]
    fn stars_take_no_exponential_time() {
        for (glob, text) in [("**/", "a/"), ("**/a/", "a/"), ("*/**/a/", "a/"), ("*a", "a"), ("**/*a", "a/a")]
        {
            let (glob, text) = (glob.repeat(40) + "x", text.repeat(200));
            assert!(!matches(glob.as_bytes(), text.as_bytes(), false), "{glob}");
            assert!(!matches(glob.as_bytes(), text.as_bytes(), true), "{glob}");
        }
    }

    #[test]
    fn a_set_that_never_ends_fits_nothing() {
        for glob in ["[", "[!", "[^", "[]", "[a", "[a-", "[a\\", "[[:", "[[:alpha:]", "[[:a"] {
            for text in ["[", "a", "!", "]", ""] {
                assert!(!matches(glob.as_bytes(), text.as_bytes(), true), "{glob} {text}");
            }
        }
    }
}
