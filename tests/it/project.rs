//! A project for one test, and the real binary run in it.

use std::fs;
use std::io::{ErrorKind, Read};
use std::os::unix::fs::{MetadataExt, PermissionsExt, lchown, symlink};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use tempfile::TempDir;

/// No command takes longer, on any machine: one that does hangs.
const PATIENCE: Duration = Duration::from_secs(30);

/// A user without rights, for what root may do anyhow.
pub const NOBODY: u32 = 65534;

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

    /// The project with this file in it, which only its owner may open.
    pub fn file(self, path: &str, content: impl AsRef<[u8]>) -> Self {
        let full = self.root.join(path);
        fs::create_dir_all(full.parent().unwrap()).unwrap();
        let is_new = full.symlink_metadata().is_err();
        fs::write(full, content).unwrap();
        if is_new { self.mode(path, 0o600) } else { self }
    }

    /// The project in a repository that tracks these files.
    pub fn tracked(self, paths: &[&str]) -> Self {
        self.tracked_in("", paths)
    }

    /// The project with a repository in this folder, that tracks these files of it.
    pub fn tracked_in(self, folder: &str, paths: &[&str]) -> Self {
        let repository = git2::Repository::init(self.root.join(folder)).unwrap();
        let mut index = repository.index().unwrap();
        paths.iter().for_each(|path| index.add_path(Path::new(path)).unwrap());
        index.write().unwrap();
        self
    }

    /// The project with all of it committed, but for what `.gitignore` names.
    pub fn committed(self) -> Self {
        let repository = git2::Repository::init(&self.root).unwrap();
        let mut index = repository.index().unwrap();
        index.add_all(["*"], git2::IndexAddOption::DEFAULT, None).unwrap();
        index.write().unwrap();
        let tree = repository.find_tree(index.write_tree().unwrap()).unwrap();
        let author = git2::Signature::new("T", "t@example.org", &git2::Time::new(1_700_000_000, 0)).unwrap();
        let parent = repository.head().ok().map(|head| head.peel_to_commit().unwrap());
        let parents: Vec<_> = parent.iter().collect();
        repository.commit(Some("HEAD"), &author, &author, "c", &tree, &parents).unwrap();
        self
    }

    /// The project without this file.
    pub fn without(self, path: &str) -> Self {
        fs::remove_file(self.root.join(path)).unwrap();
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

    /// The project with a named pipe at `path`, which nobody writes to.
    pub fn fifo(self, path: &str) -> Self {
        let full = self.root.join(path);
        fs::create_dir_all(full.parent().unwrap()).unwrap();
        assert!(Command::new("mkfifo").arg(full).status().unwrap().success());
        self
    }

    /// The project with these permissions on a file or folder of it.
    pub fn mode(self, path: &str, mode: u32) -> Self {
        fs::set_permissions(self.root.join(path), fs::Permissions::from_mode(mode)).unwrap();
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

    /// The binary for whoever permissions hold: where the tests run as root, another user, who is given the project, and
    /// a copy of the binary, because the checkout may be closed to others.
    pub fn command_of_a_user(&self) -> Command {
        if fs::metadata(self.temp.path()).unwrap().uid() != 0 {
            return self.command();
        }
        let binary = self.temp.path().join("envctl");
        if !binary.exists() {
            fs::copy(env!("CARGO_BIN_EXE_envctl"), &binary).unwrap();
        }
        fs::set_permissions(self.temp.path(), fs::Permissions::from_mode(0o755)).unwrap();
        give_away(&self.root);
        let mut command = Command::new(binary);
        command.env_clear().env("HOME", self.root.join("../home")).current_dir(&self.root);
        command.stdin(Stdio::null()).uid(NOBODY);
        command
    }

    /// A line for `sh`, in which `"$@"` is the binary with these arguments.
    pub fn shell(&self, script: &str, args: &str) -> Command {
        let mut shell = Command::new("sh");
        shell.env_clear().env("HOME", self.root.join("../home")).current_dir(&self.root).stdin(Stdio::null());
        shell.args(["-c", script, "sh", env!("CARGO_BIN_EXE_envctl")]).args(args.split_whitespace());
        shell
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
        Self::wait(start(command.stdout(Stdio::piped()).stderr(Stdio::piped())))
    }

    /// Waits for a child whose streams may lead elsewhere.
    #[track_caller]
    pub fn wait(mut child: Child) -> Self {
        let streams = (child.stdout.take().map(reader), child.stderr.take().map(reader));
        let status = end_of(&mut child);
        let text = |reader: Option<thread::JoinHandle<Vec<u8>>>| {
            let bytes = reader.map(|reader| reader.join().unwrap()).unwrap_or_default();
            String::from_utf8(bytes).expect("output is UTF-8")
        };
        Self { stdout: text(streams.0), stderr: text(streams.1), code: status.code() }
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

    /// The run, in whose streams nothing may act on a terminal, reorder text or hide in it.
    #[track_caller]
    pub fn shows_all(self) -> Self {
        let hidden =
            |c: char| (c.is_control() && c != '\n') || "\u{202e}\u{200b}\u{2066}\u{feff}".contains(c);
        for stream in [&self.stdout, &self.stderr] {
            assert!(!stream.contains(hidden), "{stream:?}");
        }
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

/// Makes everything in a folder that of a user without rights.
fn give_away(path: &Path) {
    lchown(path, Some(NOBODY), Some(NOBODY)).unwrap();
    if path.symlink_metadata().unwrap().is_dir() {
        fs::read_dir(path).unwrap().for_each(|item| give_away(&item.unwrap().path()));
    }
}

/// Starts a command; a binary that was just copied may still be open for writing in a child of another test.
fn start(command: &mut Command) -> Child {
    loop {
        match command.spawn() {
            Err(error) if error.kind() == ErrorKind::ExecutableFileBusy => {
                thread::sleep(Duration::from_millis(5))
            }
            child => return child.unwrap(),
        }
    }
}

fn reader(mut stream: impl Read + Send + 'static) -> thread::JoinHandle<Vec<u8>> {
    thread::spawn(move || {
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).unwrap();
        bytes
    })
}

#[track_caller]
fn end_of(child: &mut Child) -> ExitStatus {
    let deadline = Instant::now() + PATIENCE;
    loop {
        if let Some(status) = child.try_wait().unwrap() {
            return status;
        }
        if Instant::now() > deadline {
            child.kill().unwrap();
            panic!("envctl hangs");
        }
        thread::sleep(Duration::from_millis(1));
    }
}
