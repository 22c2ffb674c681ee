//! `context`: the situation as JSON; what is in it, what never is, where it is written, and when it is stale.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use git2::{IndexAddOption, Repository, Signature};
use serde_json::{Value, json};

use crate::project::{Project, Run};

/// The project as a repository in which everything is committed on the branch `development`.
fn committed(project: Project) -> Project {
    fs::remove_dir_all(project.root().join(".git")).unwrap();
    let repo = Repository::init(project.root()).unwrap();
    repo.set_head("refs/heads/development").unwrap();
    commit(&project);
    project
}

/// Commits everything that is not ignored.
fn commit(project: &Project) {
    let repo = Repository::open(project.root()).unwrap();
    let mut index = repo.index().unwrap();
    index.add_all(["*"], IndexAddOption::DEFAULT, None).unwrap();
    index.write().unwrap();
    let tree = repo.find_tree(index.write_tree().unwrap()).unwrap();
    let person = Signature::now("a", "a@example.com").unwrap();
    let parent = repo.head().ok().map(|head| head.peel_to_commit().unwrap());
    repo.commit(Some("HEAD"), &person, &person, "x", &tree, &parent.iter().collect::<Vec<_>>()).unwrap();
}

fn printed(project: &Project, args: &str) -> Value {
    project.run(&format!("{args} context --stdout")).code(0).json()
}

/// The exit code of `--check`, and what is said.
fn check(project: &Project) -> (Option<i32>, String) {
    let run = project.run("context --check");
    assert_eq!(run.stdout, "");
    (run.code, run.stderr)
}

#[test]
fn it_holds_the_whole_situation() {
    let project = committed(Project::shipped());
    let mut json = printed(&project, "--env production");
    let fields = json.as_object_mut().unwrap();
    let timestamp = fields.remove("timestamp").unwrap();
    assert!(timestamp.as_str().unwrap().ends_with('Z'), "{timestamp}");
    let inputs = fields.remove("inputs").unwrap();
    let commit = fields["git"]["commit"].take();
    assert!(commit.as_str().is_some_and(|commit| commit.len() >= 7), "{commit}");
    let target = |key: &str, host: &str| {
        json!({"key": key, "scheme": "https", "host": host, "port": null, "database": null,
            "user_set": false, "password_set": false})
    };
    let (secrets, settings) = ("envs/production/.env", "envs/production/env.toml");
    let secret = |key: &str| json!({"key": key, "state": "set", "secret": true, "defined_in": secrets});
    let plain = |key: &str, file: &str, value: &str| json!({"key": key, "state": "set", "secret": false, "defined_in": file, "value": value});
    let expected = json!({
        "schema_version": 1,
        "generator": concat!("envctl ", env!("CARGO_PKG_VERSION")),
        "project": "telbot",
        "environment": {"current": "production", "tier": "production", "is_production": true, "is_protected": true,
            "source": "option", "debug_mode": false, "safety_mode": false, "expires_at": null, "agents": null},
        "environments": ["development", "staging", "production"],
        "git": {"branch": "development", "commit": null, "status": "clean", "detail": null},
        "terraform": [],
        "feature_flags": {"advanced_analytics": false, "beta_features": false, "new_onboarding": false},
        "targets": [
            target("SUPABASE_URL", "crsgfkbdpnyqbslbxsyu.supabase.co"),
            target("WEBHOOK_URL", "telbot.example.com"),
        ],
        "variables": [
            secret("BOT_TOKEN"),
            plain("LOG_LEVEL", settings, "warning"),
            secret("SUPABASE_KEY"),
            plain("SUPABASE_URL", secrets, "https://crsgfkbdpnyqbslbxsyu.supabase.co"),
            plain("TELBOT_ENVIRONMENT", settings, "production"),
            plain("WEBHOOK_URL", secrets, "https://telbot.example.com/webhook"),
        ],
        "validation": {"errors": 0, "warnings": 0, "rules": []},
        "warnings": [
            {"code": "production", "severity": "warning",
                "message": "you are working in production, which is live: every change reaches its users"},
            {"code": "branch-mismatch", "severity": "warning",
                "message": "the branch development belongs to development, and you are in production"},
        ],
        "policy": [
            {"environment": "development", "needs_person": false},
            {"environment": "staging", "needs_person": false},
            {"environment": "production", "needs_person": true},
        ],
    });
    assert_eq!(json, expected);
    let paths: Vec<_> =
        inputs.as_array().unwrap().iter().map(|input| input["path"].as_str().unwrap()).collect();
    assert_eq!((paths.len(), paths[0]), (7, "envctl.toml"));
    assert!(inputs[0]["size"] == 1641 && inputs[0]["modified"].is_string(), "{inputs}");
}

