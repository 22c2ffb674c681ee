//! What every program gets from the process: the machine, the person and the terminal, and no environment.

use crate::active;

/// The variables that programs cannot do without, or that say where and for whom they run; a name that ends in `*` stands
/// for all that begin so. Nothing in it configures an application, which is what environments are for.
const BASE: &[&str] = &[
    // where programs, settings and temporary files are
    "PATH",
    "HOME",
    "PWD",
    "TMPDIR",
    "XDG_*",
    // whose they are
    "USER",
    "LOGNAME",
    "SHELL",
    // how to speak to the person
    "LANG",
    "LANGUAGE",
    "LC_*",
    "TZ",
    // what the terminal can do, and whether colour is wanted
    "TERM",
    "TERMINFO",
    "TERMINFO_DIRS",
    "COLORTERM",
    "NO_COLOR",
    "FORCE_COLOR",
    "CLICOLOR",
    "CLICOLOR_FORCE",
    // the person's keys and screen
    "SSH_AUTH_SOCK",
    "SSH_AGENT_PID",
    "DISPLAY",
    "WAYLAND_DISPLAY",
    "XAUTHORITY",
    // that nobody is there to confirm: an envctl that the program starts must see it, as it must see agents
    active::CI,
];

/// Does every program get the variable `name`?
pub fn is_base(name: &str) -> bool {
    let is = |known: &&str| match known.strip_suffix('*') {
        Some(beginning) => name.starts_with(beginning),
        None => name == *known,
    };
    BASE.iter().any(is) || active::AGENTS.contains(&name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_stands_for_every_end_and_a_name_for_itself() {
        for name in ["PATH", "LC_ALL", "XDG_RUNTIME_DIR", "CI", "CLAUDECODE"] {
            assert!(is_base(name), "{name}");
        }
        for name in ["PATHS", "LC", "path", "LD_PRELOAD", "AWS_PROFILE", "CODEX_HOME", ""] {
            assert!(!is_base(name), "{name}");
        }
    }
}
