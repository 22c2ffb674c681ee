//! Real repositories in temporary folders, made by git itself, and an inspection in a process of its own.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use envctl::model::git::{Git, Status};
use tempfile::TempDir;

/// The test that, run by [`Zoo::inspect`] in a clean environment, does nothing but inspect.
pub const CHILD: &str = "git_zoo::inspects_in_a_process_of_its_own";

/// A temporary folder with a home of its own and a repository `r` in it.
pub struct Zoo {
    pub top: TempDir,
}

impl Zoo {
    /// A repository on branch `main` with the committed files `a` and `d/b`, old enough not to be racy.
    pub fn with_commit() -> Zoo {
        let zoo = Zoo::empty();
        zoo.write("a", "one\n");
        zoo.write("d/b", "two\n");
        zoo.commit();
        zoo
    }

    /// The same, and a project is committed in it.
    pub fn with_project() -> Zoo {
        let zoo = Zoo::empty();
        zoo.write("a", "one\n");
        zoo.write_project();
        zoo.commit();
        zoo
    }

    /// The least that makes a folder a project.
    pub fn write_project(&self) {
        self.write("envctl.toml", "[project]\nname = \"zoo\"\n");
        self.write("envs/development/.env", "A=1\n");
    }

    /// A repository on the unborn branch `main`.
    pub fn empty() -> Zoo {
        let zoo = Zoo::folder();
        zoo.git(&["init", "-q", "-b", "main"]);
        zoo
    }

    /// No repository at all, only the folder for one.
    pub fn folder() -> Zoo {
        let top = tempfile::tempdir().unwrap();
        fs::create_dir_all(top.path().join("r")).unwrap();
        Zoo { top }
    }

    pub fn root(&self) -> PathBuf {
        self.top.path().canonicalize().unwrap().join("r")
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.root().join(name)
    }

    pub fn write(&self, name: &str, text: impl AsRef<[u8]>) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    pub fn remove(&self, name: &str) {
        fs::remove_file(self.path(name)).unwrap();
    }

    /// Commits everything, then dates files and index so that no entry is racy.
    pub fn commit(&self) {
        self.git(&["add", "-A"]);
        self.git(&["commit", "-qm", "c"]);
        self.age();
    }

    /// Makes the index remember the files as older than itself. It is made anew, because git compares whole seconds
    /// and would leave the old times in it.
    fn age(&self) {
        for name in self.git(&["ls-files", "-z"]).split('\0').filter(|name| !name.is_empty()) {
            set_time(&self.path(name), "2020-01-01 00:00:00");
        }
        fs::remove_file(self.path(".git/index")).unwrap();
        self.git(&["reset", "-q"]);
        self.git(&["update-index", "-q", "--refresh"]);
    }

    pub fn git(&self, args: &[&str]) -> String {
        self.git_in("", args)
    }

    pub fn git_in(&self, folder: &str, args: &[&str]) -> String {
        let output = self.run_git(folder, args);
        assert!(output.status.success(), "git {args:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8_lossy(&output.stdout).into_owned()
    }

    pub fn git_may_fail(&self, args: &[&str]) -> bool {
        self.run_git("", args).status.success()
    }

    fn run_git(&self, folder: &str, args: &[&str]) -> Output {
        let mut git = self.clean(Command::new("git"));
        for setting in
            ["user.name=Z", "user.email=z@example.org", "commit.gpgSign=false", "protocol.file.allow=always"]
        {
            git.args(["-c", setting]);
        }
        git.args(args).current_dir(self.path(folder)).output().expect("git runs")
    }

    /// The real binary, ready to run in `folder`.
    pub fn envctl(&self, folder: &Path, args: &[&str]) -> Command {
        let mut command = self.clean(Command::new(env!("CARGO_BIN_EXE_envctl")));
        command.args(args).current_dir(folder).stdin(Stdio::null());
        command
    }

    fn clean(&self, mut command: Command) -> Command {
        command
            .env_clear()
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .env("HOME", self.top.path());
        for (key, value) in
            [("GIT_CONFIG_GLOBAL", "/dev/null"), ("GIT_CONFIG_NOSYSTEM", "1"), ("GIT_OPTIONAL_LOCKS", "0")]
        {
            command.env(key, value);
        }
        command
    }

    /// The command that inspects `start` in a process of its own; its answer is the file `answer`.
    pub fn child(&self, start: &Path, ours: &[&Path]) -> Command {
        let mut child = self.clean(Command::new(std::env::current_exe().unwrap()));
        child
            .args(["--exact", CHILD, "--test-threads=1"])
            .env("ZOO_START", start)
            .env("ZOO_TOP", self.top.path());
        child.env("ZOO_OURS", std::env::join_paths(ours).unwrap());
        child
    }

    pub fn answer(&self) -> Git {
        let text = fs::read_to_string(self.top.path().join("answer")).expect("the child answered");
        let mut fields = text.split('\0').map(|field| field.strip_prefix('+').map(str::to_owned));
        let mut next = || fields.next().flatten();
        let (branch, commit, status, detail) = (next(), next(), next(), next());
        let status = match status.as_deref() {
            Some("clean") => Status::Clean,
            Some("dirty") => Status::Dirty,
            _ => Status::Unknown,
        };
        Git { branch, commit, status, detail }
    }

    pub fn inspect_at(&self, start: &Path, ours: &[&Path]) -> Git {
        let output = self.child(start, ours).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
        self.answer()
    }

    pub fn inspect(&self) -> Git {
        self.inspect_at(&self.root(), &[])
    }

    /// What git itself says, without touching its index.
    pub fn oracle(&self, folder: &str) -> Status {
        if self.git_in(folder, &["status", "--porcelain"]).is_empty() { Status::Clean } else { Status::Dirty }
    }

    /// Inspects, and sees that the status is this one and that git says the same.
    #[track_caller]
    pub fn is(&self, status: Status) -> Git {
        let git = self.inspect();
        assert_eq!(git.status, status, "{git:?}");
        assert_eq!(self.oracle(""), status, "git says otherwise");
        git
    }

    #[track_caller]
    pub fn is_unknown(&self, reason: &str) -> Git {
        let git = self.inspect();
        assert_eq!(git.status, Status::Unknown, "{git:?}");
        assert!(git.detail.as_deref().unwrap_or_default().contains(reason), "{git:?}");
        git
    }
}

/// The child's half of [`Zoo::inspect`].
pub fn answer_if_asked() {
    let Some(start) = std::env::var_os("ZOO_START") else {
        return;
    };
    let ours = std::env::var_os("ZOO_OURS").unwrap_or_default();
    let ours: Vec<_> = std::env::split_paths(&ours).filter(|path| path.is_absolute()).collect();
    let ours: Vec<_> = ours.iter().map(PathBuf::as_path).collect();
    let top = PathBuf::from(std::env::var_os("ZOO_TOP").unwrap());
    let git = envctl::git::inspect(Path::new(&start), Some(&top), &ours);
    let field = |field: Option<String>| field.map_or("-".to_owned(), |text| format!("+{text}"));
    let status = Some(git.status.as_str().to_owned());
    let fields = [git.branch, git.commit, status, git.detail].map(field);
    fs::write(top.join("answer"), fields.join("\0")).unwrap();
}

pub fn set_time(path: &Path, time: &str) {
    let done = Command::new("touch").args(["-h", "-d", time]).arg(path).status().unwrap();
    assert!(done.success());
}
