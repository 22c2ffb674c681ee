//! Cases of parity.

use super::{Case, DEV, MANIFEST, PROD, STAGING, TEST, case};

pub const CASES: &[Case] = &[
    case("parity", "a key that staging has and the others lack is told of those who lack it")
        .files(&[(DEV, "A=1\n"), (STAGING, "A=1\nCDN=on\n"), (PROD, "A=1\n")])
        .finds(&["parity warning development,production CDN envs/staging/.env:2:1"]),
    case("parity", "a map that is missing as a whole is one finding, a key beside others is one of its own")
        .files(&[
            ("values-dev.yaml", "web: {port: 1}\n"),
            ("values-staging.yaml", "web: {port: 1, host: x}\ncache: {a: 1, b: {c: 1, d: 2}}\n"),
            ("values-prod.yaml", "web: {port: 1}\n"),
        ])
        .finds(&[
            "parity warning dev,prod web.host values-staging.yaml:1:16",
            "parity warning dev,prod cache values-staging.yaml:2:9",
        ]),
    case("parity", "a file without counterparts is one finding, whatever is in it")
        .files(&[
            (".env.db.dev", "A=1\n"),
            (".env.db.staging", "A=1\n"),
            (".env.db.prod", "A=1\n"),
            (".env.dev", "B=1\nC=1\n"),
        ])
        .finds(&["parity warning staging,prod - .env.dev:-:-"]),
    case("parity", "several files that the same environments have and lack are one finding")
        .files(&[
            (".env.db.dev", "A=1\n"),
            (".env.db.staging", "A=1\n"),
            (".env.db.prod", "A=1\n"),
            ("deploy/prod.yaml", "a: 1\n"),
            ("deploy/dev.yaml", "a: 1\n"),
            ("k8s/prod/app.yaml", "a: 1\n"),
            ("k8s/dev/app.yaml", "a: 1\n"),
        ])
        .finds(&["parity warning staging - deploy/prod.yaml:-:-"]),
    case("parity", "a file that one of many has is a note")
        .files(&[
            (".env.dev", "A=1\n"),
            (".env.qa", "A=1\n"),
            (".env.uat", "A=1\n"),
            (".env.staging", "A=1\n"),
            (".env.prod", "A=1\n"),
            (".env.jobs.prod", "A=1\n"),
        ])
        .finds(&["parity note dev,qa,staging,uat - .env.jobs.prod:-:-"]),
    case("parity", "services and variables that bear their environment's name are each other's counterparts")
        .files(&[
            ("docker-compose.dev.yml", "services:\n  api-dev:\n    environment: {LOG: debug}\n"),
            ("docker-compose.staging.yml", "services:\n  api-staging:\n    environment: {LOG: info}\n"),
            (
                "docker-compose.prod.yml",
                "services:\n  api:\n    environment: {LOG: info, HARDENED: 'true'}\n",
            ),
        ])
        .finds(&[
            "parity warning dev,staging services.api.environment.HARDENED docker-compose.prod.yml:3:30",
        ]),
    case("parity", "the first of production's databases is the one that others have alone")
        .files(&[(
            "config/database.yml",
            "development:\n  adapter: pg\n  pool: 1\nproduction:\n  primary:\n    adapter: pg\n    pool: 5\n  queue:\n    adapter: pg\n    pool: 2\n",
        )])
        .finds(&["parity warning development queue config/database.yml:9:5"]),
    case("parity", "a plain name and one with the environment's beside it are two keys")
        .files(&[
            (DEV, "REGION=1\n"),
            (STAGING, "REGION=1\nSTAGING_REGION=2\n"),
            (PROD, "PROD_REGION=2\nREGION=1\n"),
        ])
        .finds(&[
            "parity warning development,staging PROD_REGION envs/production/.env:1:1",
            "parity warning development,production STAGING_REGION envs/staging/.env:2:1",
        ]),
    case("parity", "a name that holds its environment's is paired with the plain one, which staging lacks")
        .files(&[
            (DEV, "DATABASE_URL=sqlite:///a\n"),
            (STAGING, "STAGING_DATABASE_URL=sqlite:///b\n"),
            (PROD, "DATABASE_URL=sqlite:///c\nREGION=eu\n"),
        ])
        .finds(&["parity warning development,staging REGION envs/production/.env:2:1"]),
    case("parity", "the keys that one environment has for work are one note")
        .files(&[(DEV, "A=1\nHOT_RELOAD=1\nSEED=1\n"), (STAGING, "A=1\n"), (PROD, "A=1\n")])
        .finds(&["parity note development - envs/development/.env:2:1"]),
    case("parity", "a key of one environment for tests is its own business").files(&[
        (TEST, "A=1\nFIXTURES=1\n"),
        (STAGING, "A=1\n"),
        (PROD, "A=1\n"),
    ]),
    case("parity", "keys that the manifest requires, and keys that somebody provides").files(&[
        (MANIFEST, "[keys.A]\nrequired = [\"staging\"]\n[keys.B]\nprovided-by = \"ci\"\n"),
        (STAGING, "A=1\nB=1\n"),
        (PROD, ""),
    ]),
    case("parity", "bases, lone files and lone worlds").files(&[
        (".env", "A=1\nB=1\n"),
        (".env.staging", "A=2\n"),
        (".env.production", "A=3\nB=2\n"),
        ("docker-compose.test.yml", "services: {web: {image: x}}\n"),
    ]),
    case("parity", "a Terraform module that takes no such variable lacks none").files(&[
        ("envs/dev/terraform.tfvars", "role = \"a\"\nsize = 1\n"),
        ("envs/qa/terraform.tfvars", "role = \"b\"\nsize = 1\n"),
        ("envs/prod/terraform.tfvars", "size = 2\n"),
        ("envs/prod/variables.tf", "variable \"size\" {}\n"),
    ]),
    case("parity", "a Terraform variable with a default may be absent, one without may not")
        .files(&[
            ("variables.tf", "variable \"size\" {}\nvariable \"role\" { default = \"x\" }\nvariable \"zone\" {}\n"),
            ("envs/dev.tfvars", "size = 1\nzone = \"a\"\nrole = \"a\"\n"),
            ("envs/qa.tfvars", "size = 1\nzone = \"a\"\nrole = \"a\"\n"),
            ("envs/prod.tfvars", "size = 2\nzone = \"a\"\n"),
        ]),
    case("parity", "a first word of two that is the environment's is no environment's name: TEST_USER is no USER")
        .files(&[
            (TEST, "TEST_USER=a\nX=1\n"),
            (STAGING, "USER=b\nX=1\n"),
            (PROD, "USER=c\nX=1\n"),
        ])
        .finds(&["parity warning test USER envs/production/.env:1:1"]),
    case("parity", "a map that is missing as a whole is shown where it stands, not where what it merges stands")
        .files(&[(
            "config/database.yml",
            "default: &default\n  adapter: pg\n  pool: 1\ndevelopment:\n  primary:\n    <<: *default\nproduction:\n  primary:\n    <<: *default\n  cache:\n    <<: *default\n    database: x\n",
        )])
        .finds(&["parity warning development cache config/database.yml:12:5"]),
    case("parity", "what somebody provides for an environment as a whole")
        .files(&[(STAGING, "A=1\n"), ("envs/production/env.toml", "provided-by = \"vault\"\n")]),
    case("parity", "what an unreadable file may hold is not missed")
        .files(&[(TEST, "A=1\n"), (STAGING, "A=1\n"), (PROD, "\u{0}")])
        .finds(&["parse-error error production - envs/production/.env:-:-"]),
];
