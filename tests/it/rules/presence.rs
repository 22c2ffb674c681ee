//! Cases of missing-required, empty-required, unknown-key, undefined-reference and unused-acceptance.

use super::{Case, DEV, MANIFEST, PROD, STAGING, TEST, case};
use crate::project::Project;

const BASED: &str = "[[stack]]\nfiles = [\".env\", \"envs/{env}/env.toml\", \"envs/{env}/.env\", \"envs/{env}/.env.local\"]\n";

/// A chain of 32 references, and one of two more.
const CHAIN: &str = "K0=x\nK1=${K0}\nK2=${K1}\nK3=${K2}\nK4=${K3}\nK5=${K4}\nK6=${K5}\nK7=${K6}\nK8=${K7}\nK9=${K8}\nK10=${K9}\nK11=${K10}\nK12=${K11}\nK13=${K12}\nK14=${K13}\nK15=${K14}\nK16=${K15}\nK17=${K16}\nK18=${K17}\nK19=${K18}\nK20=${K19}\nK21=${K20}\nK22=${K21}\nK23=${K22}\nK24=${K23}\nK25=${K24}\nK26=${K25}\nK27=${K26}\nK28=${K27}\nK29=${K28}\nK30=${K29}\nK31=${K30}\nK32=${K31}\n";
const DEEP: &str = "K0=x\nK1=${K0}\nK2=${K1}\nK3=${K2}\nK4=${K3}\nK5=${K4}\nK6=${K5}\nK7=${K6}\nK8=${K7}\nK9=${K8}\nK10=${K9}\nK11=${K10}\nK12=${K11}\nK13=${K12}\nK14=${K13}\nK15=${K14}\nK16=${K15}\nK17=${K16}\nK18=${K17}\nK19=${K18}\nK20=${K19}\nK21=${K20}\nK22=${K21}\nK23=${K22}\nK24=${K23}\nK25=${K24}\nK26=${K25}\nK27=${K26}\nK28=${K27}\nK29=${K28}\nK30=${K29}\nK31=${K30}\nK32=${K31}\nK33=${K32}\nK34=${K33}\n";

/// The texts of a project whose secrets CI provides.
const BY_CI: &[(&str, &str)] =
    &[(MANIFEST, "[keys.API_TOKEN]\nrequired = true\nprovided-by = \"ci\"\n"), (DEV, ""), (PROD, "")];
const PROD_BY_CI: &[(&str, &str)] = &[
    (MANIFEST, "[keys.API_TOKEN]\nrequired = true\n[keys.REGION]\nrequired = true\n"),
    (DEV, "API_TOKEN=abcdefgh\nREGION=eu\n"),
    ("envs/production/env.toml", "provided-by = \"vault\"\n"),
    (PROD, "REGION=eu\n"),
];

const LOCAL: &[(&str, &str)] =
    &[(".env.local", "REGION=us\nPORT=1\n"), (".env.dev", "REGION=eu\nPORT=1\n"), (".env.prod", "PORT=2\n")];
const LOCAL_OF_NODE: &[(&str, &str)] = &[
    (MANIFEST, "[project]\nloader = [\"node\"]\n"),
    (".env.local", "REGION=us\n"),
    (".env.dev", "REGION=eu\n"),
];
const LOCAL_OF_NEXT: &[(&str, &str)] = &[
    (MANIFEST, "[project]\nloader = [\"next\"]\n"),
    (".env.local", "REGION=us\n"),
    (".env.dev", "REGION=eu\n"),
];
const LOCAL_OF_PACKAGE: &[(&str, &str)] = &[
    ("package.json", "{\"dependencies\": {\"next\": \"15\"}}\n"),
    (".env.local", "REGION=us\n"),
    (".env.dev", "REGION=eu\n"),
];

