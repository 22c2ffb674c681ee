//! A project for one test, and the real binary run in it.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

/// A temporary folder that holds a project. It is its own `$HOME`'s neighbour, so no search leaves it.
pub struct Project {
    temp: TempDir,
    root: PathBuf,
}

/// What a run of the binary gave.
pub struct Run {
    /// Its stdout.
    pub stdout: String,
    /// Its stderr.
    pub stderr: String,
    /// Its exit code; `None` where a signal ended it.
    pub code: Option<i32>,
}

impl Project {
    /// An empty project: a folder with a `.git` folder that stops the search upwards.
    pub fn new() -> Self {
        let temp = tempfile::tempdir().unwrap();
        let root = temp.path().canonicalize().unwrap().join("project");
        fs::create_dir_all(root.join(".git")).unwrap();
        fs::create_dir_all(root.join("../home")).unwrap();
        Self { temp, root }
    }

    /// A copy of the project that ships with envctl.
    pub fn shipped() -> Self {
        let source = Path::new(env!("CARGO_MANIFEST_DIR"));
        let project = Self::new().file("envctl.toml", fs::read(source.join("envctl.toml")).unwrap());
        ["development", "staging", "production"].iter().fold(project, |project, environment| {
            [".env", "env.toml"].iter().fold(project, |project, file| {
                let path = format!("envs/{environment}/{file}");
                let bytes = fs::read(source.join(&path)).unwrap();
                project.file(&path, bytes)
            })
        })
    }

    /// The project with this file in it.
    pub fn file(self, path: &str, content: impl AsRef<[u8]>) -> Self {
        let full = self.root.join(path);
        fs::create_dir_all(full.parent().unwrap()).unwrap();
        fs::write(full, content).unwrap();
        self
    }

    /// The project with this folder in it.
    pub fn dir(self, path: &str) -> Self {
        fs::create_dir_all(self.root.join(path)).unwrap();
        self
    }

    /// The project with a link at `path` that points to `target`.
    pub fn link(self, path: &str, target: impl AsRef<Path>) -> Self {
        let full = self.root.join(path);
        fs::create_dir_all(full.parent().unwrap()).unwrap();
        symlink(target, full).unwrap();
        self
    }

    /// The project with every `from` in a file replaced; there must be one.
    pub fn edit(self, path: &str, from: &str, to: &str) -> Self {
        let text = fs::read_to_string(self.root.join(path)).unwrap();
        assert!(text.contains(from), "{path} does not hold {from:?}");
        self.file(path, text.replace(from, to))
    }

    /// Where the project is.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The folder around the project, for what is outside of it.
    pub fn outside(&self) -> &Path {
        self.temp.path()
    }

    /// The binary, ready to run in the project: no variables but `HOME`, no input.
    pub fn command(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_envctl"));
        command
            .env_clear()
            .env("HOME", self.root.join("../home"))
            .current_dir(&self.root)
            .stdin(Stdio::null());
        command
    }

    /// Runs the binary with arguments split at blanks.
    pub fn run(&self, args: &str) -> Run {
        Run::of(self.command().args(args.split_whitespace()))
    }

    /// Runs the binary with variables.
    pub fn run_with(&self, variables: &[(&str, &str)], args: &str) -> Run {
        Run::of(self.command().envs(variables.iter().copied()).args(args.split_whitespace()))
    }
}

impl Run {
    /// Runs `command` to its end.
    pub fn of(command: &mut Command) -> Self {
        let Output { status, stdout, stderr } = command.output().unwrap();
        let text = |bytes| String::from_utf8(bytes).expect("output is UTF-8");
        Self { stdout: text(stdout), stderr: text(stderr), code: status.code() }
    }

    /// The run, which must have ended with `code`.
    #[track_caller]
    pub fn code(self, code: i32) -> Self {
        assert_eq!(self.code, Some(code), "stdout:\n{}\nstderr:\n{}", self.stdout, self.stderr);
        self
    }

    /// The run, whose stdout must be exactly this.
    #[track_caller]
    pub fn stdout(self, expected: &str) -> Self {
        assert_eq!(self.stdout, expected, "stderr:\n{}", self.stderr);
        self
    }

    /// The run, whose stderr must be exactly this.
    #[track_caller]
    pub fn stderr(self, expected: &str) -> Self {
        assert_eq!(self.stderr, expected, "stdout:\n{}", self.stdout);
        self
    }

    /// The run, whose two streams together must hold `part`.
    #[track_caller]
    pub fn says(self, part: &str) -> Self {
        let both = format!("{}{}", self.stdout, self.stderr);
        assert!(both.contains(part), "{part:?} is not said in:\n{both}");
        self
    }

    /// The run, whose streams must not hold `part`.
    #[track_caller]
    pub fn never_says(self, part: &str) -> Self {
        let both = format!("{}{}", self.stdout, self.stderr);
        assert!(!both.contains(part), "{part:?} is said in:\n{both}");
        self
    }

    /// The product as JSON.
    #[track_caller]
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.stdout).unwrap_or_else(|error| panic!("{error} in:\n{}", self.stdout))
    }

    /// The ids of the rules that `validate --format json` reported, in order.
    #[track_caller]
    pub fn rules(&self) -> Vec<String> {
        let json = self.json();
        let findings = json["findings"].as_array().unwrap();
        findings.iter().map(|finding| finding["rule"].as_str().unwrap().to_owned()).collect()
    }
}
