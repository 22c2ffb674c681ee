//! `docs`: the table of environments, its place in a file, and what it never tells.

use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt};

use crate::project::{Project, Run};

const FILE: &str = "docs/ENVIRONMENTS.md";
const MARKERS: &str = "<!-- envctl:begin -->\n<!-- envctl:end -->\n";

fn project() -> Project {
    Project::new()
        .file(
            "envctl.toml",
            "[keys.LEVEL]\n[keys.POOL]\n[keys.A_TOKEN]\n[keys.GONE]\n[keys.GONE_TOKEN]\n[flags.beta]\n",
        )
        .file(
            "envs/dev/env.toml",
            "description = 'Where we work'\nbranches = ['feature/*']\n[about]\npurpose = 'a|b <i> @team'\n[flags]\nbeta = true\n",
        )
        .file("envs/dev/.env", "LEVEL=debug\nPOOL=\nA_TOKEN=canary-a\nPLAIN=not-declared\nHOST=a.example\nAPI_URL=http://${HOST}:80/\n")
        .file(
            "envs/prod/.env",
            "LEVEL=warn\nA_TOKEN=\nB_TOKEN=canary-b\nAPI_URL=https://user:canary@b.example/x\nHOST=b.example\n",
        )
}

fn read(project: &Project, file: &str) -> String {
    fs::read_to_string(project.root().join(file)).unwrap()
}

const TABLE: &str = r"<!-- envctl:begin -->
<!-- Written by `envctl docs`: what is changed here is lost. -->

**Environments**

| | dev | prod |
|---|---|---|
| tier | development | production |
| description | Where we work |  |
| purpose | `a\|b <i> @team` |  |
| branches | `feature/*` |  |

**Targets**

| | dev | prod |
|---|---|---|
| `API_URL` | `a.example:80` | `b.example` |

**Flags**

| | dev | prod |
|---|---|---|
| `beta` | on | off |

**Settings**

| | dev | prod |
|---|---|---|
| `LEVEL` | `debug` | `warn` |
| `POOL` | empty | missing |
| `GONE` | missing | missing |

**Secrets**

| | dev | prod |
|---|---|---|
| `API_URL` | set | set |
| `A_TOKEN` | set | empty |
| `B_TOKEN` | missing | set |
| `GONE_TOKEN` | missing | missing |

<!-- envctl:end -->
";

#[test]
fn the_table_tells_what_is_declared_and_public_and_of_secrets_whether_they_are_set() {
    let project = project();
    project.run("docs --stdout").code(0).stderr("").stdout(TABLE);
    assert!(!project.root().join("docs").exists());
    project.run("docs").code(0).stderr("").stdout("docs/ENVIRONMENTS.md\n");
    assert_eq!(read(&project, FILE), format!("# Environments\n\n{TABLE}"));
    let mode = |path: &str| fs::metadata(project.root().join(path)).unwrap().mode() & 0o777;
    assert_eq!((mode(FILE), mode("docs") & 0o500), (0o644, 0o500));
}

#[test]
fn a_second_run_changes_nothing_and_a_check_says_when_one_would() {
    let project = project();
    project
        .run("docs --check")
        .code(1)
        .stdout("")
        .stderr("docs/ENVIRONMENTS.md: missing; `envctl docs` writes it\n");
    project.run("docs").code(0);
    project.run("docs --check").code(0).stdout("").stderr("");
    let before = read(&project, FILE);
    project.run("docs").code(0);
    assert_eq!(read(&project, FILE), before);
    let project = project.edit("envs/prod/.env", "LEVEL=warn", "LEVEL=info");
    project.run("docs --check").code(1).says("docs/ENVIRONMENTS.md: out of date; `envctl docs` writes it\n");
    project.run("docs").code(0);
    project.run("docs --check").code(0);
}

#[test]
fn what_is_one_machines_own_makes_no_difference() {
    let project = project().file("envs/dev/env.toml", "process-env = ['*']\n");
    project.run("docs").code(0);
    let project = project
        .file("envs/dev/.env.local", "LEVEL=trace\nMORE_TOKEN=canary\nAPI_URL=https://other.example\n");
    project.run_with(&[("LEVEL", "error"), ("X_TOKEN", "canary")], "docs --check").code(0);
}

#[test]
fn what_git_ignores_takes_no_part_since_a_ci_job_does_not_have_it() {
    let project = Project::new()
        .file(".gitignore", ".env\n")
        .file("envctl.toml", "[keys.LEVEL]\n[keys.POOL]\n[keys.A_TOKEN]\n")
        .file("envs/dev/env.toml", "[vars]\nLEVEL = 'debug'\n")
        .file(
            "envs/dev/.env",
            "A_TOKEN=canary-a\nPOOL=3\nLEVEL=canary\nB_TOKEN=canary-b\nA_URL=https://a.example\n",
        )
        .file("envs/qa/.env", "A_TOKEN='canary\n")
        .file("envs/prod/env.toml", "")
        .file("envs/prod/.env", "LEVEL='canary\n")
        .committed();
    let run = project.run("docs --stdout").code(0).never_says("canary");
    let run = run.stderr("left out: qa (git ignores all of its files)\n");
    let said = "| | dev | prod |\n|---|---|---|\n| `LEVEL` | `debug` | not in git |\n| `POOL` | not in git | not in git |\n\n";
    let run = run.says(&("**Settings**\n\n".to_owned() + said + "**Secrets**\n\n"));
    run.says("| `A_TOKEN` | not in git | not in git |\n").never_says("B_TOKEN").never_says("a.example");
    project.run("docs").code(0);
    let elsewhere = ["envs/dev/.env", "envs/qa/.env", "envs/prod/.env"];
    let elsewhere = elsewhere.into_iter().fold(project, Project::without);
    fs::remove_dir(elsewhere.root().join("envs/qa")).unwrap();
    elsewhere.run("docs --check").code(0).stdout("").stderr("");
}

