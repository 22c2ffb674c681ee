//! Rows under the comment headings of their files.

use crate::project::Project;

fn project() -> Project {
    let file = |name: &str, level: &str| {
        format!(
            "TOP={name}-1\n\n# --- Database ---\nB_HOST=db-{level}\nB_PORT=1{level}\n# A_TOKEN=canary-a\n# --- Canary9zQ7mXw2 ---\n\n# --- Application ---\nA_LEVEL={level}\nA_TOKEN=canary-{name}\n"
        )
    };
    Project::new()
        .file("envs/dev/.env", file("dev", "1"))
        .file("envs/staging/.env", file("staging", "2"))
        .file("envs/prod/.env", format!("# --- Database ---\nB_NEW=1\n{}", file("prod", "2")))
}

#[test]
fn rows_stand_under_the_headings_of_the_file_in_its_order() {
    project().run("diff dev prod").code(0).never_says("anary").stdout(
        "\
envs/{env}/.env
  Database
  ~  B_HOST   different     db-1 → db-2
  +  B_NEW    only in prod  1
  ~  B_PORT   different     11 → 12
  Application
  ~  A_LEVEL  different     1 → 2
  ~  A_TOKEN  different     set → set  (secret)

1 more differs only by the environment's name (TOP); --all-keys lists it
5 different, 1 of them only by name, 0 only in dev, 1 only in prod, 0 same
",
    );
}

#[test]
fn so_they_do_in_the_matrix_and_those_under_none_come_first() {
    project().run("diff --all --all-keys").code(0).never_says("anary").stdout(
        "\
envs/{env}/.env
              dev      staging  prod
  ≈  TOP      dev-1    ≈        ≈
  Database
  ~  B_HOST   db-1     db-2     =
  -  B_NEW    missing  missing  1
  ~  B_PORT   11       12       =
  Application
  ~  A_LEVEL  1        2        =
  ~  A_TOKEN  set (1)  set (2)  set (3)  (secret)

= as to the left, ≈ as to the left but for the environment's name
5 different, 1 of them only by name, 1 missing somewhere, 0 identical in 3 environments
",
    );
}