#[test]
fn it_warns_of_debugging_in_production_and_of_uncommitted_changes() {
    let project =
        committed(Project::shipped()).edit("envs/production/env.toml", "debug = false", "debug = true");
    let json = printed(&project, "--env production");
    let codes: Vec<_> = json["warnings"].as_array().unwrap().iter().map(|one| one["code"].clone()).collect();
    let expected = ["production", "debug-in-production", "uncommitted-changes", "branch-mismatch", "invalid"];
    assert_eq!(codes, expected);
    assert_eq!((&json["git"]["status"], &json["environment"]["debug_mode"]), (&json!("dirty"), &json!(true)));
    assert_eq!(json["validation"], json!({"errors": 1, "warnings": 0, "rules": ["debug-in-production"]}));
}

#[test]
fn outside_git_and_with_nothing_set_it_says_so() {
    let project =
        Project::new().file("envctl.toml", "[keys.A]\n[keys.API_TOKEN]\n").file("envs/dev/.env", "B=\n");
    let json = printed(&project, "");
    let git = json!({"branch": null, "commit": null, "status": "unknown", "detail": "not a git repository"});
    assert_eq!(json["git"], git);
    let variables = json!([
        {"key": "A", "state": "missing", "secret": false, "defined_in": null},
        {"key": "API_TOKEN", "state": "missing", "secret": true, "defined_in": null},
        {"key": "B", "state": "empty", "secret": false, "defined_in": "envs/dev/.env"},
    ]);
    assert_eq!(json["variables"], variables);
    assert_eq!((&json["environment"]["debug_mode"], &json["targets"]), (&json!(null), &json!([])));
}

#[test]
fn no_value_of_an_undeclared_or_secret_key_is_in_it() {
    let manifest = "[keys.PLAIN]\n[keys.DECLARED]\nsecret = true\n[keys.API_TOKEN]\n[keys.SHAPED]\n[keys.DATABASE_URL]\n";
    let values = "PLAIN=shown-1\nUNDECLARED=hidden-1\nDECLARED=hidden-2\nAPI_TOKEN=hidden-3\n\
        SHAPED=ghp_hidden4hidden4hidden4hidden4hidden4\nDATABASE_URL=postgres://hidden-5:hidden-6@db.example.com:5433/bot\n\
        OTHER_URL=https://hidden-7@x.example.com/hidden-8?q=hidden-9\n";
    let project = Project::new().file("envctl.toml", manifest).file("envs/dev/.env", values);
    project.run("context --stdout").code(0).never_says("hidden").says("shown-1");
    let target = &printed(&project, "")["targets"][0];
    let expected = json!({"key": "DATABASE_URL", "scheme": "postgres", "host": "db.example.com", "port": 5433,
        "database": "bot", "user_set": true, "password_set": true});
    assert_eq!(target, &expected);
}

#[test]
fn text_from_files_is_capped() {
    let long = "x".repeat(5000);
    let manifest = format!(
        "[project]\nname = \"{long}\"\n[keys.LONG]\n[keys.{long}]\n[flags.{long}]\ndescription = \"{long}\"\n\
         [environments.prod]\nbranches = [\"*\"]\n"
    );
    let values = format!(
        "LONG={}\n{long}=1\nA_URL=postgres://{long}.example.com/{long}\n",
        "plain words ".repeat(400)
    );
    let project = Project::new().file("envctl.toml", manifest).file("envs/dev/.env", values);
    let project =
        project.dir(".git/objects").dir(".git/refs").file(".git/HEAD", format!("ref: refs/heads/{long}\n"));
    fn longest(json: &Value) -> usize {
        match json {
            Value::String(text) => text.chars().count(),
            Value::Array(all) => all.iter().map(longest).max().unwrap_or(0),
            Value::Object(all) => {
                all.iter().map(|(key, one)| key.chars().count().max(longest(one))).max().unwrap_or(0)
            }
            _ => 0,
        }
    }
    for command in ["context --stdout", "banner --format json"] {
        let run = project.run(&format!("--env dev {command}")).code(0);
        assert!(run.stdout.contains("branch-mismatch"), "{command}");
        let longest = longest(&run.json());
        assert!((200..320).contains(&longest), "{command}: {longest}");
    }
}

