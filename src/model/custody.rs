//! Custody of a file: who may read it on this machine, and what git does with it.

use std::fmt;

/// The permission bits of a file, as Unix keeps them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mode(u32);

impl Mode {
    /// The permissions in what Unix says of a file; its kind is left out.
    pub fn new(bits: u32) -> Self {
        Self(bits & 0o7777)
    }

    /// May others than the owner read it, or write to it?
    pub fn is_open(self) -> bool {
        self.0 & 0o066 != 0
    }
}

/// As `chmod` takes it: `0644`.
impl fmt::Display for Mode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04o}", self.0)
    }
}

/// What git does with a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kept {
    /// It is in the index: the next commit holds it, and earlier ones may.
    Tracked,
    /// An ignore rule keeps it out.
    Ignored,
    /// Neither: `git add .` takes it.
    Exposed,
    /// No repository is around it.
    Nowhere,
    /// There is a repository, and it cannot be asked: why, in our own words.
    Unknown(String),
    /// Nobody asked.
    Unasked,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mode_is_open_where_others_may_read_or_write() {
        for (bits, text, is_open) in [
            (0o100_600, "0600", false),
            (0o100_400, "0400", false),
            (0o100_711, "0711", false),
            (0o100_644, "0644", true),
            (0o100_640, "0640", true),
            (0o100_602, "0602", true),
            (0o104_620, "4620", true),
        ] {
            let mode = Mode::new(bits);
            assert_eq!((mode.to_string().as_str(), mode.is_open()), (text, is_open));
        }
    }
}
