//! Ten thousand values per shell, hostile and plain: each is read back as it was.

use std::collections::BTreeMap;
use std::fs;
use std::process::{Command, Stdio};

use crate::project::{Project, Run};
use crate::tools::need;

const VALUES: usize = 10_000;
const BATCHES: usize = 4;

/// What values are made of: whatever some shell, file or terminal takes for more than text.
const PIECES: &[&str] = &[
    "'",
    "''",
    "\"",
    "`",
    "$",
    "$(touch x)",
    "${HOME}",
    "$HOME",
    "\\",
    "\\\\",
    "\\'",
    "\\n",
    "\n",
    "\n\n",
    "\r",
    "\r\n",
    "\t",
    " ",
    "  ",
    "#",
    "=",
    "==",
    "!",
    "!!",
    "%",
    "%PATH%",
    "*",
    "?",
    "~",
    "~/",
    "-",
    "--",
    "-n",
    "(",
    ")",
    "{",
    "}",
    "{a,b}",
    "[",
    "]",
    "<",
    ">",
    ">x",
    "<<EOF\nEOF\n",
    "|",
    "||",
    "&",
    "&&",
    ";",
    ";;",
    ":",
    ",",
    ".",
    "/",
    "^",
    "@",
    "+",
    "\u{1}",
    "\u{7}",
    "\u{8}",
    "\u{b}",
    "\u{c}",
    "\u{1b}[31m",
    "\u{1f}",
    "\u{7f}",
    "\u{85}",
    "\u{9b}",
    "é",
    "ß",
    "日本",
    "\u{2018}",
    "\u{2019}",
    "\u{201c}",
    "\u{2028}",
    "\u{202e}",
    "\u{200b}",
    "\u{feff}",
    "\u{e000}",
    "\u{f600}",
    "\u{f6ff}",
    "\u{fdd0}",
    "\u{ffff}",
    "😀",
    "\u{10ffff}",
    "a",
    "b",
    "Z",
    "0",
    "9",
    "true",
    "null",
    "export A=1",
    "EOF",
    "if",
    "end",
];

/// A stream of numbers that is the same in every run (xorshift64).
struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % bound as u64).unwrap()
    }
}

/// Values by key, in batches.
fn batches() -> Vec<BTreeMap<String, String>> {
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15);
    let mut value = || (0..dice.below(9)).map(|_| PIECES[dice.below(PIECES.len())]).collect::<String>();
    let size = VALUES / BATCHES;
    (0..BATCHES).map(|_| (0..size).map(|index| (format!("K{index}"), value())).collect()).collect()
}

/// A project whose `dev` has these variables.
fn project(values: &BTreeMap<String, String>) -> Project {
    let escaped = |text: &str| -> String {
        let plain = |c: char| c == ' ' || c.is_ascii_alphanumeric();
        text.chars()
            .map(|c| if plain(c) { c.to_string() } else { format!("\\U{:08x}", u32::from(c)) })
            .collect()
    };
    let lines: String = values.iter().map(|(key, text)| format!("{key} = \"{}\"\n", escaped(text))).collect();
    Project::new().file("envs/dev/env.toml", format!("[vars]\n{lines}"))
}

/// The variables that a shell passes on, after it read what is exported.
fn passed_on(project: &Project, shell: &str, options: &[&str], format: &str) -> BTreeMap<String, String> {
    let script = project.run(&format!("export dev --format {format}")).code(0).stdout;
    let path = project.outside().join("script");
    fs::write(&path, script + "exec env -0\n").unwrap();
    let mut command = Command::new(shell);
    command.args(options).arg(&path).env_clear().env("PATH", std::env::var_os("PATH").unwrap_or_default());
    command.env("HOME", project.root().join("../home")).current_dir(project.root()).stdin(Stdio::null());
    let run = Run::of(&mut command).code(0).stderr("");
    let pairs = run.stdout.split_terminator('\0').map(|pair| pair.split_once('=').unwrap());
    pairs.map(|(name, text)| (name.to_owned(), text.to_owned())).collect()
}

fn reads_back(shell: &str, options: &[&str], format: &str) {
    for values in batches() {
        let project = project(&values);
        let passed = passed_on(&project, shell, options, format);
        for (key, text) in &values {
            assert_eq!(passed.get(key), Some(text), "{shell}: {key}");
        }
        assert!(!project.root().join("x").exists(), "{shell} ran something");
    }
}

#[test]
fn bash_reads_every_value_back() {
    need!("bash");
    reads_back("bash", &["--norc", "--noprofile"], "sh");
}

#[test]
fn dash_reads_every_value_back() {
    reads_back(if crate::tools::has("dash") { "dash" } else { "sh" }, &[], "sh");
}

#[test]
fn zsh_reads_every_value_back() {
    need!("zsh");
    reads_back("zsh", &["-f"], "sh");
    reads_back("zsh", &["-f", "-o", "rcquotes"], "sh");
}

#[test]
fn fish_reads_every_value_back() {
    need!("fish");
    reads_back("fish", &["--no-config"], "fish");
}

#[test]
fn envctl_reads_every_value_back_from_dotenv_and_json() {
    for values in batches() {
        let project = project(&values);
        let file = project.run("export dev --format dotenv").code(0).stdout;
        let json = Project::new().file("envs/dev/.env", file).run("export dev --format json").code(0);
        let read: BTreeMap<String, String> = serde_json::from_str(&json.stdout).unwrap();
        assert!(read == values, "{:?}", values.iter().find(|(key, text)| read.get(*key) != Some(text)));
    }
}
