//! What may be attempted in an environment.

use std::ffi::OsStr;

/// A guarded action.
#[derive(Clone, Copy, Debug)]
pub enum Action<'a> {
    /// Select it.
    Switch {
        /// The environment before.
        from: Option<&'a str>,
        /// Is a live consent not enough?
        anew: bool,
    },
    /// Start a program in it.
    Run {
        /// The program, without its arguments.
        program: &'a OsStr,
    },
    /// Print its variables.
    Export,
    /// Show one of its values.
    Reveal,
}

impl Action<'_> {
    /// A switch of which nothing else is known.
    pub const SWITCH: Self = Self::Switch { from: None, anew: false };

    /// The word for it in the log.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Switch { .. } => "switch",
            Self::Run { .. } => "run",
            Self::Export => "export",
            Self::Reveal => "reveal",
        }
    }

    /// Does it need a new consent, whatever there is?
    pub fn is_anew(self) -> bool {
        matches!(self, Self::Switch { anew: true, .. })
    }

    /// Does it begin something new, for which the work before should be done?
    pub fn is_departure(self) -> bool {
        matches!(self, Self::Switch { .. })
    }

    /// Is it told of in every environment, or only in a protected one?
    pub fn is_always_told(self) -> bool {
        matches!(self, Self::Switch { .. } | Self::Reveal)
    }
}
