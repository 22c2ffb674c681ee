//! `--format markdown`: a comment in which every name is a piece of text, and that a platform takes.

use super::hostile;
use crate::project::Project;

#[test]
fn a_comment_has_a_verdict_a_table_and_the_findings_by_environment() {
    let project = Project::new()
        .file("envs/development/.env", "API_TOKEN=canary-1\n")
        .file("envs/production/.env", "# x\nAPI_TOKEN=canary-1\n");
    project.run("validate --format markdown").code(1).stderr("").stdout(
        "\
### envctl: not safe

production: 1 error; development: 1 error

| environment | tier | errors | warnings | notes |
|---|---|---:|---:|---:|
| production | production | 1 | 0 | 0 |
| development | development | 1 | 0 | 0 |

<details open><summary>production: 1 error</summary>

- **error** same-secret at `envs/production/.env:2:11`
  <br>`API_TOKEN is the same secret in development and production`
  <br>development: `envs/development/.env:1:11`
  <br>help: `give API_TOKEN a secret of its own in each environment, or accept it with a reason`

</details>
",
    );
}

/// The text with every code span taken out, as CommonMark finds them: from a run of backticks to the next as long.
fn without_code(text: &str) -> String {
    let mut pieces: Vec<String> = Vec::new();
    for c in text.chars() {
        match pieces.last_mut().filter(|piece| piece.ends_with('`') == (c == '`')) {
            Some(piece) => piece.push(c),
            None => pieces.push(c.to_string()),
        }
    }
    let (mut left, mut at) = (String::new(), 0);
    while let Some(piece) = pieces.get(at) {
        if piece.starts_with('`') {
            let end = pieces.iter().skip(at + 1).position(|other| other == piece);
            at += 1 + end.expect("a code span without an end");
        } else {
            left += piece;
        }
        at += 1;
    }
    left
}

#[test]
fn no_name_is_more_than_text() {
    let run = hostile::project().run("validate --format markdown").code(1).shows_all();
    let frame = without_code(&run.stdout);
    for piece in ["fake", "everyone", "secrets", "script", "](", "https", "#1", "&", "]]"] {
        assert!(!frame.contains(piece), "{piece}:\n{frame}");
    }
    assert_eq!(frame.matches("<details").count(), frame.matches("</details>").count());
    assert!(frame.lines().all(|line| !line.starts_with('|') || line.matches('|').count() == 6), "{frame}");
    assert!(run.stdout.contains("@everyone") && run.stdout.contains("${{ secrets.X }}"));
}

#[test]
fn a_comment_is_small_enough_for_a_platform_and_counts_what_it_leaves_out() {
    let text = hostile::crowd(5000).run("validate --format markdown").code(1).stdout;
    assert!(text.len() < 60 << 10, "{}", text.len());
    let items = text.lines().filter(|line| line.starts_with("- **")).count();
    assert!(text.ends_with(&format!("\nand {} more: `envctl validate` tells all\n", 10_000 - items)));
    let long = Project::new().file("envs/production/.env", format!("{}=changeme\n", "K".repeat(200_000)));
    assert!(long.run("validate --format markdown").code(1).stdout.len() < 10_000);
    let many =
        (0..300).fold(Project::new(), |project, n| project.file(&format!("envs/e{n}/.env"), "A=changeme\n"));
    assert!(many.run("validate --format markdown").stdout.len() < 60 << 10);
}
