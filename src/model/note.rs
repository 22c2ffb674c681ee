//! Spellings in a file that are fine here, and that its other readers read otherwise.

/// One spelling that readers disagree about. It holds no text of the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Note {
    /// What it is.
    pub kind: NoteKind,
    /// Where it is: the byte offset of the line, of its key, or of its value; never a place inside a value.
    pub offset: usize,
}

/// What looks at the text of a file for such spellings.
#[derive(Clone, Copy)]
pub struct Examiner {
    /// Finds those that are known to be read otherwise, in order.
    pub notes: fn(&str) -> Vec<Note>,
    /// Asks another reader what it reads otherwise, in order: slower, and exact.
    pub second_reader: fn(&str) -> Vec<Note>,
    /// Finds the comments that are headings, in order.
    pub headings: fn(&str) -> Vec<Heading>,
}

/// A comment that is the heading of what stands below it.
pub struct Heading {
    /// Where what it is about begins: byte offset.
    pub offset: usize,
    /// Its words, which hold no secret; nothing where an earlier heading ends.
    pub text: Option<String>,
}

/// The spellings that readers of dotenv files disagree about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NoteKind {
    /// A byte order mark starts the file.
    ByteOrderMark,
    /// A line ends with `\r\n`; told once for a file.
    CarriageReturn,
    /// The last line has no line break.
    NoFinalNewline,
    /// A line of blanks only.
    BlankLine,
    /// Blanks before the `#` of a comment.
    IndentedComment,
    /// In a comment, a quote after a `=` or `:` that is not closed.
    CommentQuote,
    /// Blanks before the key, or before its `export`.
    Indent,
    /// `export` and one space before the key.
    Export,
    /// `export` and several spaces before the key.
    ExportBlanks,
    /// A tab between `export` and the key.
    ExportTab,
    /// A lower-case letter in the key.
    KeyCase,
    /// A `.` in the key.
    KeyDot,
    /// A `-` in the key.
    KeyDash,
    /// Blanks before the `=`.
    SpaceBeforeEquals,
    /// Blanks between the `=` and the value.
    SpaceAfterEquals,
    /// Blanks after the `=`, and no value.
    EmptyBlank,
    /// `KEY: value`
    YamlStyle,
    /// A comment after the value.
    InlineComment,
    /// A comment after the value and a tab.
    InlineCommentTab,
    /// Blanks after the value.
    TrailingBlank,
    /// An unquoted value that starts with `#`.
    HashFirst,
    /// A `#` inside an unquoted value.
    HashInValue,
    /// A blank inside an unquoted value.
    SpaceUnquoted,
    /// A typographic quote around an unquoted value.
    SmartQuote,
    /// A quote inside an unquoted value.
    InnerQuote,
    /// A character beyond ASCII in an unquoted value.
    WideChars,
    /// Any other character in an unquoted value that some readers treat as special.
    UnquotedChars,
    /// A backslash in an unquoted value.
    Backslash,
    /// A backslash in single quotes.
    BackslashSingle,
    /// A backslash in double quotes, other than in `\$`.
    Escape,
    /// A value of several lines.
    Multiline,
    /// A backtick or `$(` where some readers run a command.
    Command,
    /// `${` outside of single quotes.
    Reference,
    /// A `$` outside of single quotes that starts no reference.
    Dollar,
    /// `\$` in double quotes, and no other `$`.
    DollarEscaped,
    /// A `$` in single quotes.
    DollarSingle,
    /// A character that some readers take for the end of a line.
    LineSeparator,
    /// A carriage return without a line feed.
    LoneReturn,
    /// A character that cannot be seen.
    ControlChars,
    /// A quoted value: only a reader that knows no quotes reads it otherwise.
    Quoted,
    /// dotenvy, asked, reads another value.
    DotenvyDiffers,
    /// dotenvy, asked, does not see the key.
    DotenvyMisses,
    /// dotenvy, asked, looks up in the process what the value names.
    DotenvyExpands,
    /// dotenvy, asked, stops at this line.
    DotenvyStops,
    /// dotenvy was not asked: the file is too large, or its lines too odd.
    DotenvyUnasked,
}
