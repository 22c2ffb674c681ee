//! Names that try to leave their place in some format, and more findings than anybody reads.

use crate::project::Project;

/// Keys, each an attempt on another format.
pub const NAMES: &[&str] = &[
    "%0A::error::fake",
    "\n::error::fake",
    "::stop-commands::x",
    "##[error]fake",
    "a,title=b:c",
    "]]>",
    "</failure><failure>",
    "\"><x a='",
    "&lt;&amp;",
    "</details>",
    "<script>",
    "a|b",
    "`",
    "``` x",
    "@everyone",
    "[a](b)",
    "#1 https://example.com",
    "${{ secrets.X }}",
    "\u{1b}[31m",
    "\u{202e}abc",
    "\u{200b}",
    "\u{ffff}\u{fffe}",
    "\\",
];

/// The same as a TOML string.
fn quoted(name: &str) -> String {
    let escaped: String = name.chars().map(|c| format!("\\U{:08X}", u32::from(c))).collect();
    format!("\"{escaped}\"")
}

/// A project in which each of the names is a key with something to say about it, in a file of a hostile name too.
pub fn project() -> Project {
    let lines = |value: &str| -> String {
        NAMES.iter().map(|name| format!("{} = '{value}'\n", quoted(name))).collect()
    };
    Project::new()
        .file("envs/development/env.toml", "[vars]\nA = '1'\n")
        .file("envs/production/env.toml", format!("[vars]\n{}", lines("changeme")))
        .file("envs/production/%0A::error::,<x>&`|](.yaml", "a: changeme\nb: *none\n")
}

/// A project with `count` errors and as many warnings.
pub fn crowd(count: usize) -> Project {
    let keys: String = (0..count).map(|n| format!("KEY_{n}=changeme\n")).collect();
    Project::new().file("envs/staging/.env", &keys).file("envs/production/.env", &keys)
}
