//! Times as people read them.

use jiff::Timestamp;

/// To the minute, in UTC: `2026-01-31 09:30 UTC`.
pub fn minute(time: Timestamp) -> String {
    time.strftime("%Y-%m-%d %H:%M UTC").to_string()
}

/// ` until 2026-01-31 09:30 UTC`; nothing where there is no end.
pub fn until(end: Option<Timestamp>) -> String {
    end.map_or_else(String::new, |end| format!(" until {}", minute(end)))
}
