//! No command shows a secret: canaries in every source, healthy and broken, and every command and format run over them.
//!
//! Every secret here holds the word CANARY in some case, and no key, path or message does. The commands and formats come
//! from envctl itself, so that a later one that nobody taught this test to call fails it.

mod scenes;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use crate::project::{Project, Run};
use scenes::{SCENES, Scene, plant};

/// How each command is called, so that it gets to see as much as it can.
const CALLS: &[(&str, &[&str])] = &[
    (
        "validate",
        &[
            "validate",
            "validate production",
            "validate --phase structure",
            "validate --portable",
            "validate --format json=a.json --format github=a.txt --format gitlab=b.json --format sarif=a.sarif",
            "validate --portable --format junit=a.xml --format markdown=a.md --format text=b.txt",
            "validate --rules",
            "validate --write-baseline",
            "validate --baseline --strict --fail-fast",
            "validate --file envs/production/.env --env staging",
            "validate --file envs/production/env.toml --as envs/staging/.env",
        ],
    ),
    (
        "diff",
        &[
            "diff development production",
            "diff staging production --all-keys",
            "diff production production --all-keys --keys",
            "diff",
            "diff --all --all-keys",
            "diff --all --keys --source *",
            "diff --dedupe",
            "diff --fingerprint --all-keys",
            "diff --all --fingerprint",
            "diff --all --fingerprint --format markdown",
            "diff --check",
            "diff --check --all",
            "diff --check development production --keys",
            "diff --format markdown",
            "diff --all --all-keys --format markdown",
            "diff production@HEAD~1 production --all-keys",
            "diff production@HEAD~1 staging@HEAD development --all-keys",
            "diff production@HEAD:envs production",
            "diff --since HEAD~1 --all-keys",
            "diff --since HEAD~1 --all-keys --format markdown",
            "diff --since HEAD~1 --all-keys --fingerprint",
        ],
    ),
    (
        "guard",
        &[
            "guard --not production --require API_TOKEN,MISSING",
            "guard --env production --not production --only test --host x --branch x",
            "guard --env staging --distinct-from production DATABASE_URL",
            "guard --env production --distinct-from staging API_TOKEN --warn",
        ],
    ),
    ("list", &["list", "list -v", "list --env production"]),
    (
        "show",
        &[
            "show production",
            "show --env staging --key *T*",
            "show production API_TOKEN",
            "show production OPAQUE",
            "show production A_LINK",
            "show staging DATABASE_URL",
            "show production DB_PASSWORD --reveal",
            "show production DB_PASSWORD --reveal --confirm production",
        ],
    ),
    ("explain", &["explain placeholder"]),
    (
        "switch",
        &[
            "switch staging --force --reason why",
            "switch production --dry-run",
            "switch production --confirm production --force --reason why",
            "switch production --confirm production --allow-agents --force --reason why",
            "switch -",
        ],
    ),
    (
        // values are its product: a consent that is refused is the last thing before them
        "export",
        &[
            "export --names",
            "export production --names --key *T*",
            "export production --confirm staging",
            "export production --confirm staging --force --reason why --format sh",
            "export production --confirm staging --force --reason why --format fish",
            "export production --confirm staging --force --reason why --format powershell",
            "export production --confirm staging --force --reason why --format nu",
            "export production --confirm staging --force --reason why --format dotenv",
            "export production --confirm staging --force --reason why --format github",
            "export production --confirm staging --force --reason why --format docker",
        ],
    ),
    (
        // values go to the program: here to one that shows none
        "run",
        &[
            "run -v --force --reason why -- true",
            "run -v production --confirm production --force --reason why --inherit-all -- true",
            "run production --confirm staging -- true",
            "run production --confirm production --force --reason why --mask --format text -- printenv",
            "run --all --confirm production --force --reason why --exclusive -- true",
            "run staging --set API_TOKEN=CANARY-set -- true",
            "run staging --set CANARY-no-pair -- true",
        ],
    ),
    ("banner", &["banner", "banner --env production"]),
    ("prompt", &["prompt", "prompt --env staging --template {name}@{branch}"]),
    ("current", &["current"]),
    ("init", &["init --dry-run", "init --force"]),
    ("docs", &["docs", "docs --check", "docs --stdout", "docs a.md"]),
    ("completions", &["completions bash", "completions zsh"]),
    ("hook", &["hook bash", "hook zsh", "hook fish", "hook powershell", "hook nu"]),
    (
        "context",
        &["context", "context --env production", "context --check", "context --stdout --env staging"],
    ),
    ("log", &["log", "log --all", "log -n 1"]),
];