#[test]
fn an_environment_of_which_git_has_no_file_takes_part_where_the_manifest_names_it() {
    let files =
        |project: Project| project.file(".gitignore", ".env*\n").file(".env.prod", "A=1\n").committed();
    files(Project::new()).run("docs").code(2).says("git ignores the files of all environments");
    for manifest in ["[project]\nenvironments = ['prod']\n", "[environments.prod]\n"] {
        let project = files(Project::new().file("envctl.toml", manifest));
        project.run("docs").code(0).stderr("");
        project.without(".env.prod").run("docs --check").code(0).stderr("");
    }
}

#[test]
fn outside_the_markers_every_byte_stays() {
    let crlf = "# Ours\r\n\r\ntext  \r\n<!-- envctl:begin -->\r\nold\r\n<!-- envctl:end -->\r\nmore\n\tz";
    let project = project().file("README.md", crlf).mode("README.md", 0o640);
    project
        .run("docs --check README.md")
        .code(1)
        .says("README.md: out of date; `envctl docs README.md` writes it\n");
    project.run("docs README.md").code(0).stdout("README.md\n");
    let want = format!("# Ours\r\n\r\ntext  \r\n{}more\n\tz", TABLE.replace('\n', "\r\n"));
    assert_eq!(read(&project, "README.md"), want);
    assert_eq!(fs::metadata(project.root().join("README.md")).unwrap().mode() & 0o777, 0o640);
    project.run("docs --check README.md").code(0);
}

#[test]
fn a_file_without_a_place_for_the_table_is_left_alone() {
    for text in [
        "",
        "# Ours\n",
        "<!-- envctl:begin -->\n",
        "<!-- envctl:end -->\n<!-- envctl:begin -->\n",
        "<!-- envctl:begin -->\n<!-- envctl:begin -->\n<!-- envctl:end -->\n",
    ] {
        let project = project().file(FILE, text);
        for args in ["docs", "docs --check"] {
            let run = project.run(args).code(2).stdout("");
            run.says("<!-- envctl:begin -->").says("<!-- envctl:end -->");
        }
        assert_eq!(read(&project, FILE), text);
    }
}

#[test]
fn nothing_is_written_through_a_link_or_over_something_else() {
    let linked = project().file("other.md", MARKERS).link(FILE, "../other.md");
    linked.run("docs").code(2).says("is a link");
    assert_eq!(read(&linked, "other.md"), MARKERS);
    let folder = project().dir("elsewhere").link("docs", "elsewhere");
    folder.run("docs").code(2).says("docs is no real folder");
    assert_eq!(fs::read_dir(folder.root().join("elsewhere")).unwrap().count(), 0);
    project().dir(FILE).run("docs").code(2).says("is no file of ours");
    project().fifo("x.md").run("docs x.md").code(2).says("is no file of ours");
    project().file("x.md", b"\xff").run("docs x.md").code(2).says("is not UTF-8");
    project().run("docs .git/x.md").code(2).says("git's own");
    project().run("docs nowhere/x.md").code(2).says("its folder does not exist");
    project().run("docs --check --stdout").code(2);
    project().run("docs --format json").code(2).says("has no JSON");
    project().file("envs/prod/.env", "A='\n").run("docs").code(2).says("envs/prod/.env:1");
    Project::new().run("docs").code(2).says("there are no environments");
}

#[test]
fn a_folder_that_cannot_be_written_is_said() {
    let project = project().file(FILE, MARKERS);
    let mut user = project.command_of_a_user();
    fs::set_permissions(project.root().join("docs"), fs::Permissions::from_mode(0o555)).unwrap();
    Run::of(user.arg("docs")).code(2).says("docs/ENVIRONMENTS.md cannot be written: permission denied");
    assert_eq!(read(&project, FILE), MARKERS);
}

#[test]
fn hostile_texts_stay_in_their_cells_and_end_no_table() {
    let project = Project::new()
        .file("envctl.toml", "[keys.A]\nsecret = false\n[keys.B]\nsecret = false\n[keys.\"x|`\\u001b\"]\n")
        .file(
            "envs/dev/env.toml",
            "description = \"\"\"\n<!-- envctl:end -->\n# no\n\\u202e\"\"\"\n[about]\n\"a|b\\n\" = 'www.x.example https://x'\nkey = 'sk_live_51CanaryQ7zP2xW9lM4kD8rT'\n[flags]\n\"`f`|\" = true\n",
        )
        .file("envs/dev/.env", "A='a\\|b `` c'\nB=\"<!-- envctl:end -->\n| x |\"\n");
    project.run("docs").code(0);
    project.run("docs --check").code(0);
    let text = read(&project, FILE);
    assert_eq!(text.matches("\n<!-- envctl:end -->").count(), 1, "{text}");
    let columns = |line: &str| line.replace("\\|", "").matches('|').count();
    let rows = text.lines().filter(|line| line.starts_with('|'));
    rows.for_each(|line| assert_eq!(columns(line), 3, "{line}"));
    assert!(!text.contains(['\u{1b}', '\u{202e}']) && !text.contains("sk_live"), "{text}");
    assert!(text.lines().all(|line| line.is_empty() || line.starts_with(['|', '<', '*', '#'])), "{text}");
    project.run("docs --stdout").code(0).shows_all();
}
