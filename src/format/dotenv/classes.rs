//! What the bytes of a value are to the readers of dotenv files, looked up in one pass over it.

/// What a text holds, as a set of the bits below.
#[derive(Clone, Copy)]
pub(super) struct Classes(u16);

pub(super) const BLANK: u16 = 1;
pub(super) const HASH: u16 = 1 << 1;
pub(super) const BACKSLASH: u16 = 1 << 2;
pub(super) const DOLLAR: u16 = 1 << 3;
pub(super) const BACKTICK: u16 = 1 << 4;
pub(super) const QUOTE: u16 = 1 << 5;
pub(super) const LINE_FEED: u16 = 1 << 6;
pub(super) const RETURN: u16 = 1 << 7;
/// Control characters but those that have a bit of their own.
pub(super) const CONTROL: u16 = 1 << 8;
/// Not ASCII: what it is must be looked up by its character.
pub(super) const WIDE: u16 = 1 << 9;
/// Colons need no quotes, but for `:=`.
pub(super) const COLON: u16 = 1 << 10;
/// What else needs quotes.
pub(super) const OTHER: u16 = 1 << 11;
/// Braces and parentheses need quotes, but where they belong to a `$`.
pub(super) const BRACE: u16 = 1 << 13;
/// What conventional keys are made of: capitals, digits, `_`.
pub(super) const CAPITAL: u16 = 1 << 12;
/// Signs of equality need no quotes, but at the start of a value and in `:=`.
pub(super) const EQUALS: u16 = 1 << 14;
/// What needs no quotes, in any reader, but for `:=`.
pub(super) const PLAIN: u16 = COLON | EQUALS | CAPITAL;

static TABLE: [u16; 256] = table();

const fn table() -> [u16; 256] {
    let mut table = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        #[expect(clippy::indexing_slicing, reason = "evaluated while compiling")]
        {
            table[byte] = class(byte as u8);
        }
        byte += 1;
    }
    table
}

const fn class(byte: u8) -> u16 {
    match byte {
        b' ' | b'\t' => BLANK,
        b'#' => HASH,
        b'\\' => BACKSLASH,
        b'$' => DOLLAR,
        b'`' => BACKTICK,
        b'"' | b'\'' => QUOTE,
        b'\n' => LINE_FEED,
        b'\r' => RETURN,
        b':' => COLON,
        b'{' | b'}' | b'(' | b')' => BRACE,
        0x80.. => WIDE,
        _ if byte.is_ascii_control() => CONTROL,
        b'A'..=b'Z' | b'0'..=b'9' | b'_' => CAPITAL,
        b'a'..=b'z' | b'.' | b'/' | b'@' | b'%' | b'+' | b',' | b'-' => 0,
        b'=' => EQUALS,
        _ => OTHER,
    }
}

impl Classes {
    /// What `text` holds.
    pub(super) fn of(text: &[u8]) -> Self {
        Self(text.iter().fold(0, |seen, byte| seen | Self::of_byte(*byte).0))
    }

    /// What one byte is.
    pub(super) fn of_byte(byte: u8) -> Self {
        Self(TABLE.get(usize::from(byte)).copied().unwrap_or_default())
    }

    /// Does it hold something of these?
    pub(super) fn has(self, bits: u16) -> bool {
        self.0 & bits != 0
    }

    /// Does it hold something of each?
    pub(super) fn has_all(self, bits: u16) -> bool {
        self.0 & bits == bits
    }

    /// Does it hold nothing else?
    pub(super) fn has_only(self, bits: u16) -> bool {
        self.0 & !bits == 0
    }
}

/// Is it the end of a line to a reader that knows more of them than dotenv files should hold?
pub(super) fn is_line_separator(each: char) -> bool {
    matches!(each, '\u{b}' | '\u{c}' | '\u{1c}'..='\u{1e}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// Can nobody see it? Control characters but tabs and line breaks; marks of no width or of writing direction.
pub(super) fn is_unseen(each: char) -> bool {
    let is_control = each.is_control() && !matches!(each, '\t' | '\n' | '\r');
    is_control
        || matches!(each, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// Is there a carriage return without its line feed?
pub(super) fn has_lone_return(text: &str) -> bool {
    let mut rest = text.split('\r').skip(1);
    rest.any(|after| !after.starts_with('\n'))
}