#[test]
fn it_is_written_for_its_owner_alone_and_makes_no_tree_dirty() {
    for (manifest, path) in
        [("", ".envctl/context.json"), ("[project]\ncontext = \"notes/AI.json\"\n", "notes/AI.json")]
    {
        let project = Project::new().file("envctl.toml", manifest).file("envs/dev/.env", "A=1\n");
        let project = committed(project.file("notes/README", "x\n"));
        project.run("context").code(0).stdout(&format!("{path}\n")).stderr("");
        let file = project.root().join(path);
        assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
        let written: Value = serde_json::from_slice(&fs::read(&file).unwrap()).unwrap();
        assert_eq!(written["git"]["status"], "clean");
        assert_eq!(printed(&project, "")["git"]["status"], "clean", "after writing {path}");
        assert_eq!(project.run("banner --format json").code(0).json()["git"]["status"], "clean");
        assert_eq!(check(&project), (Some(0), String::new()));
        project.run("context").code(0);
        let names = |dir: &Path| fs::read_dir(dir).unwrap().count();
        assert_eq!(names(file.parent().unwrap()), 2, "only it and its neighbour are there");
        assert_eq!(project.root().join(".envctl").exists(), path.starts_with(".envctl"));
    }
}

#[test]
fn printing_and_checking_write_nothing() {
    let project = Project::shipped();
    project.run("context --stdout").code(0);
    assert_eq!(check(&project).0, Some(1));
    assert!(!project.root().join(".envctl").exists());
    project.run("context --stdout --check").code(2);
    project.run("context --stdout --output x").code(2);
}

#[test]
fn check_says_missing_for_what_is_no_context() {
    let missing = |project: Project| {
        let (code, said) = check(&project);
        assert_eq!(code, Some(1), "{said}");
        assert!(
            said.ends_with(
                "/.envctl/context.json: missing, or no context file; `envctl context` writes it\n"
            ),
            "{said}"
        );
    };
    missing(Project::shipped());
    for text in ["", "{}", "garbage", "[]", "{\"timestamp\": 1}", "null"] {
        missing(Project::shipped().file(".envctl/context.json", text));
    }
    missing(Project::shipped().dir(".envctl/context.json"));
    missing(Project::shipped().link(".envctl/context.json", "/dev/zero"));
}

/// Something that happens in a project.
type Change = fn(&Project);

fn write(project: &Project, path: &str, text: &str) {
    fs::create_dir_all(project.root().join(path).parent().unwrap()).unwrap();
    fs::write(project.root().join(path), text).unwrap();
}

fn touch(project: &Project, path: &str) {
    let file = fs::File::options().append(true).open(project.root().join(path)).unwrap();
    file.set_modified(std::time::SystemTime::now() + std::time::Duration::from_secs(5)).unwrap();
}

#[test]
fn check_says_out_of_date_after_each_kind_of_change() {
    let changes: &[(&str, Change)] = &[
        ("a value", |project| write(project, "envs/development/.env", "LOG_LEVEL=info\n")),
        ("another environment's file", |project| write(project, "envs/staging/.env", "A=1\n")),
        ("the time of a file", |project| touch(project, "envs/development/.env")),
        ("the time of the manifest", |project| touch(project, "envctl.toml")),
        ("a new layer", |project| write(project, "envs/development/.env.local", "")),
        ("a new environment", |project| write(project, "envs/qa/.env", "")),
        ("a file less", |project| fs::remove_file(project.root().join("envs/staging/.env")).unwrap()),
        ("the branch", |project| write(project, ".git/HEAD", "ref: refs/heads/other\n")),
        ("the commit", commit),
        ("the selection", |project| drop(project.run("switch staging").code(0))),
    ];
    for (what, change) in changes {
        let project = committed(Project::shipped());
        project.run("context").code(0);
        assert_eq!(check(&project), (Some(0), String::new()), "before {what}");
        change(&project);
        let (code, said) = check(&project);
        assert!(code == Some(1) && said.contains("context.json: out of date; "), "{what}: {said}");
        project.run("context").code(0);
        assert_eq!(check(&project).0, Some(0), "after {what}");
    }
}

