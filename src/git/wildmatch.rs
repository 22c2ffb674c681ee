//! Git's glob matcher: `*`, `?`, `[…]`, `**` (git's `wildmatch.c`, after rsync's).

use std::cmp::Ordering;

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

fn wild(glob: &[u8], text: &[u8], free: bool) -> Fit {
    let (mut g, mut t) = (0, 0);
    while let Some(&special) = glob.get(g) {
        let Some(&byte) = text.get(t) else {
            if special == b'*' {
                return stars(glob, g, &[], free);
            }
            return Fit::Never;
        };
        match special {
            b'*' => return stars(glob, g, &text[t..], free),
            b'?' if byte == b'/' && !free => return Fit::No,
            b'?' => g += 1,
            b'[' => match set(&glob[g + 1..], byte) {
                None => return Fit::Never,
                Some((false, _)) => return Fit::No,
                Some((true, _)) if byte == b'/' && !free => return Fit::No,
                Some((true, length)) => g += 1 + length,
            },
            b'\\' if glob.get(g + 1) == Some(&byte) => g += 2,
            _ if special == byte && special != b'\\' => g += 1,
            _ => return Fit::No,
        }
        t += 1;
    }
    if t == text.len() { Fit::Yes } else { Fit::No }
}

/// Matches from the star at `g` on.
fn stars(glob: &[u8], g: usize, text: &[u8], free: bool) -> Fit {
    let count = glob[g..].iter().take_while(|byte| **byte == b'*').count();
    let rest = &glob[g + count..];
    let opens = g == 0 || glob[g - 1] == b'/';
    let closes = rest.is_empty() || rest.starts_with(b"/") || rest.starts_with(b"\\/");
    let crosses = free || (count > 1 && opens && closes);
    if count > 1
        && crosses
        && !free
        && rest.first() == Some(&b'/')
        && wild(&rest[1..], text, free) == Fit::Yes
    {
        return Fit::Yes;
    }
    if rest.is_empty() {
        return if crosses || !text.contains(&b'/') { Fit::Yes } else { Fit::NeedsStars };
    }
    for (at, &byte) in text.iter().enumerate() {
        let fit = wild(rest, &text[at..], free);
        if fit != Fit::No && (!crosses || fit != Fit::NeedsStars) {
            return fit;
        }
        if !crosses && byte == b'/' {
            return Fit::NeedsStars;
        }
    }
    Fit::Never
}

/// Judges a set by what follows its `[`: whether `byte` is in it, and how long it is; none if it never ends.
fn set(glob: &[u8], byte: u8) -> Option<(bool, usize)> {
    let negative = matches!(glob.first()?, b'!' | b'^');
    let start = usize::from(negative);
    let (mut at, mut found, mut low) = (start, false, None);
    while at == start || *glob.get(at)? != b']' {
        let rest = &glob[at..];
        if rest[0] == b'-' && low.is_some() && rest.get(1).is_some_and(|next| *next != b']') {
            let (high, length) = letter(&rest[1..])?;
            found |= low.is_some_and(|low| low <= byte && byte <= high);
            (at, low) = (at + 1 + length, None);
        } else if let Some((name, length)) = class_name(rest)? {
            found |= in_class(name, byte)?;
            (at, low) = (at + length, None);
        } else {
            let (same, length) = letter(rest)?;
            found |= same.cmp(&byte) == Ordering::Equal;
            (at, low) = (at + length, Some(same));
        }
    }
    Some((found != negative, at + 1))
}

fn letter(glob: &[u8]) -> Option<(u8, usize)> {
    match glob {
        [b'\\', byte, ..] => Some((*byte, 2)),
        [b'\\'] | [] => None,
        [byte, ..] => Some((*byte, 1)),
    }
}

/// `[:name:]`, if that is what follows; the outer none if the set never ends.
fn class_name(glob: &[u8]) -> Option<Option<(&[u8], usize)>> {
    let Some(rest) = glob.strip_prefix(b"[:") else {
        return Some(None);
    };
    let end = rest.iter().position(|byte| *byte == b']')?;
    Some(rest[..end].strip_suffix(b":").map(|name| (name, end + 3)))
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
