//! Cases of secret-tracked-by-git, not-ignored, file-mode and secret-in-example.

use super::{Case, DEV, MANIFEST, PROD, STAGING, TEST, case};

/// What nobody would make up.
const TOKEN: &str = "API_TOKEN=k3Vb9QxT2mZr\n";
const OTHER: &str = "API_TOKEN=h8Lm2Qz7Wp4x\n";

/// Every file but the manifest is ignored.
const IGNORED: (&str, &str) = (".gitignore", ".env*\n!.env.example\n");

/// The parts of Symfony's and Vite's files that are committed.
const HARMLESS: &str = "APP_NAME=shop\nAPP_SECRET=\nDB_PASSWORD=changeme\nPORT=80\nVITE_PORT=8848\nVITE_PUBLIC_PATH=/\nJWT_PUBLIC_KEY=%kernel.project_dir%/config/jwt/public.pem\nMAIL_PASSWORD=${APP_SECRET}\nOTHER_TOKEN=encrypted:abc\n";

pub const CASES: &[Case] = &[
    // secret-tracked-by-git
    case("secret-tracked-by-git", "an error where production is, a warning elsewhere, once for each file")
        .files(&[(STAGING, TOKEN), (PROD, "PORT=80\nAPI_TOKEN=h8Lm2Qz7Wp4x\nDB_PASSWORD=winter-sunrise\n")])
        .git(&[STAGING, PROD])
        .finds(&[
            "secret-tracked-by-git warning staging - envs/staging/.env:1:11",
            "secret-tracked-by-git error production - envs/production/.env:2:11",
        ]),
    case("secret-tracked-by-git", "a base that lies below production, and what the manifest holds itself")
        .files(&[
            (MANIFEST, "[environments.staging.vars]\nAPI_TOKEN = \"k3Vb9QxT2mZr\"\n[[stack]]\nfiles = [\".env\", \".env.{env}\"]\n"),
            (".env", "DB_PASSWORD=h8Lm2Qz7Wp4x\n"),
            (".env.development", ""),
            (".env.production", ""),
        ])
        .git(&[MANIFEST, ".env", ".env.development", ".env.production"])
        .finds(&[
            "secret-tracked-by-git warning staging - envctl.toml:2:13",
            "same-secret error development,staging,production DB_PASSWORD .env:1:13",
            "secret-tracked-by-git error development,staging,production - .env:1:13",
        ]),
    case("secret-tracked-by-git", "a protected environment of another tier, and one that nobody can place")
        .files(&[
            ("envs/development/env.toml", "protected = true\n"),
            (DEV, TOKEN),
            ("envs/blue/.env", OTHER),
        ])
        .git(&[DEV, "envs/blue/.env"])
        .finds(&[
            "secret-tracked-by-git error development - envs/development/.env:1:11",
            "secret-tracked-by-git error blue - envs/blue/.env:1:11",
        ]),
    case("secret-tracked-by-git", "in the section of an environment, which is none of the others' business")
        .files(&[(
            "config/database.yml",
            "development:\n  password: postgres\nstaging:\n  password: k3Vb9QxT2mZr\nproduction:\n  password: <%= ENV['DB'] %>\n",
        )])
        .git(&["config/database.yml"])
        .finds(&["secret-tracked-by-git warning staging - config/database.yml:4:13"]),
    case("secret-tracked-by-git", "in spite of an ignore rule, and in a file with sections")
        .files(&[
            (".gitignore", "config\n"),
            ("config/database.yml", "development:\n  password: k3Vb9QxT2mZr\nproduction:\n  password: h8Lm2Qz7Wp4x\n"),
        ])
        .git(&["config/database.yml"])
        .finds(&["secret-tracked-by-git error development,production - config/database.yml:2:13"]),
    case("secret-tracked-by-git", "an acceptance for it, also where nothing is tracked")
        .files(&[
            (MANIFEST, "[[accept]]\nrule = \"secret-tracked-by-git\"\nreason = \"made up\"\n[[accept]]\nrule = \"file-mode\"\nreason = \"made up\"\n"),
            (PROD, TOKEN),
        ])
        .git(&[PROD]),
    case("secret-tracked-by-git", "files that are meant to be committed")
        .files(&[(".env", HARMLESS), (".env.development", "VITE_PORT=1\nVITE_PUBLIC_PATH=/\n"), (".env.production", "VITE_PORT=1\nVITE_PUBLIC_PATH=/\n")])
        .git(&[".env", ".env.development", ".env.production"])
        .finds(&["placeholder error production DB_PASSWORD .env:3:13"]),
    case("secret-tracked-by-git", "defaults of a developer's own machine and of tests")
        .files(&[
            (DEV, "DB_PASSWORD=postgres\nDATABASE_URL=postgres://app:k3Vb9Q@localhost:5432/app\nJWT_SECRET=only-for-development\n"),
            (TEST, "API_TOKEN=only-for-tests\nAPP_SECRET=s3cret\n"),
        ])
        .git(&[DEV, TEST]),
    case("secret-tracked-by-git", "names of secrets in values of Helm, and variables of Terraform")
        .files(&[
            ("helm/values-dev.yaml", "auth:\n  existingSecret: app-secret\n  secretKeys:\n    password: db_password\nnamespace_secrets:\n  app-secrets:\n    API_TOKEN: API_TOKEN\n"),
            ("helm/values-prod.yaml", "auth:\n  existingSecret: app-secret\n  secretKeys:\n    password: db_password\nnamespace_secrets:\n  app-secrets:\n    API_TOKEN: API_TOKEN\n"),
        ])
        .git(&["helm/values-dev.yaml", "helm/values-prod.yaml"]),
    case("secret-tracked-by-git", "without the secrets nothing is said of them")
        .files(&[(PROD, TOKEN)])
        .git(&[PROD])
        .args("--phase structure"),
    // not-ignored
    case("not-ignored", "what git would take with the next add")
        .files(&[(DEV, TOKEN), (PROD, OTHER)])
        .git(&[])
        .finds(&[
            "not-ignored warning development - envs/development/.env:1:11",
            "not-ignored error production - envs/production/.env:1:11",
        ]),
    case("not-ignored", "a rule that is taken back, and one for another folder")
        .files(&[
            (".gitignore", "*.env\n!/envs/production/.env\n/staging/.env\n"),
            (DEV, TOKEN),
            (PROD, OTHER),
        ])
        .git(&[".gitignore"])
        .finds(&["not-ignored error production - envs/production/.env:1:11"]),
    case("not-ignored", "ignored by the folder's own file, by the one above, and with the whole folder")
        .files(&[
            IGNORED,
            ("envs/.gitignore", "staging\n"),
            ("envs/production/.gitignore", "*\n"),
            (DEV, TOKEN),
            (STAGING, "API_TOKEN=a8f3k2m9x1q7\n"),
            (PROD, OTHER),
        ])
        .git(&[".gitignore"]),
    case("not-ignored", "no secrets, or no repository").files(&[(PROD, HARMLESS)]).git(&[]).finds(&["placeholder error production DB_PASSWORD envs/production/.env:3:13"]),
    case("not-ignored", "where no repository is").files(&[(PROD, TOKEN)]),
    // file-mode
    case("file-mode", "what others may read, where no repository is")
        .files(&[(DEV, TOKEN), (PROD, OTHER)])
        .mode(0o644)
        .finds(&[
            "file-mode warning development - envs/development/.env:1:11",
            "file-mode error production - envs/production/.env:1:11",
        ]),
    case("file-mode", "what a group may write to, ignored by git")
        .files(&[IGNORED, (STAGING, TOKEN)])
        .git(&[])
        .mode(0o620)
        .finds(&["file-mode warning staging - envs/staging/.env:1:11"]),
    case("file-mode", "files of their owner, be they read-only").files(&[(PROD, TOKEN)]).mode(0o400),
    case("file-mode", "files without secrets").files(&[(PROD, "PORT=80\n"), (DEV, "DB_PASSWORD=postgres\n")]).mode(0o644),
    case("file-mode", "what git tracks is told by another rule")
        .files(&[(PROD, TOKEN)])
        .git(&[PROD])
        .mode(0o644)
        .finds(&["secret-tracked-by-git error production - envs/production/.env:1:11"]),
    // secret-in-example
    case("secret-in-example", "production's own secret, under another name")
        .files(&[
            (".env.example", "# what you need\nTOKEN=k3Vb9QxT2mZr8LpW\n"),
            (PROD, "API_TOKEN=k3Vb9QxT2mZr8LpW\n"),
            (DEV, "API_TOKEN=h8Lm2Qz7Wp4xA1b2\n"),
        ])
        .finds(&["secret-in-example error production TOKEN .env.example:2:7"]),
    case("secret-in-example", "what looks real is a doubt, and a live key is none")
        .files(&[
            (".env.sample", "SECRET_KEY_BASE=918eaada7ce898fd9fa0817847896229\nSTRIPE_SECRET_KEY=sk_live_4eC39HqLyjWDarj\n"),
            (PROD, "PORT=80\n"),
        ])
        .finds(&[
            "secret-in-example warning production SECRET_KEY_BASE .env.sample:1:17",
            "secret-in-example error production STRIPE_SECRET_KEY .env.sample:2:19",
        ]),
    case("secret-in-example", "placeholders, words, test keys, and what documentation shows")
        .files(&[
            (".env.example", "API_TOKEN=your-token\nDB_PASSWORD=postgres\nSTRIPE_SECRET_KEY=sk_test_4eC39HqLyjWDarjtT1zdp7dc\nAWS_SECRET_ACCESS_KEY=wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY\nDATABASE_URL=postgres://user:password@db.internal.acme.io/app\nJWT_SECRET=\nNEXT_PUBLIC_KEY=k3Vb9QxT2mZr8LpW\n"),
            (PROD, "PORT=80\n"),
        ])
        .finds(&["missing-required note production - .env.example:1:1"]),
    case("secret-in-example", "a file for tests is no example")
        .files(&[(TEST, "API_TOKEN=k3Vb9QxT2mZr8LpW\n"), (".env.example", "API_TOKEN=\n")]),
];
