//! Cases of placeholder, debug-in-production, flag-not-allowed, flag-undeclared and flag-expired.

use super::{Case, DEV, MANIFEST, PROD, STAGING, TEST, case};

const FLAGS: &str = "[flags.beta]\nallowed-in = [\"development\", \"staging\"]\n[flags.everywhere]\n[flags.nowhere]\nallowed-in = []\n";

const CONTAINER: &str = "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec:\n  env:\n    - {name: DEBUG, value: \"true\"}\n    - {name: LOG_LEVEL, value: \"debug\"}\n    - {name: DB_HOST, value: \"localhost\"}\n    - {name: DEBUG_PORT, value: \"9229\"}\n";

const DEBUGGER: &str =
    "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: debug}\ndata:\n  feature: \"true\"\n";

pub const CASES: &[Case] = &[
    case("placeholder", "a value that somebody still has to fill in: an error in production, a doubt on the way")
        .files(&[
            (DEV, "API_TOKEN=changeme\n"),
            (TEST, "API_TOKEN=<your token>\n"),
            (STAGING, "API_TOKEN='{{ token }}'\n"),
            (PROD, "API_TOKEN=\"TODO: ask\"\n"),
        ])
        .finds(&[
            "placeholder note test API_TOKEN envs/test/.env:1:11",
            "placeholder warning staging API_TOKEN envs/staging/.env:1:11",
            "placeholder error production API_TOKEN envs/production/.env:1:11",
        ]),
    case("placeholder", "no matter how secret the key is, and through references")
        .files(&[("envs/prod-eu/.env", "HOST=your-domain.com\nURL=https://${HOST}/\n")])
        .finds(&[
            "placeholder error prod-eu HOST envs/prod-eu/.env:1:6",
            "placeholder error prod-eu URL envs/prod-eu/.env:2:5",
        ]),
    case("placeholder", "in a base layer it is told for those whom it concerns, each as it must be")
        .files(&[
            (MANIFEST, "[[stack]]\nfiles = [\".env\", \"envs/{env}/.env\"]\n"),
            (".env", "HOST=changeme\n"),
            (DEV, ""),
            (TEST, ""),
            (STAGING, ""),
            (PROD, ""),
        ])
        .finds(&[
            "placeholder note test HOST .env:1:6",
            "placeholder warning staging HOST .env:1:6",
            "placeholder error production HOST .env:1:6",
        ]),
    case("placeholder", "in development it may wait")
        .files(&[(DEV, "API_TOKEN=changeme\n"), ("envs/local/.env", "OTHER_TOKEN=changeme\n")]),
    case("placeholder", "in development it may wait, though production shares the file")
        .files(&[
            (MANIFEST, "[[stack]]\nfiles = [\".env\", \"envs/{env}/.env\"]\n"),
            (".env", "HOST=changeme\n"),
            (DEV, ""),
            (PROD, ""),
        ])
        .args("development"),
    case("placeholder", "real values, weak defaults and values of higher layers").files(&[
        (PROD, "A=exchange-me-later\nB=admin\nC=https://todo.example.com\nD=changeme\nE=xx\n"),
        ("envs/production/.env.local", "D=done\n"),
    ]),
    case("placeholder", "a secret as the example file has it, which looks like one")
        .files(&[
            (".env.example", "APP_SECRET=k3Vb9QxT2mZr7Lq5\nREGION=eu-west-1\nADMIN_TOKEN=x9Qp2Lm4Rt7Vw1Zc\n"),
            (".env.dev", "APP_SECRET=k3Vb9QxT2mZr7Lq5\n"),
            (".env.prod", "APP_SECRET=k3Vb9QxT2mZr7Lq5\nREGION=eu-west-1\nADMIN_TOKEN=own5Kd8Jh3Nn6Bv2\n"),
        ])
        .finds(&[
            "secret-in-example error dev,prod APP_SECRET .env.example:1:12",
            "secret-in-example warning dev,prod ADMIN_TOKEN .env.example:3:13",
            "placeholder error prod APP_SECRET .env.prod:1:12",
            "same-secret error dev,prod APP_SECRET .env.prod:1:12",
        ]),
    case("placeholder", "what an example file has of switches, paths and references").files(&[
        (".env.example", "AUTH_PASSWORD=true\nTLS_SECRET=/run/secrets/tls\nA_TOKEN=\nPORT=80\n"),
        (".env.dev", "A_TOKEN=\nPORT=80\n"),
        (".env.prod", "AUTH_PASSWORD=true\nTLS_SECRET=/run/secrets/tls\nA_TOKEN=\nPORT=80\n"),
    ]),
    case("placeholder", "an encrypted value is none, whatever it looks like").files(&[
        ("Pulumi.prod.yaml", "config:\n  app:token:\n    secure: AAABAxxxxxxxxxxxxx\n"),
        ("Pulumi.dev.yaml", "config:\n  app:token:\n    secure: AAABAyyyyyyyyyyyyy\n"),
    ]),
    case("placeholder", "a number behind it, marks around it, a token that is cut off")
        .files(&[(PROD, "A_TOKEN=changeme123\nB_TOKEN=[REDACTED]\nC_TOKEN=sk_live_...\nD_TOKEN=@@X@@\nE_TOKEN='#{X}#'\nF_TOKEN=not-a-real-key\n")])
        .finds(&[
            "placeholder error production A_TOKEN envs/production/.env:1:9",
            "placeholder error production B_TOKEN envs/production/.env:2:9",
            "placeholder error production C_TOKEN envs/production/.env:3:9",
            "placeholder error production D_TOKEN envs/production/.env:4:9",
            "placeholder error production E_TOKEN envs/production/.env:5:9",
            "placeholder error production F_TOKEN envs/production/.env:6:9",
        ]),
    // debug-in-production
    case("debug-in-production", "a switch, a log level, and env.toml")
        .files(&[
            ("envs/production/env.toml", "debug = true\n[vars]\nLOG_LEVEL = \"TRACE\"\n"),
            (PROD, "DEBUG=1\nAPP_DEBUG=On\nlog.level=debug\nlogLevel=verbose\n"),
        ])
        .finds(&[
            "debug-in-production error production DEBUG envs/production/.env:1:7",
            "debug-in-production error production APP_DEBUG envs/production/.env:2:11",
            "debug-in-production error production log.level envs/production/.env:3:11",
            "debug-in-production error production logLevel envs/production/.env:4:10",
            "debug-in-production error production - envs/production/env.toml:1:9",
            "debug-in-production error production LOG_LEVEL envs/production/env.toml:3:13",
        ]),
    case("debug-in-production", "in a compound name, in a declared tier, and in the manifest's own table")
        .files(&[
            (MANIFEST, "[environments.blue]\ntier = \"production\"\ndebug = true\n"),
            ("envs/prod-eu/.env", "DEBUG=true\n"),
        ])
        .finds(&[
            "debug-in-production error blue - envctl.toml:3:9",
            "debug-in-production error prod-eu DEBUG envs/prod-eu/.env:1:7",
        ]),
    case("debug-in-production", "the root of Spring's levels and the default of ASP.NET's, not one package's")
        .files(&[
            ("application-prod.yml", "logging.level.root: debug\nlogging.level.org.acme.pay: debug\n"),
            ("application-dev.yml", "logging.level.root: debug\nlogging.level.org.acme.pay: debug\n"),
        ])
        .finds(&["debug-in-production error prod logging.level.root application-prod.yml:1:21"]),
    case("debug-in-production", "all of npm's debug output, Rust's levels, and a variable in a container's list")
        .files(&[
            (PROD, "DEBUG=*\nRUST_LOG=trace\n"),
            ("k8s/overlays/staging/web.yaml", CONTAINER),
            ("k8s/overlays/production/web.yaml", CONTAINER),
        ])
        .finds(&[
            "debug-in-production error production DEBUG envs/production/.env:1:7",
            "debug-in-production error production RUST_LOG envs/production/.env:2:10",
            "debug-in-production error production [Deployment/web].spec.env[DEBUG].value k8s/overlays/production/web.yaml:6:28",
            "debug-in-production error production [Deployment/web].spec.env[LOG_LEVEL].value k8s/overlays/production/web.yaml:7:32",
            "test-target-in-production error production [Deployment/web].spec.env[DB_HOST].value k8s/overlays/production/web.yaml:8:30",
        ]),
    case("debug-in-production", "the name of a document or of a container is no switch").files(&[
        ("k8s/overlays/staging/web.yaml", DEBUGGER),
        ("k8s/overlays/production/web.yaml", DEBUGGER),
        (PROD, "DEBUG=\nRUST_LOG=info\nDEBUG_FILTER=*\n"),
    ]),
    case("debug-in-production", "debugging is for everybody else").files(&[
        (DEV, "DEBUG=1\n"),
        (TEST, "DEBUG=1\n"),
        (STAGING, "LOG_LEVEL=debug\n"),
        ("envs/reproduction/.env", "DEBUG=1\n"),
        ("envs/staging/env.toml", "debug = true\n"),
    ]),
    case("debug-in-production", "switched off, switched the other way, or another word").files(&[
        ("envs/production/env.toml", "debug = false\n"),
        (PROD, "DEBUG=false\nLOG_LEVEL=info\nDEBUG_PORT=9229\nDEBUGGER=1\nDISABLE_DEBUG=1\nNO_DEBUG=true\nCATALOG_LEVEL=all\nDEBUG_COLOR=debug\n"),
    ]),
    // flag-not-allowed
    case("flag-not-allowed", "a flag is on where it may not be")
        .files(&[
            (MANIFEST, FLAGS),
            (DEV, ""),
            ("envs/development/env.toml", "[flags]\nbeta = true\nnowhere = true\n"),
            ("envs/production/env.toml", "[flags]\neverywhere = true\nbeta = true\n"),
        ])
        .finds(&[
            "flag-not-allowed error development nowhere envs/development/env.toml:3:11",
            "flag-not-allowed error production beta envs/production/env.toml:3:8",
        ])
        .args("development production"),
    case("flag-not-allowed", "a tier is allowed, another name is not, and the manifest's own table counts")
        .files(&[
            (
                MANIFEST,
                "[environments.production.flags]\nbeta = true\n[flags.beta]\nallowed-in = [\"staging\"]\n",
            ),
            ("envs/uat/env.toml", "[flags]\nbeta = true\n"),
            ("envs/reproduction/env.toml", "[flags]\nbeta = true\n"),
        ])
        .finds(&[
            "flag-not-allowed error reproduction beta envs/reproduction/env.toml:2:8",
            "flag-not-allowed error production beta envctl.toml:2:8",
        ]),
    case("flag-not-allowed", "half of the description in the manifest and half in the folder, each in its place")
        .files(&[
            (MANIFEST, "[flags.beta]\nallowed-in = []\n\n[environments.production]\ndebug = true\n"),
            ("envs/production/env.toml", "[flags]\nbeta = true\n"),
        ])
        .finds(&[
            "debug-in-production error production - envctl.toml:5:9",
            "flag-not-allowed error production beta envs/production/env.toml:2:8",
        ]),
    case("flag-not-allowed", "the other way round")
        .files(&[
            (MANIFEST, "[flags.beta]\nallowed-in = []\n\n[environments.production.flags]\nbeta = true\n"),
            ("envs/production/env.toml", "# x\ndebug = true\n"),
        ])
        .finds(&[
            "flag-not-allowed error production beta envctl.toml:5:8",
            "debug-in-production error production - envs/production/env.toml:2:9",
        ]),
    case("flag-not-allowed", "a flag that is off, or on where it may be").files(&[
        (MANIFEST, FLAGS),
        ("envs/development/env.toml", "[flags]\nbeta = true\n"),
        ("envs/staging/env.toml", "[flags]\nbeta = true\neverywhere = true\n"),
        ("envs/production/env.toml", "[flags]\nbeta = false\neverywhere = true\nnowhere = false\n"),
    ]),
    case("flag-not-allowed", "a project that declares no flags is not asked")
        .files(&[("envs/production/env.toml", "[flags]\nbeta = true\n")]),
    // flag-undeclared
    case("flag-undeclared", "a flag that the manifest does not know")
        .files(&[(MANIFEST, FLAGS), (STAGING, ""), ("envs/development/env.toml", "[flags]\nbetta = false\n")])
        .finds(&["flag-undeclared warning development betta envs/development/env.toml:2:9"]),
    case("flag-undeclared", "in two environments it is told twice")
        .files(&[
            (MANIFEST, "[flags.beta]\n"),
            ("envs/development/env.toml", "[flags]\nx = true\n"),
            ("envs/production/env.toml", "[flags]\nbeta = true\nx = true\n"),
        ])
        .finds(&[
            "flag-undeclared warning development x envs/development/env.toml:2:5",
            "flag-undeclared warning production x envs/production/env.toml:3:5",
        ]),
    case("flag-undeclared", "declared flags, used or not")
        .files(&[(MANIFEST, "[flags.beta]\n[flags.unused]\n"), ("envs/production/env.toml", "[flags]\nbeta = true\n")]),
    case("flag-undeclared", "a project that declares no flags may have some")
        .files(&[(MANIFEST, "[keys.A]\n"), ("envs/production/env.toml", "[flags]\nbeta = true\n")]),
    // flag-expired
    case("flag-expired", "a flag whose last day was yesterday, on or off")
        .files(&[
            (MANIFEST, "[flags.beta]\nexpires = {yesterday}\nowner = \"anna\"\n"),
            ("envs/development/env.toml", "[flags]\nbeta = true\n"),
            ("envs/production/env.toml", "[flags]\nbeta = false\n"),
            (STAGING, ""),
        ])
        .finds(&["flag-expired error production beta envctl.toml:1:8"]),
    case("flag-expired", "one of two flags")
        .files(&[
            (MANIFEST, "[flags.new]\nexpires = {tomorrow}\n[flags.old]\nexpires = 2020-01-31\n"),
            ("envs/production/env.toml", "[flags]\nnew = true\nold = true\n"),
        ])
        .finds(&["flag-expired error production old envctl.toml:3:8"]),
    case("flag-expired", "a flag whose last day is today, or to come, or not told").files(&[
        (MANIFEST, "[flags.a]\nexpires = {today}\n[flags.b]\nexpires = {tomorrow}\n[flags.c]\n"),
        ("envs/production/env.toml", "[flags]\na = true\nb = true\nc = true\n"),
    ]),
    case("flag-expired", "a flag that no environment has any more")
        .files(&[(MANIFEST, "[flags.a]\nexpires = {yesterday}\n"), (PROD, "")]),
];