pub const CASES: &[Case] = &[
    case("missing-source", "a misspelt name in the list of environments drops the file that was meant")
        .files(&[
            (MANIFEST, "[project]\nenvironments = [\"staging\", \"prodution\"]\n"),
            (".env.staging", "A=1\n"),
            (".env.production", "A=1\n"),
        ])
        .finds(&["missing-source error prodution - envctl.toml:-:-"]),
    case("missing-source", "an environment that the manifest lists and nothing belongs to")
        .files(&[(MANIFEST, "[project]\nenvironments = [\"staging\", \"prod\"]\n"), (".env.staging", "A=1\n")])
        .finds(&["missing-source warning prod - envctl.toml:-:-"]),
    case("missing-source", "an environment of variables, of a provider or of a base alone").files(&[
        (MANIFEST, "[project]\nenvironments = [\"staging\", \"prod\", \"dev\"]\n[environments.prod]\nprovided-by = \"vault\"\n"),
        (".env", "A=1\n"),
        (".env.staging", "A=1\n"),
    ]),
    case("missing-source", "no file, and variables in the manifest").files(&[
        (MANIFEST, "[environments.staging.vars]\nA = 1\n"),
        (".env.dev", "A=1\n"),
    ]),
    case("missing-source", "an env_file that does not exist, told once for two services")
        .files(&[
            ("compose.prod.yml", "services:\n  a:\n    env_file: .env.staging\n  b:\n    env_file:\n      - .env.staging\n"),
            ("compose.dev.yml", "services: {}\n"),
        ])
        .finds(&["missing-source error prod - compose.prod.yml:3:15"]),
    case("missing-source", "it is looked for beside the file that names it")
        .files(&[
            ("deploy/compose.prod.yml", "services:\n  a:\n    env_file: [../.env.prod, .env.web]\n"),
            ("deploy/compose.dev.yml", "services: {}\n"),
            (".env.prod", ""),
            (".env.web", ""),
        ])
        .finds(&["missing-source error prod - deploy/compose.prod.yml:3:30"]),
    case("missing-source", "what may be absent, what depends on a variable, what lies elsewhere")
        .files(&[
            ("compose.prod.yml", "services:\n  a:\n    env_file:\n      - path: .env.x\n        required: false\n      - ${FILE}\n      - /etc/app.env\n      - ../out.env\n"),
            ("compose.dev.yml", "services: {}\n"),
        ]),
    case("missing-source", "a file that is there")
        .files(&[("compose.prod.yml", "services:\n  a:\n    env_file: ./.env.prod\n"), (".env.prod", "")]),
    case("assumed-order", "a key that .env.local and an environment's file set differently, where no loader is known")
        .files(LOCAL)
        .finds(&["assumed-order note dev REGION .env.dev:1:1", "assumed-order note prod PORT .env.prod:1:1"]),
    case("assumed-order", "a loader without an order of its own decides nothing")
        .files(LOCAL_OF_NODE)
        .finds(&["assumed-order note dev REGION .env.dev:1:1"]),
    case("assumed-order", "a declared loader decides").files(LOCAL_OF_NEXT),
    case("assumed-order", "what the project is built with decides")
        .files(LOCAL_OF_PACKAGE),
    case("assumed-order", "everybody's own file changes no test")
        .files(&[(".env.local", "REGION=us\n"), (".env.test", "REGION=eu\n")]),
    case("missing-required", "a required key is missing where no file has it")
        .files(&[(MANIFEST, "[keys.REGION]\nrequired = true\n"), (DEV, "REGION=eu\n"), (PROD, "")])
        .finds(&["missing-required error production REGION envctl.toml:1:7"]),
    case("missing-required", "every environment and every key is told in one run")
        .files(&[
            (MANIFEST, "[keys.REGION]\nrequired = true\n\n[keys.ZONE]\nrequired = true\n"),
            (DEV, ""),
            (PROD, ""),
        ])
        .finds(&[
            "missing-required error development REGION envctl.toml:1:7",
            "missing-required error development ZONE envctl.toml:4:7",
            "missing-required error production REGION envctl.toml:1:7",
            "missing-required error production ZONE envctl.toml:4:7",
        ]),
    case("missing-required", "a list of environments may name tiers, and compound names have their token's tier")
        .files(&[
            (MANIFEST, "[keys.REGION]\nrequired = [\"production\"]\n"),
            (DEV, ""),
            ("envs/production-fwi/.env", ""),
            ("envs/prod-eu/.env", ""),
            ("envs/reproduction/.env", ""),
        ])
        .finds(&[
            "missing-required error prod-eu REGION envctl.toml:1:7",
            "missing-required error production-fwi REGION envctl.toml:1:7",
        ]),
    case("missing-required", "an override requires a key in one environment")
        .files(&[
            (MANIFEST, "[keys.REGION]\n[keys.REGION.in.staging]\nrequired = true\n"),
            (DEV, ""),
            (STAGING, ""),
            (PROD, ""),
        ])
        .finds(&["missing-required error staging REGION envctl.toml:1:7"]),
    case("missing-required", "what CI provides is required when the environment is named")
        .files(BY_CI)
        .args("production")
        .finds(&["missing-required error production API_TOKEN envctl.toml:1:7"]),
    case("missing-required", "a name in another case is the same name")
        .files(BY_CI)
        .args("PRODUCTION")
        .finds(&["missing-required error production API_TOKEN envctl.toml:1:7"]),
    case("missing-required", "an environment that somebody else provides is complete when it is named, or it is not")
        .files(PROD_BY_CI)
        .args("production")
        .finds(&["missing-required error production API_TOKEN envctl.toml:1:7"]),
    case("missing-required", "the structure of an environment holds what is no secret")
        .files(&[(MANIFEST, "[keys.REGION]\nrequired = true\n"), (PROD, "")])
        .args("--phase structure")
        .finds(&["missing-required error production REGION envctl.toml:1:7"]),
    case("missing-required", "a key in another case is another key")
        .files(&[(MANIFEST, "[keys.REGION]\nrequired = true\n"), (PROD, "region=eu\n")])
        .finds(&[
            "missing-required error production REGION envctl.toml:1:7",
            "unknown-key warning production region envs/production/.env:1:1",
        ]),
    case("missing-required", "an environment that the manifest alone declares must have it too")
        .files(&[(MANIFEST, "[environments.production]\n[keys.REGION]\nrequired = true\n")])
        .finds(&["missing-required error production REGION envctl.toml:2:7"]),
    case("missing-required", "a base layer gives a key to every environment").files(&[
        (MANIFEST, "[[stack]]\nfiles = [\".env\", \"envs/{env}/.env\"]\n[keys.REGION]\nrequired = true\n"),
        (".env", "REGION=eu\n"),
        (DEV, ""),
        (PROD, ""),
    ]),
    case("missing-required", "env.toml gives variables too").files(&[
        (MANIFEST, "[keys.PORT]\nrequired = true\n"),
        ("envs/production/env.toml", "[vars]\nPORT = 8080\n"),
    ]),
    case("missing-required", "the manifest's own table of an environment gives variables too").files(&[
        (MANIFEST, "[keys.PORT]\nrequired = true\n[environments.production]\n[environments.production.vars]\nPORT = 8080\n"),
    ]),
    case("missing-required", "what CI provides may be absent while all are judged").files(BY_CI),
    case("missing-required", "what CI provides may be absent from another environment than the one named")
        .files(PROD_BY_CI)
        .args("development"),
    case("missing-required", "what CI provides may be absent from the structure of a named environment")
        .files(PROD_BY_CI)
        .args("production --phase structure"),
    case("missing-required", "an environment's provider covers every key of it").files(PROD_BY_CI),
    case("missing-required", "the structure of an environment is complete without its secrets, by name or declared")
        .files(&[
            (
                MANIFEST,
                "[keys.API_TOKEN]\nrequired = true\n[keys.DATABASE_URL]\nrequired = true\n[keys.TENANT]\nrequired = true\nsecret = true\n",
            ),
            (PROD, ""),
        ])
        .args("--phase structure"),
    case("missing-required", "an override lets one environment go without")
        .files(&[
            (MANIFEST, "[keys.REGION]\nrequired = true\n[keys.REGION.in.development]\nrequired = false\n"),
            (DEV, ""),
            (PROD, "REGION=eu\n"),
        ]),
    case("missing-required", "an heir has what its environment has, through two generations").files(&[
        (MANIFEST, "[keys.REGION]\nrequired = true\n"),
        (PROD, "REGION=eu\n"),
        ("envs/prod-eu/env.toml", "inherits = \"production\"\n"),
        ("envs/prod-eu-west/env.toml", "inherits = \"Prod-EU\"\n"),
    ]),
    case("missing-required", "a process variable with the environment's prefix counts without it, unnamed")
        .files(&[
            (MANIFEST, "[keys.API_TOKEN]\nrequired = true\n"),
            ("envs/production/env.toml", "process-prefix = \"PROD_\"\n"),
        ])
        .vars(&[("PROD_API_TOKEN", "abcdefgh")]),
    case("missing-required", "a listed process variable counts for the environment that is named")
        .files(&[
            (MANIFEST, "[keys.API_TOKEN]\nrequired = true\n"),
            ("envs/production/env.toml", "process-env = [\"*_TOKEN\"]\naliases = [\"blue\"]\n"),
        ])
        .vars(&[("API_TOKEN", "abcdefgh"), ("OTHER", "x")])
        .args("Blue"),
    case("missing-required", "a listed process variable belongs to no environment that nobody named")
        .files(&[
            (MANIFEST, "[keys.API_TOKEN]\nrequired = true\n"),
            ("envs/production/env.toml", "process-env = [\"*_TOKEN\"]\n"),
        ])
        .vars(&[("API_TOKEN", "abcdefgh")])
        .finds(&["missing-required error production API_TOKEN envctl.toml:1:7"]),
    case("missing-required", "a process variable that no environment lists is nobody's")
        .files(&[
            (MANIFEST, "[keys.API_TOKEN]\nrequired = true\n"),
            ("envs/production/env.toml", "process-env = [\"*_URL\"]\n"),
        ])
        .vars(&[("API_TOKEN", "abcdefgh")])
        .args("production")
        .finds(&["missing-required error production API_TOKEN envctl.toml:1:7"]),
    // empty-required
    case("empty-required", "a required key is set to nothing")
        .files(&[(MANIFEST, "[keys.REGION]\nrequired = true\n"), (DEV, "A=1\nREGION=\n")])
        .finds(&[
            "unknown-key warning development A envs/development/.env:1:1",
            "empty-required error development REGION envs/development/.env:2:8",
        ]),
    case("empty-required", "an empty value of a higher layer hides the one below")
        .files(&[
            (MANIFEST, "[keys.REGION]\nrequired = true\n"),
            (PROD, "REGION=eu\n"),
            ("envs/production/.env.local", "REGION=\"\"\n"),
        ])
        .finds(&["empty-required error production REGION envs/production/.env.local:1:8"]),
    case("empty-required", "a reference to what is empty is empty")
        .files(&[(MANIFEST, "[keys.A]\n[keys.B]\nrequired = true\n"), (PROD, "A=\nB=${A}\n")])
        .finds(&["empty-required error production B envs/production/.env:2:3"]),
    case("empty-required", "a key that nobody requires may be empty")
        .files(&[(MANIFEST, "[keys.REGION]\nrequired = [\"staging\"]\n"), (DEV, "REGION=\n"), (STAGING, "REGION=eu\n")]),
    case("empty-required", "an empty value below does no harm").files(&[
        (MANIFEST, "[keys.REGION]\nrequired = true\n"),
        (PROD, "REGION=\n"),
        ("envs/production/.env.local", "REGION=eu\n"),
    ]),
    case("empty-required", "an empty secret is not judged with the structure")
        .files(&[(MANIFEST, "[keys.API_TOKEN]\nrequired = true\n"), (PROD, "API_TOKEN=\n")])
        .args("--phase structure"),
    // unknown-key
    case("unknown-key", "a key that the manifest does not declare")
        .files(&[(MANIFEST, "[keys.REGION]\n"), (DEV, "REGION=eu\nREGOIN=eu\n")])
        .finds(&["unknown-key warning development REGOIN envs/development/.env:2:1"]),
    case("unknown-key", "a key of a base layer is told once, for all that stand on it")
        .files(&[
            (MANIFEST, "[[stack]]\nfiles = [\".env\", \"envs/{env}/.env\"]\n[keys.REGION]\n"),
            (".env", "\n  ZONE=1\n"),
            (DEV, ""),
            (PROD, ""),
        ])
        .finds(&["unknown-key warning development,production ZONE .env:2:3"]),
    case("unknown-key", "a variable of env.toml counts as well")
        .files(&[(MANIFEST, "[keys.REGION]\n"), ("envs/production/env.toml", "[vars]\nZONE = 1\n")])
        .finds(&["unknown-key warning production ZONE envs/production/env.toml:2:1"]),
    case("unknown-key", "a project that declares no keys is not asked")
        .files(&[(MANIFEST, "[project]\nname = \"x\"\n"), (DEV, "ANYTHING=1\n")]),
    case("unknown-key", "a declared key needs no demands").files(&[
        (MANIFEST, "[keys]\nREGION = {}\n\"a.b\" = {}\n"),
        (DEV, "REGION=eu\na.b=1\n"),
    ]),
    // undefined-reference
    case("undefined-reference", "a reference to nothing")
        .files(&[(DEV, "URL=https://${HOST}/\n")])
        .finds(&["undefined-reference error development URL envs/development/.env:1:5"]),
    case("undefined-reference", "a reference to a key that comes later")
        .files(&[(DEV, "URL=https://${HOST}/\nHOST=a.example.com\n")])
        .finds(&["undefined-reference error development URL envs/development/.env:1:5"]),
    case("undefined-reference", "a reference to a higher layer, to another environment, or to the process")
        .files(&[
            (DEV, "A=${HIGHER}\nB=\"${PRODS}\"\nC=${HOME}\n"),
            ("envs/development/.env.local", "HIGHER=1\n"),
            (PROD, "PRODS=1\n"),
        ])
        .finds(&[
            "undefined-reference error development A envs/development/.env:1:3",
            "undefined-reference error development B envs/development/.env:2:3",
            "undefined-reference error development C envs/development/.env:3:3",
        ]),
    case("undefined-reference", "what is broken is told where it breaks, and not again at each use")
        .files(&[(DEV, "A=${GONE}\nB=${A}/b\nC=${B:-}${A}\n")])
        .finds(&["undefined-reference error development A envs/development/.env:1:3"]),
    case("undefined-reference", "a key that refers to itself needs a lower layer")
        .files(&[(DEV, "A=${A}1\n")])
        .finds(&["undefined-reference error development A envs/development/.env:1:3"]),
    case("undefined-reference", "a key that refers to itself takes what a lower layer has").files(&[
        (DEV, "A=1\n"),
        ("envs/development/.env.local", "A=${A}2\n"),
        (PROD, "A=1\nA=${A}2\n"),
    ])
    .finds(&["duplicate-key warning production A envs/production/.env:2:1"]),
    case("undefined-reference", "keys that refer to each other are told once, also around three corners")
        .files(&[(DEV, "A=${B}\nB=${A}\n"), (PROD, "A=x${C}\nB=${A}\nC=${B}\nD=${C}\n")])
        .finds(&[
            "undefined-reference error development A envs/development/.env:1:3",
            "undefined-reference error production A envs/production/.env:1:3",
        ]),
    case("undefined-reference", "a chain of references is followed for 32 steps, and no further").files(&[
        (DEV, DEEP),
        (PROD, CHAIN),
    ])
    .finds(&["undefined-reference error development K33 envs/development/.env:34:5"]),
    case("undefined-reference", "what broke in a lower layer is told where it is used")
        .files(&[
            (DEV, "A=${GONE}\nB=${A}\n"),
            ("envs/development/.env.local", "A=${A}1\n"),
            (PROD, "A=${GONE}\nB=${A}\n"),
            ("envs/production/.env.local", "A=1\n"),
        ])
        .finds(&[
            "undefined-reference error development A envs/development/.env.local:1:3",
            "undefined-reference error production B envs/production/.env:2:3",
        ]),
    case("undefined-reference", "values that double each other end early")
        .files(&[(
            DEV,
            "A=0123456789012345678901234567890123456789\nB=${A}${A}${A}${A}${A}${A}${A}${A}${A}${A}\nC=${B}${B}${B}${B}${B}${B}${B}${B}${B}${B}\nD=${C}${C}${C}${C}${C}${C}${C}${C}${C}${C}\nE=${D}${D}${D}${D}${D}${D}${D}${D}${D}${D}\nF=${E}${E}${E}${E}${E}${E}${E}${E}${E}${E}${E}${E}${E}${E}${E}${E}${E}${E}${E}${E}${E}${E}${E}\n",
        )])
        .finds(&["undefined-reference error development F envs/development/.env:6:3"]),
    case("undefined-reference", "lower layers of the same environment are known, through stacks and heirs").files(&[
        (MANIFEST, BASED),
        (".env", "BASE=base\n"),
        (PROD, "HOST=${BASE}.example.com\n"),
        ("envs/production/.env.local", "HOST=www.${HOST}\nURL=https://${HOST}/\n"),
        ("envs/prod-eu/env.toml", "inherits = \"production\"\n"),
        ("envs/prod-eu/.env", "EU=eu.${HOST}\n"),
    ]),
    case("undefined-reference", "defaults, escapes, literals and bare dollars name nothing").files(&[(
        DEV,
        "A=${GONE:-x}\nB=\"\\${GONE}\"\nC='${GONE}'\nD=$GONE\nE=${GONE:-}\n",
    )]),
    case("undefined-reference", "what CI provides cannot be known").files(&[
        (MANIFEST, "[keys.API_TOKEN]\nprovided-by = \"ci\"\n[keys.HEADER]\n"),
        (PROD, "HEADER=Bearer ${API_TOKEN}\n"),
    ]),
    case("undefined-reference", "what CI provides must be there when the environment is named")
        .files(&[
            (MANIFEST, "[keys.HOST]\nprovided-by = \"ci\"\n[keys.URL]\n"),
            (PROD, "URL=https://${HOST}/\n"),
        ])
        .args("production")
        .finds(&["undefined-reference error production URL envs/production/.env:1:5"]),
    // unused-acceptance
    case("unused-acceptance", "an acceptance that excuses nothing")
        .files(&[(MANIFEST, "\n[[accept]]\nrule = \"placeholder\"\nreason = \"r\"\n"), (DEV, ""), (PROD, "")])
        .finds(&["unused-acceptance warning development,production - envctl.toml:2:1"]),
    case("unused-acceptance", "an acceptance concerns the environments that it names")
        .files(&[
            (MANIFEST, "[[accept]]\nrule = \"placeholder\"\nkey = \"A*\"\nenvironments = [\"test\"]\nreason = \"r\"\n"),
            (DEV, ""),
            (TEST, ""),
            (PROD, ""),
        ])
        .finds(&["unused-acceptance warning test A* envctl.toml:1:1"]),
    case("unused-acceptance", "an acceptance that ended yesterday excuses nothing any more")
        .files(&[
            (MANIFEST, "[[accept]]\nrule = \"placeholder\"\nreason = \"r\"\nuntil = {yesterday}\n"),
            (PROD, "A=changeme\n"),
        ])
        .finds(&[
            "unused-acceptance warning production - envctl.toml:1:1",
            "placeholder error production A envs/production/.env:1:3",
        ]),
    case("unused-acceptance", "of two that excuse the same, both are used; one that comes too late is not")
        .files(&[
            (
                MANIFEST,
                "[[accept]]\nrule = \"placeholder\"\nreason = \"r\"\n[[accept]]\nrule = \"placeholder\"\nkey = \"A\"\nreason = \"r\"\n[[accept]]\nrule = \"placeholder\"\nkey = \"B\"\nreason = \"r\"\n",
            ),
            (PROD, "A=changeme\n"),
        ])
        .finds(&["unused-acceptance warning production B envctl.toml:8:1"]),
    case("unused-acceptance", "an acceptance that ends today still holds").files(&[
        (MANIFEST, "[[accept]]\nrule = \"placeholder\"\nreason = \"r\"\nuntil = {today}\n"),
        (PROD, "A=changeme\n"),
    ]),
    case("unused-acceptance", "an acceptance with a day to come holds, and other environments are not asked")
        .files(&[
            (MANIFEST, "[[accept]]\nrule = \"placeholder\"\nenvironments = [\"production\"]\nreason = \"r\"\nuntil = {tomorrow}\n"),
            (DEV, ""),
            (PROD, "A=changeme\n"),
        ])
        .args("development"),
    case("unused-acceptance", "what was not judged cannot have been excused")
        .files(&[
            (MANIFEST, "[[accept]]\nrule = \"placeholder\"\nreason = \"r\"\n"),
            (PROD, "API_TOKEN=changeme\n"),
        ])
        .args("--phase structure"),
];

#[test]
fn a_reference_that_leads_nowhere_says_what_would_mend_it() {
    let told = |text: &str| {
        let run = Project::new().file(DEV, text).run("validate --format json").code(1);
        let findings = run.json()["findings"].as_array().unwrap().clone();
        let one = findings.iter().find(|one| one["rule"] == "undefined-reference").unwrap().clone();
        format!("{}; {}", one["message"].as_str().unwrap(), one["help"].as_str().unwrap())
    };
    for (text, expected) in [
        (
            "A=${B}\n",
            "A refers to ${B}, which is not defined before it; define B above it, or write ${B:-default}",
        ),
        ("A=${B}\nB=1\n", "A refers to ${B}, which is defined only after it; move B above A"),
        (
            "A=${A}\n",
            "A refers to itself, and no lower layer sets it; set A in a lower layer, or write its whole value",
        ),
        ("A=${B}\nB=${A}\n", "A and B refer to each other; write out the value of A or of B"),
        (
            DEEP,
            "the references of K33 lead through more than 32 others; refer to the key at the end of the chain itself",
        ),
    ] {
        assert_eq!(told(text), expected);
    }
}
