//! Cases of the words of the manifest that are about more than one value: conditions, groups, order, age.

use super::{Case, DEV, ENGINE, MANIFEST, PROD, STAGING, TEST, case};

const IF_PROVISIONED: &str =
    "[keys.MODE]\n[keys.CAPACITY]\nrequired-if = { MODE = \"PROVISIONED\" }\nexample = 5\n";
const PAYMENT: &str = "[[group]]\nexactly-one = [\"STRIPE_KEY\", \"PAYPAL_KEY\"]\n";
const ONLY_DEV: &str = "[keys.SEED]\nonly-in = [\"development\"]\n";
const OLD: &str = "[keys.OLD]\ndeprecated = \"use NEW\"\n[keys.NEW]\n";
const MEMORY: &str = "[keys.MEMORY]\nmonotonic = true\n";
const AGED: &str = "[keys.API_TOKEN]\nmax-age = \"1d\"\n";
const OWN_IN_PRODUCTION: &str = "[keys.API_TOKEN]\ndistinct = [\"production\"]\n";
const ALIKE: &str = "[keys.IMAGE]\nsame = [\"staging\", \"production\"]\n";

pub const CASES: &[Case] = &[
    // required-if
    case("missing-required", "a condition holds in one environment, and not in the other")
        .files(&[(MANIFEST, IF_PROVISIONED), (DEV, "MODE=PAY_PER_REQUEST\n"), (PROD, "MODE=PROVISIONED\n")])
        .finds(&["missing-required error production CAPACITY envctl.toml:2:7"]),
    case("missing-required", "any of several values, a truth in any spelling, and a reference that leads to it")
        .files(&[
            (MANIFEST, "[keys.MODE]\n[keys.TLS]\n[keys.CERT]\nrequired-if = { MODE = [\"a\", \"b\"], TLS = true }\n"),
            (DEV, "MODE=c\nTLS=1\n"),
            (STAGING, "MODE=b\nTLS=off\n"),
            (PROD, "TLS=Yes\nMODE=\"${TLS}\"\nMODE=b\n"),
        ])
        .finds(&[
            "missing-required error production CERT envctl.toml:3:7",
            "duplicate-key warning production MODE envs/production/.env:3:1",
        ]),
    case("missing-required", "a condition on a setting, for a setting")
        .files(&[
            (MANIFEST, "[keys.\"envs/{env}/db.tfvars::size\"]\nrequired-if = { \"envs/{env}/db.tfvars::mode\" = \"PROVISIONED\" }\n"),
            ("envs/dev/db.tfvars", "mode = \"PAY\"\n"),
            ("envs/prod/db.tfvars", "mode = \"PROVISIONED\"\n"),
        ])
        .finds(&["missing-required error prod envs/{env}/db.tfvars::size envctl.toml:1:7"]),
    case("missing-required", "an override beats a condition, and a list of environments is asked besides")
        .files(&[
            (MANIFEST, "[keys.MODE]\n[keys.A]\nrequired = [\"staging\"]\nrequired-if = { MODE = \"x\" }\n[keys.A.in.development]\nrequired = false\n"),
            (DEV, "MODE=x\n"),
            (STAGING, "MODE=y\n"),
            (PROD, "MODE=x\nA=1\n"),
        ])
        .finds(&["missing-required error staging A envctl.toml:2:7"]),
    case("missing-required", "the value of a condition that is a secret is not looked at with the structure")
        .files(&[
            (MANIFEST, "[keys.MODE]\nsecret = true\n[keys.CAPACITY]\nrequired-if = { MODE = \"x\" }\n"),
            (PROD, "MODE=x\n"),
        ])
        .args("--phase structure"),
    case("missing-required", "a condition that does not hold, or whose key is missing").files(&[
        (MANIFEST, IF_PROVISIONED),
        (DEV, "MODE=\n"),
        (STAGING, ""),
        (PROD, "MODE=provisioned\n"),
    ]),
    case("empty-required", "a condition holds, and the key is empty")
        .files(&[(MANIFEST, IF_PROVISIONED), (PROD, "MODE=PROVISIONED\nCAPACITY=\n"), (DEV, "CAPACITY=\n")])
        .finds(&["empty-required error production CAPACITY envs/production/.env:2:10"]),
    case("unknown-key", "a condition on a key that nobody has never holds")
        .files(&[
            (MANIFEST, "[keys.MODE]\n[keys.CAPACITY]\nrequired-if = { MOED = \"x\" }\n"),
            (DEV, "MODE=x\n"),
            (PROD, "MODE=x\n"),
        ])
        .finds(&["unknown-key warning development,production MOED envctl.toml:3:17"]),
    case("unknown-key", "what a condition or a group names is known")
        .files(&[
            (MANIFEST, "[keys.A]\nrequired-if = { MODE = \"x\" }\n[[group]]\nat-least-one = [\"B\", \"C\"]\n"),
            (PROD, "MODE=y\nB=1\n"),
        ]),
    // unmet-group
    case("unmet-group", "none of the keys of which one must be set")
        .files(&[(MANIFEST, PAYMENT), (DEV, "STRIPE_KEY=a\n"), (PROD, "PAYPAL_KEY=\n")])
        .finds(&["unmet-group error production STRIPE_KEY envctl.toml:1:1"]),
    case("unmet-group", "two of the keys of which one may be set")
        .files(&[(MANIFEST, PAYMENT), (DEV, "STRIPE_KEY=a\n"), (PROD, "PAYPAL_KEY=b\nSTRIPE_KEY=c\n")])
        .finds(&["unmet-group error production PAYPAL_KEY envs/production/.env:1:12"]),
    case("unmet-group", "a half of what belongs together, and none where one or more are wanted")
        .files(&[
            (MANIFEST, "[[group]]\nall-or-none = [\"SMTP_HOST\", \"SMTP_USER\"]\n[[group]]\nat-least-one = [\"A\", \"B\"]\nin = [\"production\"]\n"),
            (DEV, "SMTP_USER=x\n"),
            (PROD, "SMTP_USER=x\nSMTP_HOST=h\n"),
        ])
        .finds(&[
            "unmet-group error development SMTP_HOST envs/development/.env:1:1",
            "unmet-group error production A envctl.toml:3:1",
        ]),
    case("unmet-group", "one of one, both or none of two, several of one or more")
        .files(&[
            (MANIFEST, "[[group]]\nexactly-one = [\"A\", \"B\"]\n[[group]]\nall-or-none = [\"C\", \"D\"]\n[[group]]\nat-least-one = [\"E\", \"F\"]\n"),
            (DEV, "A=1\nB=\nE=1\nF=1\n"),
            (PROD, "B=1\nC=1\nD=1\nF=1\n"),
        ]),
    case("unmet-group", "what somebody provides, what an unreadable file may hold, and who is not asked")
        .files(&[
            (MANIFEST, "[[group]]\nexactly-one = [\"A\", \"B\"]\nin = [\"staging\", \"production\"]\n[keys.B]\nprovided-by = \"ci\"\n"),
            (DEV, ""),
            (STAGING, "\u{0}"),
            (PROD, ""),
        ])
        .finds(&["parse-error error staging - envs/staging/.env:-:-"]),
    case("unmet-group", "secrets are elsewhere where the structure is judged")
        .files(&[(MANIFEST, "[[group]]\nexactly-one = [\"A_TOKEN\", \"B_TOKEN\"]\n"), (PROD, ""), (DEV, "")])
        .args("--phase structure"),
    case("unmet-group", "what CI provides is missed when the environment is named")
        .files(&[
            (MANIFEST, "[[group]]\nexactly-one = [\"A\", \"B\"]\n[environments.production]\nprovided-by = \"ci\"\n"),
            (DEV, ""),
            (PROD, ""),
        ])
        .args("production")
        .finds(&["unmet-group error production A envctl.toml:1:1"]),
    // only-in
    case("only-in", "a key outside the environments that may have it")
        .files(&[(MANIFEST, ONLY_DEV), (DEV, "SEED=1\n"), (STAGING, "SEED=1\n"), (PROD, "")])
        .finds(&["only-in error staging SEED envs/staging/.env:1:1"]),
    case("only-in", "a file of all environments gives it to all of them")
        .files(&[
            (MANIFEST, "[[stack]]\nfiles = [\".env\", \"envs/{env}/.env\"]\n[keys.SEED]\nonly-in = [\"development\", \"test\"]\n"),
            (".env", "SEED=1\n"),
            (DEV, ""),
            (STAGING, ""),
            (PROD, ""),
        ])
        .finds(&["only-in error staging,production SEED .env:1:1"]),
    case("only-in", "a tier, and a value that is emptied where it may not be").files(&[
        (MANIFEST, ONLY_DEV),
        ("envs/local/.env", "SEED=1\n"),
        (PROD, "SEED=\n"),
    ]),
    case("only-in", "a key of the same name in another stack is meant by its identity alone").files(&[
        (MANIFEST, "[keys.\"values-{env}.yaml::seed\"]\nonly-in = [\"dev\"]\n"),
        ("values-dev.yaml", "seed: 1\n"),
        ("values-prod.yaml", "other: {seed: 1}\n"),
    ]),
    // deprecated-key
    case("deprecated-key", "a key that is set in two environments")
        .files(&[(MANIFEST, OLD), (DEV, "OLD=1\n"), (PROD, "NEW=1\nOLD=\n")])
        .finds(&[
            "deprecated-key warning development OLD envs/development/.env:1:1",
            "deprecated-key warning production OLD envs/production/.env:2:1",
        ]),
    case("deprecated-key", "one line for all environments")
        .files(&[
            (MANIFEST, "[[stack]]\nfiles = [\".env\", \"envs/{env}/.env\"]\n[keys.OLD]\ndeprecated = true\n"),
            (".env", "OLD=1\n"),
            (DEV, ""),
            (PROD, ""),
        ])
        .finds(&["deprecated-key warning development,production OLD .env:1:1"]),
    case("deprecated-key", "the key that took its place").files(&[(MANIFEST, OLD), (DEV, "NEW=1\n"), (PROD, "NEW=1\n")]),
    case("deprecated-key", "a key that is not deprecated after all")
        .files(&[(MANIFEST, "[keys.OLD]\ndeprecated = false\n"), (PROD, "OLD=1\n")]),
    // monotonic
    case("monotonic", "production is smaller than staging, and staging than nobody")
        .files(&[(MANIFEST, MEMORY), (DEV, "MEMORY=512\n"), (STAGING, "MEMORY=1024\n"), (PROD, "MEMORY=512\n")])
        .finds(&["monotonic warning staging,production MEMORY envs/production/.env:1:8"]),
    case("monotonic", "units, and the furthest of several before it")
        .files(&[
            (MANIFEST, MEMORY),
            (DEV, "MEMORY=512Mi\n"),
            ("envs/local/.env", "MEMORY=2Gi\n"),
            (TEST, "MEMORY=1024Mi\n"),
            (PROD, "MEMORY=4Gi\n"),
        ])
        .finds(&["monotonic warning local,test MEMORY envs/test/.env:1:8"]),
    case("monotonic", "a value that cannot be read hides none of those after it")
        .files(&[(MANIFEST, MEMORY), (DEV, "MEMORY=auto\n"), (STAGING, "MEMORY=1024\n"), (PROD, "MEMORY=512\n")])
        .finds(&[
            "monotonic note development,staging MEMORY envs/staging/.env:1:8",
            "monotonic warning staging,production MEMORY envs/production/.env:1:8",
        ]),
    case("monotonic", "what must shrink grows")
        .files(&[(MANIFEST, "[keys.TTL]\nmonotonic = \"falling\"\n"), (DEV, "TTL=30s\n"), (PROD, "TTL=1m\n")])
        .finds(&["monotonic warning development,production TTL envs/production/.env:1:5"]),
    case("monotonic", "what cannot be compared is said, and no more than a note")
        .files(&[(MANIFEST, MEMORY), (DEV, "MEMORY=512\n"), (PROD, "MEMORY=large\n")])
        .finds(&["monotonic note development,production MEMORY envs/production/.env:1:8"]),
    case("monotonic", "settings of a structured file, one stack by itself")
        .files(&[
            (MANIFEST, "[keys.\"values-{env}.yaml::replicas\"]\nmonotonic = true\n"),
            ("values-dev.yaml", "replicas: 3\n"),
            ("values-prod.yaml", "replicas: 2\n"),
            ("jobs/values-dev.yaml", "replicas: 3\n"),
            ("jobs/values-prod.yaml", "replicas: 2\n"),
        ])
        .finds(&["monotonic warning dev,prod replicas values-prod.yaml:1:11"]),
    case("monotonic", "equal and greater ones, one tier beside itself, one that is missing, one that nobody can place")
        .files(&[
            (MANIFEST, MEMORY),
            (DEV, "MEMORY=1Gi\n"),
            ("envs/local/.env", "MEMORY=512Mi\n"),
            (TEST, ""),
            (STAGING, "MEMORY=1024Mi\n"),
            ("envs/pen/.env", "MEMORY=1\n"),
            (PROD, "MEMORY=1025Mi\n"),
        ]),
    case("monotonic", "what falls, and a word that asks for nothing").files(&[
        (MANIFEST, "[keys.RATE]\nmonotonic = \"falling\"\n[keys.X]\nmonotonic = false\n"),
        (DEV, "RATE=100%\nX=2\n"),
        (PROD, "RATE=10%\nX=1\n"),
    ]),
    // rotation-due
    case("rotation-due", "a value that is too old by the manifest, in production as elsewhere")
        .files(&[
            (MANIFEST, "[keys.API_TOKEN]\nmax-age = \"90d\"\nrotated = 2020-01-31\n[keys.API_TOKEN.in.development]\nrotated = {today}\n"),
            (DEV, "API_TOKEN=a1\n"),
            (STAGING, "API_TOKEN=b2\n"),
            (PROD, "API_TOKEN=c3\n"),
        ])
        .finds(&[
            "rotation-due warning staging API_TOKEN envs/staging/.env:1:1",
            "rotation-due warning production API_TOKEN envs/production/.env:1:1",
        ]),
    case("rotation-due", "a comment above the value, in a dotenv file and in env.toml")
        .files(&[
            (MANIFEST, AGED),
            (PROD, "A=1\n# rotated: 2020-01-31 by the platform team\n# ask them\nAPI_TOKEN=c3\n"),
            ("envs/development/env.toml", "[vars]\n# Rotated: 2020-01-31\nAPI_TOKEN = \"d4\"\n"),
        ])
        .finds(&[
            "rotation-due warning development API_TOKEN envs/development/env.toml:3:1",
            "unknown-key warning production A envs/production/.env:1:1",
            "rotation-due warning production API_TOKEN envs/production/.env:4:1",
        ]),
    case("rotation-due", "what somebody provides, by the manifest")
        .files(&[
            (MANIFEST, "[keys.API_TOKEN]\nprovided-by = \"vault\"\nmax-age = \"2w\"\nrotated = 2020-01-31\n"),
            (PROD, ""),
        ])
        .finds(&["rotation-due warning production API_TOKEN envctl.toml:1:7"]),
    case("rotation-due", "a day that is to come")
        .files(&[(MANIFEST, "[keys.API_TOKEN]\nmax-age = \"90d\"\nrotated = {tomorrow}\n"), (PROD, "API_TOKEN=a1\n")])
        .finds(&["rotation-due warning production API_TOKEN envs/production/.env:1:1"]),
    case("rotation-due", "nobody says when")
        .files(&[(MANIFEST, AGED), (PROD, "# rotated: last week\nAPI_TOKEN=a1\n")])
        .finds(&["rotation-due note production API_TOKEN envs/production/.env:2:1"]),
    case("rotation-due", "a value on its last day, and one that was replaced since the manifest was written").files(&[
        (MANIFEST, "[keys.API_TOKEN]\nmax-age = \"1d\"\nrotated = 2020-01-31\n[keys.OTHER_TOKEN]\nmax-age = \"1d\"\nrotated = {yesterday}\n"),
        (PROD, "# rotated: {today}\nAPI_TOKEN=a1\nOTHER_TOKEN=b2\n"),
    ]),
    case("rotation-due", "a key that is empty, missing, or of which no age is asked").files(&[
        (MANIFEST, "[keys.API_TOKEN]\nmax-age = \"1d\"\nrotated = 2020-01-31\n[keys.OTHER_TOKEN]\nrotated = 2020-01-31\n"),
        (DEV, ""),
        (PROD, "API_TOKEN=\nOTHER_TOKEN=b2\n"),
    ]),
    // distinct and same, in some environments
    case("distinct", "production has its own, others may share one")
        .files(&[(MANIFEST, OWN_IN_PRODUCTION), (DEV, "API_TOKEN=abc\n"), (STAGING, "API_TOKEN=def\n"), (PROD, "API_TOKEN=def\n")])
        .finds(&["distinct error staging,production API_TOKEN envs/production/.env:1:11"]),
    case("distinct", "what the others share is for another rule")
        .files(&[(MANIFEST, OWN_IN_PRODUCTION), (DEV, "API_TOKEN=abc\n"), (STAGING, "API_TOKEN=abc\n"), (PROD, "API_TOKEN=def\n")])
        .finds(&["same-secret warning development,staging API_TOKEN envs/staging/.env:1:11"]),
    case("same", "two that must be equal are not, whatever the third has")
        .files(&[(MANIFEST, ALIKE), (DEV, "IMAGE=a:0\n"), (STAGING, "IMAGE=a:1\n"), (PROD, "IMAGE=a:2\n")])
        .finds(&["same error staging,production IMAGE envs/production/.env:1:7"]),
    case("same", "two that are equal, and a third that need not be")
        .files(&[(MANIFEST, ALIKE), (DEV, "IMAGE=a:0\n"), (STAGING, "IMAGE=a:1\n"), (PROD, "IMAGE=a:1\n")]),
    case("same-secret", "what must be equal may be, but not in a third environment")
        .files(&[
            (MANIFEST, "[keys.API_TOKEN]\nsame = [\"staging\", \"production\"]\n"),
            (DEV, "API_TOKEN=abc\n"),
            (STAGING, "API_TOKEN=abc\n"),
            (PROD, "API_TOKEN=abc\n"),
        ])
        .finds(&["same-secret error development,production API_TOKEN envs/production/.env:1:11"]),
    case("same-secret", "what must be equal in two environments")
        .files(&[
            (MANIFEST, "[keys.API_TOKEN]\nsame = [\"staging\", \"production\"]\n"),
            (DEV, "API_TOKEN=def\n"),
            (STAGING, "API_TOKEN=abc\n"),
            (PROD, "API_TOKEN=abc\n"),
        ]),
    // example
    case("placeholder", "a secret with the value of the manifest's example")
        .files(&[
            (MANIFEST, "[keys.API_TOKEN]\nexample = \"abc-123\"\n[keys.PORT]\nexample = 80\n"),
            (PROD, "API_TOKEN=abc-123\nPORT=80\n"),
        ])
        .finds(&["placeholder error production API_TOKEN envs/production/.env:1:11"]),
    // parity
    case("parity", "keys that are explained: only-in, groups, conditions, deprecation")
        .files(&[
            (MANIFEST, "[keys.A]\nonly-in = [\"staging\"]\n[keys.B]\ndeprecated = true\n[keys.MODE]\n[keys.C]\nrequired-if = { MODE = \"x\" }\n[[group]]\nexactly-one = [\"D\", \"E\"]\n"),
            (DEV, "MODE=y\nD=1\n"),
            (STAGING, "MODE=x\nA=1\nC=1\nE=1\n"),
            (PROD, "MODE=y\nB=1\nE=1\n"),
        ])
        .finds(&["deprecated-key warning production B envs/production/.env:2:1"]),
    // names with {project}, tags of images, keys in maps
    case("not-allowed-value", "a name of the project, a component and the environment")
        .files(&[
            (MANIFEST, "[project]\nname = \"shop.eu\"\n[keys.BUCKET]\npattern = '^{project}-[a-z]+-{env}$'\n[keys.QUEUE]\nprefix = \"{project}/\"\n"),
            (DEV, "BUCKET=shop.eu-media-development\nQUEUE=shop.eu/a\n"),
            (PROD, "BUCKET=shopxeu-media-production\nQUEUE=shop/a\n"),
        ])
        .finds(&[
            "not-allowed-value error production BUCKET envs/production/.env:1:8",
            "not-allowed-value error production QUEUE envs/production/.env:2:7",
        ]),
    case("not-allowed-value", "a policy of tags, for each environment its own")
        .files(&[
            (MANIFEST, "[keys.\"docker-compose.{env}.yml::services.web.image\"]\npattern = ':(dev|latest)$'\n[keys.\"docker-compose.{env}.yml::services.web.image\".in.production]\npattern = ':\\d{8}-\\d{6}$'\n"),
            ("docker-compose.dev.yml", "services: {web: {image: \"x/app:latest\"}}\n"),
            ("docker-compose.prod.yml", "services: {web: {image: \"x/app:2030-01\"}}\n"),
            ("docker-compose.prod-eu.yml", "services: {web: {image: \"x/app:20300131-235959\"}}\n"),
        ])
        .finds(&["not-allowed-value error prod services.web.image docker-compose.prod.yml:1:25"]),
    case("missing-required", "a key in a map: the tag of an owner")
        .files(&[
            (MANIFEST, "[keys.\"envs/{env}/terraform.tfvars::common_tags.Owner\"]\nrequired = true\n"),
            ("envs/dev/terraform.tfvars", "common_tags = {\n  Owner = \"web\"\n  CostCenter = 1\n}\n"),
            ("envs/prod/terraform.tfvars", "common_tags = {\n  CostCenter = 1\n}\n"),
        ])
        .finds(&["missing-required error prod envs/{env}/terraform.tfvars::common_tags.Owner envctl.toml:1:7"]),
    // strict
    case(ENGINE, "warnings are errors in a strict environment, notes are notes, and what [rules] says holds")
        .files(&[
            (MANIFEST, "[rules]\nduplicate-key = \"warning\"\n[environments.staging]\nstrict = true\n"),
            (DEV, "DEBUG=true\nAPI_TOKEN=abc\n"),
            (STAGING, "A=changeme\nB=1\nB=1\n"),
            ("envs/production/env.toml", "strict = false\n[vars]\nB = 1\n"),
        ])
        .finds(&[
            "placeholder error staging A envs/staging/.env:1:3",
            "duplicate-key warning staging B envs/staging/.env:3:1",
        ]),
    case(ENGINE, "a finding is as bad as in the strictest of its environments, and a doubt remains one")
        .files(&[
            (MANIFEST, MEMORY),
            ("envs/staging/env.toml", "strict = true\n[vars]\nMEMORY = 512\n"),
            (DEV, "MEMORY=1024\n"),
            ("envs/production/env.toml", "strict = true\n[vars]\nMEMORY = \"large\"\n"),
        ])
        .finds(&[
            "monotonic error development,staging MEMORY envs/staging/env.toml:3:10",
            "monotonic note development,production MEMORY envs/production/env.toml:3:10",
        ]),
];