#[test]
fn uncommitted_changes_make_it_no_older() {
    let project = committed(Project::shipped());
    project.run("context").code(0);
    let project = project.file("src/main.py", "x\n");
    assert_eq!(printed(&project, "")["git"]["status"], "dirty");
    assert_eq!(check(&project), (Some(0), String::new()));
}

#[test]
fn the_end_of_a_consent_makes_it_out_of_date() {
    let project = Project::shipped();
    project.run("switch production --confirm production --for 2s").code(0);
    project.run("context").code(0);
    std::thread::sleep(std::time::Duration::from_millis(2100));
    assert_eq!(check(&project).0, Some(1));
}

#[test]
fn a_manifest_cannot_send_it_out_of_the_project_or_over_a_file() {
    let with = |path: &str| {
        Project::new()
            .file("envctl.toml", format!("[project]\ncontext = \"{path}\"\n"))
            .file("envs/dev/.env", "A=1\n")
    };
    let through = "leads through a link, or its folder does not exist";
    let over = "is no context file, and is not overwritten";
    let cases = [
        (with("out/c.json").dir("../out").link("out", "../out"), through),
        (with("in/c.json").dir("real").link("in", "real"), through),
        (with("c.json").file("../c.json", "mine").link("c.json", "../c.json"), through),
        (with("c.json").link("c.json", "nowhere"), through),
        (with("no/c.json"), through),
        (with("envs/dev/.env"), over),
        (with("envctl.toml"), over),
        (with("envs"), "is no regular file, and is not replaced"),
        (with(".git/config"), over),
        (with(".GIT/hooks/c").dir(".GIT/hooks"), over),
        (with("../c.json"), "a path must be relative and stay in the project"),
        (with("/tmp/c.json"), "a path must be relative and stay in the project"),
    ];
    for (project, why) in cases {
        project.run("context").code(2).stdout("").says(why);
        assert!(
            !project.root().join("real/c.json").exists() && !project.root().join("../out/c.json").exists()
        );
        assert!(!project.root().join(".git/config").exists() && !project.root().join("nowhere").exists());
        assert!(fs::read_to_string(project.root().join("envs/dev/.env")).unwrap() == "A=1\n");
    }
}

#[test]
fn output_is_a_file_seen_from_where_envctl_was_told_to_start() {
    let project = Project::shipped().dir("sub").dir("../else where");
    let elsewhere = project.root().join("../else where");
    let run = |args: &[&str]| Run::of(project.command().args(args));
    run(&["context", "--output", "c.json"]).code(0).stdout("c.json\n");
    run(&["-C", "sub", "context", "--output", "c.json"]).code(0);
    assert!(project.root().join("sub/c.json").exists());
    let path = elsewhere.join("c.json");
    run(&["context", "-o", path.to_str().unwrap()]).code(0);
    run(&["context", "--check", "-o", path.to_str().unwrap()]).code(0);
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    assert!(!project.root().join(".envctl").exists());
    run(&["context", "-o", "no/c.json"])
        .code(2)
        .says("no/c.json cannot be written: its folder does not exist");
    let project = project.link("link", "c.json").dir("folder");
    for path in ["link", "folder", "/dev/null"] {
        let said = format!(
            "error: {path} is no regular file, and is not replaced\n  help: name a file, or print it with --stdout\n"
        );
        project.run(&format!("context -o {path}")).code(2).stdout("").stderr(&said);
    }
}

#[test]
fn an_output_replaces_nothing_but_an_older_context() {
    let project = Project::shipped().file("notes.txt", "mine").file(".git/config", "[core]\n");
    for file in ["notes.txt", "envs/production/.env", "envctl.toml", ".git/config", ".git/new"] {
        let before = fs::read(project.root().join(file)).ok();
        project
            .run(&format!("context -o {file}"))
            .code(2)
            .stdout("")
            .says("is no context file, and is not overwritten");
        assert!(fs::read(project.root().join(file)).ok() == before, "{file}");
    }
    project.run("context -o out.json").code(0);
    project.run("context -o out.json").code(0);
}
