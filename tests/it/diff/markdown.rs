//! The comment for a pull request.

use crate::project::Project;

fn project() -> Project {
    Project::new()
        .file("envctl.toml", "[keys.PIPE]\nsecret = false\n")
        .file(
            "envs/dev/.env",
            "LEVEL=debug\nHOST=a-dev.example\nA_TOKEN=canary-a\nPIPE='a|b `c` <b>'\nOLD=1\n",
        )
        .file("envs/prod/.env", "LEVEL=info\nHOST=a.example\nA_TOKEN=canary-b\nPIPE=''\n")
}

#[test]
fn it_is_a_table_in_which_no_value_means_anything() {
    project().run("diff dev prod --format markdown").code(0).never_says("canary").stdout(
        r"### envctl diff: dev → prod

4 different, 1 of them only by name, 1 only in dev, 0 only in prod, 0 same

<details open><summary>4 keys</summary>

`envs/{env}/.env`

| | key | dev | prod | |
|---|---|---|---|---|
| \~ | `A_TOKEN` | `set` | `set` | (secret) |
| \~ | `LEVEL` | `debug` | `info` |  |
| - | `OLD` | `1` | `missing` |  |
| \~ | `PIPE` | `` a\|b `c` <b> `` | `empty` |  |

</details>

<details><summary>1 key only by the environment's name</summary>

- `HOST`

</details>

",
    );
}

#[test]
fn several_comparisons_follow_each_other_and_many_environments_are_columns() {
    let project = project().file("envs/staging/.env", "LEVEL=info\n");
    let run = project.run("diff --format markdown").code(0).never_says("canary");
    run.says("### envctl diff: dev → staging\n").says("### envctl diff: staging → prod\n");
    project
        .run("diff --all --format markdown --key LEVEL")
        .code(0)
        .says("| | key | dev | staging | prod | |\n")
        .says("| \\~ | `LEVEL` | `debug` | `info` | `=` |  |\n");
}

#[test]
fn it_fits_into_a_comment_whatever_there_is_to_tell() {
    let text = |value: &str| (0..3000).map(|n| format!("KEY_{n}={value}{n}\n")).collect::<String>();
    let project = Project::new().file("envs/dev/.env", text("a")).file("envs/prod/.env", text("b"));
    for args in ["diff dev prod", "diff", "diff dev prod --keys"] {
        let run = project.run(&format!("{args} --format markdown")).code(0);
        assert!(run.stdout.len() < 60 << 10 && run.stdout.len() > 50 << 10, "{}", run.stdout.len());
        let told = run.stdout.matches("\n| \\~ |").count();
        run.says(&format!(
            "</details>\n\n\nand {} more: `envctl diff` at a terminal tells all\n",
            3000 - told
        ));
    }
    let long = "x/".repeat(1 << 18);
    let project = Project::new()
        .file("envs/dev/.env", format!("A={long}a\n"))
        .file("envs/prod/.env", format!("A={long}b\n"));
    let run = project.run("diff dev prod --format markdown").code(0);
    assert!(run.stdout.len() < 1000, "{}", run.stdout.len());
}

#[test]
fn what_could_move_below_has_no_comment() {
    project()
        .run("diff --dedupe --format markdown")
        .code(2)
        .stdout("")
        .says("writes text, json, not markdown");
}
