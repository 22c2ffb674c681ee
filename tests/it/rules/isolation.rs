//! Cases of same-secret, distinct, same and self-name-mismatch.

use super::{Case, DEV, MANIFEST, PROD, STAGING, TEST, case};

const TWO: &[(&str, &str)] = &[(DEV, "API_TOKEN=q7Rt2LmX9vBz\n"), (PROD, "A=1\nAPI_TOKEN=q7Rt2LmX9vBz\n")];

const DISTINCT: &str = "[keys.DATABASE]\ndistinct = true\n";
const SAME: &str = "[keys.IMAGE]\nsame = true\n";

const IDENTIFIERS: &str = "AMI_ID=ami-0a1b2c3d4e5f6a7b8\nCERTIFICATE_ARN=arn:aws:acm:eu-west-1:123456789012:certificate/550e8400-e29b-41d4-a716-446655440000\nDB_PASSWORD=arn:aws:secretsmanager:eu-west-1:123456789012:secret:db-AbCdEf\nOIDC_THUMBPRINT=918eaada7ce898fd9fa0817847896229918eaada\nGIT_SHA=918eaada7ce898fd9fa0817847896229918eaadb\nSENTRY_DSN=https://918eaada7ce898fd9fa0817847896229@o1.ingest.sentry.io/42\nAUTH0_CLIENT_ID=0oa1b2c3d4e5f6g7h8i9\nTENANT_ID=550e8400-e29b-41d4-a716-446655440001\nREDIS_PASSWORD=null\nMAIL_PASSWORD=(null)\nAPI_TOKEN=ref+awsssm://app/token\nB_TOKEN=gcpsm://app/token\nSECRETS_BACKEND=aws\nTOKEN_EXP=15\nVITE_FIREBASE_API_KEY=AIzaSyk3Vb9QxT2mZr7Lq5Wp4xk3Vb9QxT2m\n";

const KUBERNETES: &str = "apiVersion: v1\nkind: Secret\nmetadata: {name: db}\ntype: Opaque\n---\napiVersion: external-secrets.io/v1\nkind: ExternalSecret\nmetadata: {name: db}\nspec:\n  secretStoreRef: {name: aws, kind: ClusterSecretStore}\n  data:\n    - {name: a, secretKey: password, remoteKey: db-password}\n---\napiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web-secret}\nspec:\n  env:\n    - {name: DB_PASSWORD, valueFrom: {secretKeyRef: {name: db-credentials, key: password}}}\n  volumes:\n    - {name: tls-secret, secret: {secretName: tls-secret, items: [{key: tls-password, path: p}]}}\n";

const CHART: &str = "auth:\n  existingSecret: db-credentials\n  adminPasswordKey: admin-password\n  secretKey: db-password\n  secretStore: aws-production-store\nexternalSecrets:\n  secretKey: password\n  remoteKey: prod/db\n";

const HOLDS: &str = "apiVersion: v1\nkind: Secret\nmetadata: {name: db}\ntype: Opaque\ndata:\n  blob: azNWYjlReFQybVpyN0xxNQ==\nstringData:\n  password: k3Vb9QxT2mZr\n";