#[test]
fn no_command_shows_or_writes_a_secret() {
    let calls = calls();
    std::thread::scope(|scope| {
        for some in SCENES.chunks(SCENES.len().div_ceil(4)) {
            scope.spawn(|| some.iter().for_each(|scene| check(scene, &calls)));
        }
    });
}

/// The calls of every command that the help lists, each in the formats of every command; what has more of them is called
/// with files.
fn calls() -> Vec<String> {
    let help = Project::new().run("--help").code(0).stdout;
    let (groups, _) = help.split_once("\nOptions:").unwrap();
    let commands: Vec<_> =
        groups.lines().filter_map(|line| line.strip_prefix("  ")?.split(' ').next()).collect();
    assert!(commands.contains(&"validate"), "{help}");
    let known = |name: &str| CALLS.iter().find(|(known, _)| *known == name);
    let (mut calls, usual) = (Vec::new(), formats("list"));
    for name in commands {
        let known = known(name).unwrap_or_else(|| panic!("tell CALLS how to call `{name}`")).1;
        for format in formats(name).iter().filter(|format| !usual.contains(format)) {
            let option = format!(" --format {format}");
            assert!(known.iter().any(|call| call.contains(&option)), "tell CALLS of `{name}{option}`");
        }
        for call in known {
            let written = usual.iter().map(|format| format!("{call} --format {format}"));
            let is_chosen = call.contains(" --format ");
            calls.extend(if is_chosen { vec![(*call).to_owned()] } else { written.collect() });
        }
    }
    calls
}

/// Every format of a command, as the error for one that does not exist lists them.
fn formats(command: &str) -> Vec<String> {
    let error = Project::new().run(&format!("{command} --format nonsense")).code(2).stderr;
    let (_, rest) = error.split_once("[possible values: ").unwrap();
    rest.split_once(']').unwrap().0.split(", ").map(str::to_owned).collect()
}

fn check(scene: &Scene, calls: &[String]) {
    let project = plant(scene);
    let planted = files(project.outside());
    assert!(planted.values().any(|bytes| holds_canary(bytes)), "{}: nothing is planted", scene.name);
    for call in calls {
        let mut command = project.command();
        let Run { stdout, stderr, code } = Run::of(command.args(call.split(' ')).envs(scenes::variables()));
        let what = format!("{}: {call}\nstdout:\n{stdout}\nstderr:\n{stderr}", scene.name);
        let said = stdout + &stderr;
        assert!(!holds_canary(said.as_bytes()), "a secret is shown: {what}");
        assert!(code == Some(0) || (matches!(code, Some(1..=3)) && !said.is_empty()), "{code:?} {what}");
    }
    for (path, bytes) in files(project.outside()) {
        let is_new = planted.get(&path) != Some(&bytes);
        assert!(!(is_new && holds_canary(&bytes)), "{}: a secret is in {}", scene.name, path.display());
    }
}

/// The word, or its beginning, whatever its case, also in UTF-16.
fn holds_canary(bytes: &[u8]) -> bool {
    let letters: Vec<u8> = bytes.iter().filter(|byte| **byte != 0).map(u8::to_ascii_lowercase).collect();
    letters.windows(5).any(|window| window == b"canar")
}

/// Every regular file below `dir`: the project and `$HOME`.
fn files(dir: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(dir).unwrap().map(Result::unwrap) {
        let (path, kind) = (entry.path(), entry.file_type().unwrap());
        if kind.is_dir() {
            found.extend(files(&path));
        } else if kind.is_file() {
            found.insert(path.clone(), fs::read(path).unwrap());
        }
    }
    found
}
