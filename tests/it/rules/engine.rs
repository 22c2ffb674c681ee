//! Cases of what all rules have in common: severities, acceptances, layers, discovery.

use super::{Case, DEV, ENGINE, MANIFEST, PROD, STAGING, TEST, case};

/// A placeholder in each of four environments.
macro_rules! placeholders {
    ($manifest:expr) => {
        &[
            (MANIFEST, $manifest),
            (DEV, "A=changeme\n"),
            (STAGING, "A=changeme\n"),
            ("envs/prod-eu/.env", "A=changeme\n"),
            ("envs/prod-us/.env", "A=changeme\n"),
        ]
    };
}

/// One secret shared by three environments.
macro_rules! shared {
    ($manifest:expr) => {
        &[
            (MANIFEST, $manifest),
            (DEV, "API_TOKEN=abc\n"),
            (STAGING, "API_TOKEN=abc\n"),
            (PROD, "API_TOKEN=def\n"),
            (TEST, "API_TOKEN=def\n"),
        ]
    };
}

const SHARED_STAGING: &str = "same-secret warning development,staging API_TOKEN envs/staging/.env:1:11";
const SHARED_PRODUCTION: &str = "same-secret error test,production API_TOKEN envs/production/.env:1:11";

pub const CASES: &[Case] = &[
    case(ENGINE, "a severity for all").files(placeholders!("[rules]\nplaceholder = \"note\"\n")).finds(&[
        "placeholder note development A envs/development/.env:1:3",
        "placeholder note staging A envs/staging/.env:1:3",
        "placeholder note prod-eu A envs/prod-eu/.env:1:3",
        "placeholder note prod-us A envs/prod-us/.env:1:3",
    ]),
    case(ENGINE, "a rule that is off").files(placeholders!("[rules]\nplaceholder = \"off\"\n")),
    case(ENGINE, "a severity for a name beats one for a tier, and that beats one for all")
        .files(placeholders!(
            "[rules]\nplaceholder = \"error\"\n[rules.in.production]\nplaceholder = \"warning\"\n[rules.in.prod-eu]\nplaceholder = \"note\"\n[rules.in.development]\nplaceholder = \"off\"\n"
        ))
        .finds(&[
            "placeholder error staging A envs/staging/.env:1:3",
            "placeholder note prod-eu A envs/prod-eu/.env:1:3",
            "placeholder warning prod-us A envs/prod-us/.env:1:3",
        ]),
    case(ENGINE, "a severity for one rule leaves the others")
        .files(&[(MANIFEST, "[rules.in.production]\nplaceholder = \"warning\"\n"), (PROD, "A=changeme\nDEBUG=1\n")])
        .finds(&[
            "placeholder warning production A envs/production/.env:1:3",
            "debug-in-production error production DEBUG envs/production/.env:2:7",
        ]),
    case(ENGINE, "a finding of several environments is as bad as in the worst of them")
        .files(shared!("[rules.in.staging]\nsame-secret = \"error\"\n[rules.in.development]\nsame-secret = \"off\"\n"))
        .finds(&["same-secret error development,staging API_TOKEN envs/staging/.env:1:11", SHARED_PRODUCTION]),
    case(ENGINE, "every environment is judged by all of them, and only what concerns the named ones is told")
        .files(shared!(""))
        .args("development")
        .finds(&[SHARED_STAGING]),
    case(ENGINE, "two environments may be named").files(shared!("")).args("prod stage").finds(&[
        SHARED_STAGING,
        SHARED_PRODUCTION,
    ]),
    case(ENGINE, "an acceptance for a key, by a glob")
        .files(shared!("[[accept]]\nrule = \"same-secret\"\nkey = \"*_TOKEN\"\nreason = \"r\"\n")),
    case(ENGINE, "an acceptance for another key")
        .files(shared!("[[accept]]\nrule = \"same-secret\"\nkey = \"TOKEN\"\nreason = \"r\"\n"))
        .finds(&[
            SHARED_STAGING,
            "unused-acceptance warning development,test,staging,production TOKEN envctl.toml:1:1",
            SHARED_PRODUCTION,
        ]),
    case(ENGINE, "an acceptance for environments covers all that take part, or nothing")
        .files(shared!(
            "[[accept]]\nrule = \"same-secret\"\nkey = \"API_TOKEN\"\nenvironments = [\"development\", \"staging\", \"production\"]\nreason = \"r\"\n"
        ))
        .finds(&[SHARED_PRODUCTION]),
    case(ENGINE, "an acceptance for another rule")
        .files(shared!("[[accept]]\nrule = \"distinct\"\nreason = \"r\"\n"))
        .finds(&[
            SHARED_STAGING,
            "unused-acceptance warning development,test,staging,production - envctl.toml:1:1",
            SHARED_PRODUCTION,
        ]),
    case(ENGINE, "an acceptance for one of those that stand on a base layer leaves the others")
        .files(&[
            (
                MANIFEST,
                "[[stack]]\nfiles = [\".env\", \"envs/{env}/.env\"]\n[[accept]]\nrule = \"placeholder\"\nenvironments = [\"staging\"]\nreason = \"r\"\n",
            ),
            (".env", "A=changeme\n"),
            (TEST, ""),
            (STAGING, ""),
        ])
        .finds(&["placeholder note test A .env:1:3"]),
    case(ENGINE, "an acceptance for a rule that is off excuses nothing")
        .files(placeholders!(
            "[rules]\nplaceholder = \"off\"\n[[accept]]\nrule = \"placeholder\"\nreason = \"r\"\n"
        ))
        .finds(&["unused-acceptance warning development,staging,prod-eu,prod-us - envctl.toml:3:1"]),
    case(ENGINE, "a strict judgement counts warnings as errors, and notes as notes")
        .files(placeholders!("[rules.in.prod-us]\nplaceholder = \"note\"\n"))
        .args("--strict")
        .finds(&[
            "placeholder error staging A envs/staging/.env:1:3",
            "placeholder error prod-eu A envs/prod-eu/.env:1:3",
            "placeholder note prod-us A envs/prod-us/.env:1:3",
        ]),
    case(ENGINE, "one rule, a group of rules, or a glob alone")
        .files(&[(PROD, "A=changeme\nDEBUG=1\nAPI_TOKEN=x\nnonsense\n")])
        .args("--rule debug-*,presence")
        .finds(&[
            "debug-in-production error production DEBUG envs/production/.env:2:7",
            "parse-error error production - envs/production/.env:4:1",
        ]),
    case(ENGINE, "without one rule, a group of rules, or a glob")
        .files(&[(PROD, "A=changeme\nDEBUG=1\nnonsense\n")])
        .args("--skip shape --skip debug-in-production")
        .finds(&[
            "placeholder error production A envs/production/.env:1:3",
            "parse-error error production - envs/production/.env:3:1",
        ]),
    case(ENGINE, "an acceptance is not called unused by who does not judge its rule")
        .files(placeholders!("[[accept]]\nrule = \"same-secret\"\nreason = \"r\"\n"))
        .args("--skip same-secret,placeholder"),
    case(ENGINE, "an acceptance is called unused by who judges its rule and asks for it")
        .files(placeholders!("[[accept]]\nrule = \"same-secret\"\nreason = \"r\"\n"))
        .args("--rule same-secret,unused-acceptance --strict")
        .finds(&["unused-acceptance error development,staging,prod-eu,prod-us - envctl.toml:1:1"]),
    case(ENGINE, "an acceptance of what is missed only where its environment is named is not unused elsewhere")
        .files(&[
            (
                MANIFEST,
                "[keys.X]\n[keys.A_KEY]\nrequired = true\nprovided-by = \"ci\"\n[[accept]]\nrule = \"missing-required\"\nkey = \"A_*\"\nreason = \"r\"\n",
            ),
            (DEV, "X=1\n"),
            (PROD, "X=1\n"),
        ]),
    case(ENGINE, "the same of a key that nobody provides is unused")
        .files(&[
            (
                MANIFEST,
                "[keys.A_KEY]\nrequired = true\nprovided-by = \"ci\"\n[keys.B]\n[[accept]]\nrule = \"missing-required\"\nkey = \"B\"\nreason = \"r\"\n",
            ),
            (DEV, "B=1\n"),
            (PROD, "B=1\n"),
        ])
        .finds(&["unused-acceptance warning development,production B envctl.toml:5:1"]),
    case(ENGINE, "an acceptance above the line or behind the value, with a reason")
        .files(&[
            (MANIFEST, "[flags.beta]\nallowed-in = [\"development\"]\n"),
            (
                PROD,
                "# envctl: accept placeholder it is the word our users know\n\n# of 1999\nA=changeme\nB=changeme # envctl: accept placeholder so is this\nexport C='changeme' # envctl: accept placeholder and this\n",
            ),
            ("config/prod.yaml", "a:\n  # envctl: accept placeholder known\n  b: changeme\n  # envctl: accept placeholder known\n  c:\n    changeme\n"),
            ("config/dev.yaml", "a:\n  b: x\n  c: x\n"),
            ("envs/production/env.toml", "[flags]\n# envctl: accept flag-not-allowed soon\nbeta = true\n[vars]\n# envctl: accept placeholder known\nD = \"changeme\"\n"),
            ("envs/production/terraform.tfvars", "// envctl: accept placeholder known\ne = \"changeme\"\n"),
            ("envs/production/app.json", "{\n  // envctl: accept placeholder known\n  \"f\": \"changeme\"\n}\n"),
            ("envs/production/app.properties", "! envctl: accept placeholder known\ng=changeme\n"),
        ])
        .args("--skip parity,unknown-key"),
    case(ENGINE, "an acceptance beside one of several others does not speak for the rest")
        .files(&[
            (DEV, "# envctl: accept same-secret a sandbox\nAPI_TOKEN=abc\n"),
            (STAGING, "API_TOKEN=abc\n"),
            (PROD, "API_TOKEN=abc\n"),
        ])
        .args("--skip weak-secret")
        .finds(&["same-secret error development,staging,production API_TOKEN envs/production/.env:1:11"]),
    case(ENGINE, "an acceptance beside the only other, or beside the place that is told")
        .files(&[
            (DEV, "# envctl: accept same-secret a sandbox\nAPI_TOKEN=abc\nB_TOKEN=def\n"),
            (STAGING, "API_TOKEN=abc\n# envctl: accept same-secret a sandbox\nB_TOKEN=def\n"),
        ])
        .args("--skip weak-secret"),
    case(ENGINE, "an acceptance in a file is about its own line and its own rule alone")
        .files(&[(
            PROD,
            "# envctl: accept placeholder known\nA=x\nB=changeme\nDEBUG=1 # envctl: accept placeholder known\nC='changeme # envctl: accept placeholder no comment'\nD=changeme#envctl: accept placeholder no comment\n",
        )])
        .args("--skip weak-secret")
        .finds(&[
            "unused-acceptance warning production - envs/production/.env:1:1",
            "placeholder error production B envs/production/.env:3:3",
            "debug-in-production error production DEBUG envs/production/.env:4:7",
            "unused-acceptance warning production - envs/production/.env:4:9",
            "placeholder error production C envs/production/.env:5:3",
            "placeholder error production D envs/production/.env:6:3",
        ]),
    case(ENGINE, "an acceptance in a file without a reason, without a rule, or with one that there is not")
        .files(&[(
            PROD,
            "# envctl: accept placeholder\nA=changeme\n# envctl: accept\n# envctl: accept placeholdr known\n# envctl: accept parse-error known\nnonsense\n# envctl: accept placeholder the end\n",
        )])
        .finds(&[
            "unused-acceptance warning production - envs/production/.env:1:1",
            "placeholder error production A envs/production/.env:2:3",
            "unused-acceptance warning production - envs/production/.env:3:1",
            "unused-acceptance warning production - envs/production/.env:4:1",
            "unused-acceptance warning production - envs/production/.env:5:1",
            "parse-error error production - envs/production/.env:6:1",
            "unused-acceptance warning production - envs/production/.env:7:1",
        ]),
    case(ENGINE, "a finding of several files is accepted in any of them, and both acceptances are of use")
        .files(&[
            (DEV, "API_TOKEN=abc # envctl: accept same-secret the vendor gives one\n"),
            (STAGING, "API_TOKEN=abc\n"),
            (PROD, "# envctl: accept same-secret a test account\nAPI_TOKEN=def\n"),
            (TEST, "API_TOKEN=def # envctl: accept same-secret a test account\n"),
        ]),
    case(ENGINE, "of two acceptances of one line by one rule, the second excuses nothing")
        .files(&[(PROD, "# envctl: accept placeholder a\n# envctl: accept placeholder b\n# envctl: accept debug-in-production c\nDEBUG=changeme\n")])
        .args("--skip debug-in-production")
        .finds(&["unused-acceptance warning production - envs/production/.env:2:1"]),
    case(ENGINE, "an acceptance in a file is not called unused by who does not judge its rule")
        .files(&[(PROD, "A=1 # envctl: accept placeholder known\nB=1 # envctl: accept portability known\n")])
        .args("--phase structure"),
    case(ENGINE, "an acceptance in a file that all share is theirs")
        .files(&[(".env", "# envctl: accept placeholder x\nA=1\n"), (".env.development", "B=1\n"), (".env.production", "B=1\n")])
        .finds(&["unused-acceptance warning development,production - .env:1:1"]),
    case(ENGINE, "an acceptance in a file of sections is told once")
        .files(&[(
            "config/database.yml",
            "# envctl: accept same-target one server for both\ndevelopment:\n  password: changeme\nproduction:\n  # envctl: accept placeholder known\n  password: changeme\n",
        )])
        .args("--skip same-secret,weak-secret")
        .finds(&["unused-acceptance warning development,production - config/database.yml:1:1"]),
    case(ENGINE, "layers of a base and of an environment, the higher wins")
        .files(&[
            (
                MANIFEST,
                "[[stack]]\nfiles = [\".env\", \".env.local\", \".env.{env}\", \".env.{env}.local\"]\n[keys.A]\nvalues = [\"good\"]\n[keys.B]\nvalues = [\"good\"]\n[keys.C]\nrequired = true\n",
            ),
            (".env", "A=bad\nB=bad\n"),
            (".env.local", "A=good\n"),
            (".env.development", "B=good\nC=1\n"),
            (".env.production", "B=worse\nC=1\n"),
            (".env.production.local", "B=good\n"),
            (".env.example", "B=worse\n"),
        ]),
    case(ENGINE, "an heir stands on its environment, and the base stands below both")
        .files(&[
            (
                MANIFEST,
                "[[stack]]\nfiles = [\".env\", \"envs/{env}/env.toml\", \"envs/{env}/.env\"]\n[keys.A]\nvalues = [\"good\"]\n[keys.B]\nvalues = [\"good\"]\n",
            ),
            (".env", "A=bad\nB=bad\n"),
            (PROD, "A=good\nB=good\n"),
            ("envs/prod-eu/env.toml", "inherits = \"production\"\n"),
        ]),
    case(ENGINE, "a file, a glob and a whole environment that are ignored")
        .files(&[
            (
                MANIFEST,
                "[project]\nignore = [\"envs/test/.env\", \"envs/*/.env.local\", \"envs/old\", \"envs/older/*\"]\n[keys.A]\nrequired = [\"old\", \"production\"]\nvalues = [\"good\"]\n[environments.old]\n[environments.old.vars]\nA = \"good\"\n",
            ),
            (TEST, "A=bad\n"),
            (PROD, "A=good\n"),
            ("envs/production/.env.local", "A=bad\n"),
            ("envs/old/.env", "A=bad\n"),
            ("envs/older/.env", "A=bad\n"),
        ]),
    case(ENGINE, "an environment that is ignored is none")
        .files(&[
            (MANIFEST, "[project]\nignore = [\"envs/old\", \"envs/older/*\"]\n[keys.A]\nrequired = true\n"),
            (PROD, "A=1\n"),
            ("envs/old/.env", "nonsense\n"),
            ("envs/older/.env", ""),
        ]),
    case(ENGINE, "a declared tier beats the name's")
        .files(&[
            ("envs/production/env.toml", "tier = \"test\"\n"),
            (PROD, "A=changeme\nDEBUG=1\n"),
            ("envs/blue/env.toml", "tier = \"production\"\n"),
            ("envs/blue/.env", "A=changeme\n"),
        ])
        .finds(&[
            "placeholder note production A envs/production/.env:1:3",
            "placeholder error blue A envs/blue/.env:1:3",
        ]),
];