pub const CASES: &[Case] = &[
    case("same-secret", "a switch under the name of a secret, but not a number, and not what is declared secret")
        .files(&[
            (MANIFEST, "[keys.SALT]\nsecret = true\n[keys.LOGIN_PASSWORD]\n[keys.PIN_TOKEN]\n"),
            (DEV, "LOGIN_PASSWORD=true\nPIN_TOKEN=1\nSALT=yes\n"),
            (STAGING, "LOGIN_PASSWORD=true\nPIN_TOKEN=1\nSALT=yes\n"),
        ])
        .finds(&[
            "same-secret warning development,staging PIN_TOKEN envs/staging/.env:2:11",
            "same-secret warning development,staging SALT envs/staging/.env:3:6",
        ]),
    case("same-secret", "references, and the names of keys in a list of what a vault holds, are no secrets")
        .files(&[
            ("values-dev.yaml", "secrets:\n  app:\n    API_TOKEN: API_TOKEN\n    DB_PASSWORD: database_password\nredis_password: ${REDIS_PWD:}\nerb_password: <%= ENV['P'] %>\n"),
            ("values-prod.yaml", "secrets:\n  app:\n    API_TOKEN: API_TOKEN\n    DB_PASSWORD: database_password\nredis_password: ${REDIS_PWD:}\nerb_password: <%= ENV['P'] %>\n"),
        ]),
    case("same-secret", "the default of a reference is a value, and a number is a password")
        .files(&[
            ("values-dev.yaml", "db_password: ${PWD:123456}\nadmin_password: 987654\n"),
            ("values-prod.yaml", "db_password: ${PWD:123456}\nadmin_password: 987654\n"),
        ])
        .finds(&[
            "same-secret error dev,prod db_password values-prod.yaml:1:14",
            "same-secret error dev,prod admin_password values-prod.yaml:2:17",
        ]),
    case("same-secret", "identifiers, public keys, words for nothing, and what is kept elsewhere").files(&[
        (STAGING, IDENTIFIERS),
        (PROD, IDENTIFIERS),
        (MANIFEST, "[rules]\nunknown-key = \"off\"\n"),
    ]),
    case("same-secret", "what looks as random, and the same under a name that says nothing of it")
        .files(&[
            (STAGING, "BLOB=918eaada7ce898fd9fa0817847896229918eaada\nAPP_ID=sk_live_4f9a0c7d2b61\n"),
            (PROD, "BLOB=918eaada7ce898fd9fa0817847896229918eaada\nAPP_ID=sk_live_4f9a0c7d2b61\n"),
        ])
        .finds(&[
            "live-key-outside-production error staging APP_ID envs/staging/.env:2:8",
            "same-secret error staging,production BLOB envs/production/.env:1:6",
            "same-secret error staging,production APP_ID envs/production/.env:2:8",
        ]),
    case("same-secret", "the names that Kubernetes and its charts give to secrets are none").files(&[
        ("k8s/overlays/staging/web.yaml", KUBERNETES),
        ("k8s/overlays/production/web.yaml", KUBERNETES),
        ("values-staging.yaml", CHART),
        ("values-production.yaml", CHART),
    ]),
    case("same-secret", "what a Kubernetes secret holds is one, whatever it is called")
        .files(&[
            ("k8s/overlays/staging/db.yaml", HOLDS),
            ("k8s/overlays/production/db.yaml", HOLDS),
        ])
        .finds(&[
            "same-secret error staging,production [Secret/db].data.blob k8s/overlays/production/db.yaml:6:9",
            "same-secret error staging,production [Secret/db].stringData.password k8s/overlays/production/db.yaml:8:13",
        ]),
    case("same-secret", "two environments share a secret, and production is one of them")
        .files(TWO)
        .finds(&["same-secret error development,production API_TOKEN envs/production/.env:2:11"]),
    case("same-secret", "without production it is a warning")
        .files(&[(DEV, "API_TOKEN=abc\n"), (STAGING, "API_TOKEN=abc\n"), (PROD, "API_TOKEN=def\n")])
        .finds(&["same-secret warning development,staging API_TOKEN envs/staging/.env:1:11"]),
    case("same-secret", "all that share one are one finding")
        .files(&[(DEV, "API_TOKEN=abc\n"), (TEST, "API_TOKEN=abc\n"), (PROD, "API_TOKEN=abc\n")])
        .finds(&["same-secret error development,test,production API_TOKEN envs/production/.env:1:11"]),
    case("same-secret", "the same secret under another key")
        .files(&[
            (STAGING, "STRIPE_SECRET_KEY=q7Rt2LmX9vBz4KpW\n"),
            (PROD, "PAYMENT_API_KEY='q7Rt2LmX9vBz4KpW'\n"),
        ])
        .finds(&["same-secret error staging,production PAYMENT_API_KEY envs/production/.env:1:17"]),
    case("same-secret", "a short word counts under a secret's name")
        .files(&[(DEV, "DB_PASSWORD=postgres\n"), (PROD, "DB_PASSWORD=postgres\n")])
        .finds(&["same-secret error development,production DB_PASSWORD envs/production/.env:1:13"]),
    case("same-secret", "a declared secret counts whatever it looks like")
        .files(&[
            (MANIFEST, "[keys.TENANT]\nsecret = true\n"),
            (DEV, "TENANT=acme\n"),
            (STAGING, "TENANT=acme\n"),
        ])
        .finds(&["same-secret warning development,staging TENANT envs/staging/.env:1:8"]),
    case("same-secret", "a password inside a URL counts, whatever the key")
        .files(&[
            (DEV, "STORE=postgres://app:hunter2@db/app\n"),
            (PROD, "BACKUP=postgres://app:hunter2@db/app\n"),
        ])
        .finds(&["same-secret error development,production BACKUP envs/production/.env:1:8"]),
    case("same-secret", "a secret in a base layer is shared by all that stand on it")
        .files(&[
            (MANIFEST, "[[stack]]\nfiles = [\".env\", \"envs/{env}/.env\"]\n"),
            (".env", "API_TOKEN=abc\n"),
            (DEV, ""),
            (TEST, "API_TOKEN=def\n"),
            (STAGING, ""),
        ])
        .finds(&["same-secret warning development,staging API_TOKEN .env:1:11"]),
    case("same-secret", "a secret that a reference brings is the secret")
        .files(&[(DEV, "API_TOKEN=abc\n"), (PROD, "X=abc\nAPI_TOKEN=${X}\n")])
        .finds(&["same-secret error development,production API_TOKEN envs/production/.env:2:11"]),
    case("same-secret", "a compound name has its token's tier")
        .files(&[(DEV, "API_TOKEN=abc\n"), ("envs/production-fwi/.env", "API_TOKEN=abc\n")])
        .finds(&["same-secret error development,production-fwi API_TOKEN envs/production-fwi/.env:1:11"]),
    case("same-secret", "a name that nobody can place is judged like staging")
        .files(&[(DEV, "API_TOKEN=abc\n"), ("envs/reproduction/.env", "API_TOKEN=abc\n")])
        .finds(&["same-secret warning development,reproduction API_TOKEN envs/reproduction/.env:1:11"]),
    case("same-secret", "a distinct key leaves its value under another key to this rule")
        .files(&[
            (MANIFEST, "[keys.API_TOKEN]\ndistinct = true\n[keys.OTHER_TOKEN]\n"),
            (DEV, "API_TOKEN=abc\n"),
            (PROD, "OTHER_TOKEN=abc\n"),
        ])
        .finds(&["same-secret error development,production OTHER_TOKEN envs/production/.env:1:13"]),
    case("same-secret", "process variables count, each in its own environment")
        .files(&[
            ("envs/staging/env.toml", "process-prefix = \"STG_\"\n"),
            ("envs/production/env.toml", "process-prefix = \"PRD_\"\n"),
        ])
        .vars(&[("STG_API_TOKEN", "abc"), ("PRD_API_TOKEN", "abc")])
        .finds(&["same-secret error staging,production API_TOKEN process environment:-:-"]),
    case("same-secret", "placeholders, nothing, and what is stored elsewhere are no secrets to share")
        .files(&[
            (
                DEV,
                "A_TOKEN=changeme\nB_TOKEN=\nC_TOKEN=<token>\nD_TOKEN=op://vault/item\nE_TOKEN=${GONE:-}\n",
            ),
            (
                TEST,
                "A_TOKEN=changeme\nB_TOKEN=\nC_TOKEN=<token>\nD_TOKEN=op://vault/item\nE_TOKEN=${GONE:-}\n",
            ),
        ])
        .finds(&[
            "placeholder note test A_TOKEN envs/test/.env:1:9",
            "placeholder note test C_TOKEN envs/test/.env:3:9",
        ]),
    case("same-secret", "a short odd word is no secret by its shape alone")
        .files(&[(DEV, "VERSION=a8f3k2m9x1q\n"), (PROD, "VERSION=a8f3k2m9x1q\n")]),
    case("same-secret", "plain values are the same everywhere, and that is fine").files(&[
        (
            DEV,
            "PORT=8080\nREGION=eu-west-1\nURL=https://api.example.com/v1\nDATABASE_URL=postgres://db/app\n",
        ),
        (
            PROD,
            "PORT=8080\nREGION=eu-west-1\nURL=https://api.example.com/v1\nDATABASE_URL=postgres://db/app\n",
        ),
    ]),
    case("same-secret", "the same secret twice in one environment")
        .files(&[(PROD, "A_TOKEN=abc\nB_TOKEN=abc\n"), (DEV, "A_TOKEN=def\n")]),
    case("same-secret", "a key declared the same everywhere, or declared no secret").files(&[
        (MANIFEST, "[keys.A_TOKEN]\nsame = true\n[keys.B_TOKEN]\nsecret = false\n"),
        (DEV, "A_TOKEN=abc\nB_TOKEN=abc\n"),
        (PROD, "A_TOKEN=abc\nB_TOKEN=abc\n"),
    ]),
    case("same-secret", "secrets are not judged with the structure").files(TWO).args("--phase structure"),
    case("same-secret", "environments that take no part may be named")
        .files(&[(DEV, "API_TOKEN=abc\n"), (STAGING, "API_TOKEN=abc\n"), (PROD, "API_TOKEN=def\n")])
        .args("production"),
    // distinct
    case("distinct", "a key that must differ is equal in two environments")
        .files(&[(MANIFEST, DISTINCT), (DEV, "DATABASE=app\n"), (PROD, "DATABASE=app\n")])
        .finds(&["distinct error development,production DATABASE envs/production/.env:1:10"]),
    case("distinct", "each group of equals is one finding, and a secret is told once")
        .files(&[
            (MANIFEST, "[keys.API_TOKEN]\ndistinct = true\n"),
            (DEV, "API_TOKEN=abc\n"),
            (TEST, "API_TOKEN=def\n"),
            (STAGING, "API_TOKEN=abc\n"),
            (PROD, "API_TOKEN=def\n"),
            ("envs/qa/.env", "API_TOKEN=abc\n"),
        ])
        .finds(&[
            "distinct error development,qa,staging API_TOKEN envs/staging/.env:1:11",
            "distinct error test,production API_TOKEN envs/production/.env:1:11",
        ]),
    case("distinct", "a value of a base layer is nobody's own")
        .files(&[
            (
                MANIFEST,
                "[[stack]]\nfiles = [\".env\", \"envs/{env}/.env\"]\n[keys.DATABASE]\ndistinct = true\n",
            ),
            (".env", "DATABASE=app\n"),
            (DEV, ""),
            (PROD, ""),
        ])
        .finds(&["distinct error development,production DATABASE .env:1:10"]),
    case("distinct", "a value in another stack is the same value")
        .files(&[
            (MANIFEST, "[[stack]]\nfiles = [\"{env}.env\"]\n[keys.API_TOKEN]\ndistinct = true\n"),
            ("staging.env", "API_TOKEN=abc\n"),
            (PROD, "API_TOKEN=abc\n"),
        ])
        .finds(&["distinct error staging,production API_TOKEN envs/production/.env:1:11"]),
    case("distinct", "values that differ, one that is empty and one that is missing").files(&[
        (MANIFEST, DISTINCT),
        (DEV, "DATABASE=\n"),
        (TEST, "DATABASE=\n"),
        (STAGING, ""),
        (PROD, "DATABASE=app\n"),
    ]),
    case("distinct", "case and blanks make a difference").files(&[
        (MANIFEST, DISTINCT),
        (DEV, "DATABASE=App\n"),
        (PROD, "DATABASE='app '\n"),
    ]),
    // same
    case("same", "a key that must be equal differs")
        .files(&[(MANIFEST, SAME), (DEV, "IMAGE=a:1\n"), (PROD, "IMAGE=a:2\n")])
        .finds(&["same error development,production IMAGE envs/production/.env:1:7"]),
    case("same", "all that differ from the first take part, so that each can be named")
        .files(&[(MANIFEST, SAME), (DEV, "IMAGE=a:1\n"), (STAGING, "IMAGE=a:2\n"), (PROD, "IMAGE=a:3\n")])
        .args("staging")
        .finds(&["same error development,staging,production IMAGE envs/production/.env:1:7"]),
    case("same", "a value that cannot be known is left out, and hides no difference")
        .files(&[(MANIFEST, SAME), (DEV, "IMAGE=${GONE}\n"), (STAGING, "IMAGE=a:1\n"), (PROD, "IMAGE=a:2\n")])
        .finds(&[
            "undefined-reference error development IMAGE envs/development/.env:1:7",
            "same error staging,production IMAGE envs/production/.env:1:7",
        ]),
    case("same", "empty differs from something")
        .files(&[(MANIFEST, SAME), (DEV, "IMAGE=\n"), (PROD, "IMAGE=a:2\n")])
        .finds(&["same error development,production IMAGE envs/production/.env:1:7"]),
    case("same", "equal values, in whatever spelling, and a missing one")
        .files(&[
            (MANIFEST, SAME),
            (DEV, "IMAGE=a:1\n"),
            (STAGING, ""),
            (PROD, "TAG=1\nIMAGE=\"a:${TAG}\"\n"),
        ])
        .finds(&["unknown-key warning production TAG envs/production/.env:1:1"]),
    case("same", "one environment alone").files(&[(MANIFEST, SAME), (PROD, "IMAGE=a:1\n"), (DEV, "")]),
    case("same", "a secret that must be equal is not judged with the structure")
        .files(&[
            (MANIFEST, "[keys.API_TOKEN]\nsame = true\n"),
            (DEV, "API_TOKEN=abc\n"),
            (PROD, "API_TOKEN=def\n"),
        ])
        .args("--phase structure"),
    // self-name-mismatch
    case("self-name-mismatch", "a build mode that is the same everywhere says how all are built").files(&[
        ("values-dev.yaml", "env: {NODE_ENV: production, APP_ENV: dev}\n"),
        ("values-prod.yaml", "env: {NODE_ENV: production, APP_ENV: prod}\n"),
    ]),
    case("self-name-mismatch", "production that says it is staging, and the other way round")
        .files(&[(STAGING, "APP_ENV=production\n"), (PROD, "APP_ENV=staging\n")])
        .finds(&[
            "self-name-mismatch warning staging APP_ENV envs/staging/.env:1:9",
            "self-name-mismatch error production APP_ENV envs/production/.env:1:9",
        ]),
    case("self-name-mismatch", "every key that names an environment, in any case, also in env.toml")
        .files(&[
            ("envs/production/env.toml", "[vars]\nASPNETCORE_ENVIRONMENT = \"Development\"\n"),
            (PROD, "environment=test\nENV=dev\nSPRING_PROFILES_ACTIVE=uat\nSENTRY_ENVIRONMENT=stage\n"),
        ])
        .finds(&[
            "self-name-mismatch error production environment envs/production/.env:1:13",
            "self-name-mismatch error production ENV envs/production/.env:2:5",
            "self-name-mismatch error production SPRING_PROFILES_ACTIVE envs/production/.env:3:24",
            "self-name-mismatch error production SENTRY_ENVIRONMENT envs/production/.env:4:20",
            "self-name-mismatch error production ASPNETCORE_ENVIRONMENT envs/production/env.toml:2:26",
        ]),
    case("self-name-mismatch", "MIX_ENV=dev in staging, and NODE_ENV=production in development")
        .files(&[(DEV, "NODE_ENV=production\n"), (STAGING, "MIX_ENV=dev\n"), (PROD, "RAILS_ENV=test\n")])
        .finds(&[
            "self-name-mismatch warning development NODE_ENV envs/development/.env:1:10",
            "self-name-mismatch warning staging MIX_ENV envs/staging/.env:1:9",
            "self-name-mismatch error production RAILS_ENV envs/production/.env:1:11",
        ]),
    case(
        "self-name-mismatch",
        "a compound name that says another tier, or another environment of the project",
    )
    .files(&[
        ("envs/prod-eu/.env", "APP_ENV=prod-us\n"),
        ("envs/prod-us/.env", "APP_ENV=staging\n"),
        ("envs/reproduction/.env", "APP_ENV=production\n"),
    ])
    .finds(&[
        "self-name-mismatch warning reproduction APP_ENV envs/reproduction/.env:1:9",
        "self-name-mismatch error prod-eu APP_ENV envs/prod-eu/.env:1:9",
        "self-name-mismatch error prod-us APP_ENV envs/prod-us/.env:1:9",
    ]),
    case("self-name-mismatch", "Spring's base activates development where nobody tells production otherwise")
        .files(&[
            ("application.yml", "spring:\n  profiles:\n    active: dev\n"),
            ("application-dev.yml", "a: 1\n"),
            ("application-test.yml", "a: 1\n"),
            ("application-prod.yml", "a: 1\n"),
        ])
        .finds(&["self-name-mismatch warning prod spring.profiles.active application.yml:3:13"]),
    case("self-name-mismatch", "a build mode of development is wrong in production, even where all have it")
        .files(&[(DEV, "MIX_ENV=dev\n"), (PROD, "MIX_ENV=dev\n")])
        .finds(&["self-name-mismatch error production MIX_ENV envs/production/.env:1:9"]),
    case("self-name-mismatch", "Spring's base activates production itself, or something that is no environment").files(&[
        ("application.yml", "spring:\n  profiles:\n    active: prod\n"),
        ("application-dev.yml", "a: 1\n"),
        ("application-prod.yml", "a: 1\n"),
    ]),
    case("self-name-mismatch", "who works on a machine of their own develops, and tests may run in a mode of development").files(&[
        ("envs/local/.env", "NODE_ENV=development\n"),
        (DEV, "A=1\n"),
        (TEST, "NODE_ENV=development\nSPRING_PROFILES_ACTIVE=dev\n"),
    ]),
    case("self-name-mismatch", "pre-prod is a stage of its own, and says so")
        .files(&[("envs/pre-prod/.env", "APP_ENV=production\nNODE_ENV=production\nENVIRONMENT=preprod\n")])
        .finds(&["self-name-mismatch warning pre-prod APP_ENV envs/pre-prod/.env:1:9"]),
    case("self-name-mismatch", "an alias of another environment, and another spelling of one")
        .files(&[
            ("envs/production/env.toml", "aliases = [\"blue\"]\n"),
            (DEV, ""),
            ("envs/local/.env", "APP_ENV=dev\nENV=blue\n"),
        ])
        .finds(&[
            "self-name-mismatch warning local APP_ENV envs/local/.env:1:9",
            "self-name-mismatch warning local ENV envs/local/.env:2:5",
        ]),
    case(
        "self-name-mismatch",
        "build modes may say production on the way there, and where nobody knows the tier",
    )
    .files(&[
        (TEST, "NODE_ENV=production\n"),
        (STAGING, "NODE_ENV=production\nMIX_ENV=prod\nRAILS_ENV=production\n"),
        ("envs/pen/.env", "NODE_ENV=production\n"),
        (PROD, "NODE_ENV=production\n"),
    ]),
    case("self-name-mismatch", "spellings, aliases, case and compound names that agree").files(&[
        (DEV, "APP_ENV=local\nENV=Dev\n"),
        ("envs/production-fwi/.env", "APP_ENV=prod\nENV=production-fwi\nNODE_ENV=production\n"),
        ("envs/reproduction/.env", "APP_ENV=reproduction\n"),
        ("envs/stg/env.toml", "aliases = [\"blue\"]\n"),
        ("envs/stg/.env", "APP_ENV=staging\nENVIRONMENT=BLUE\n"),
    ]),
    case("self-name-mismatch", "words that name no environment, and keys that do not name one").files(&[(
        PROD,
        "APP_ENV=web\nENV=\nENVIRONMENT=${GONE:-}\nPREVIEW=staging\nENVOY=test\nFALLBACK=staging\n",
    )]),
];
