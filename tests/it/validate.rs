//! `validate`: what it finds, what it says, how it ends.

use crate::project::Project;

#[test]
fn the_shipped_environments_are_clean() {
    Project::shipped().run("validate").code(0).stderr("").stdout(
        "\
development  development  ok  6 keys  envs/development/env.toml envs/development/.env
staging      staging      ok  6 keys  envs/staging/env.toml envs/staging/.env
production   production   ok  6 keys  envs/production/env.toml envs/production/.env
ok: 3 environments, no problems
",
    );
}
