//! Cases of what example files, Terraform modules and Compose files ask of environments.

use super::{Case, DEV, MANIFEST, PROD, STAGING, case};
use crate::project::Project;

/// A template for production's own file, which is not there; the base sets one of its keys, and one to nothing.
const TEMPLATE: &[(&str, &str)] = &[
    (".env", "HOST=a.example.com\nSENDER=\n"),
    (".env.dev", "DEBUG=1\n"),
    (".env.prod", "PORT=80\n"),
    (
        ".env.prod.local.dist",
        "# fill in\nHOST=\nSENDER=\nDB_USER=app\nDB_PASS=\nDB_NAME=app\n# TRACE=\n# optional\nCDN=\nPORT=\n",
    ),
];

const VARIABLES: &str =
    "variable \"region\" {\n  type = string\n}\nvariable \"subnets\" {}\nvariable \"size\" { default = 1 }\n";

const TYPES: &str = "variable \"count_of\" { type = number }\nvariable \"on\" { type = bool }\nvariable \"name\" { type = string }\n\
variable \"zones\" { type = list(string) }\nvariable \"tags\" { type = map(number) }\n\
variable \"rules\" { type = list(object({ name = string, port = optional(number) })) }\n";

const OWN: &str =
    "variable \"region\" {}\nvariable \"tags\" { type = map(string) }\nvariable \"azs\" { default = [] }\n";
const LANDING: &[(&str, &str)] = &[
    ("envs/dev/variables.tf", OWN),
    ("envs/dev/terraform.tfvars", "region = \"eu\"\nazs = [\"a\"]\ntags = { Owner = \"a\" }\n"),
    ("envs/prod/variables.tf", OWN),
    ("envs/prod/terraform.tfvars", "region = \"us\"\nazs = [\"b\"]\ntags = {\n  Owner = \"a\"\n}"),
];
const LANDING_WITHOUT_REGION: &[(&str, &str)] = &[
    ("envs/dev/variables.tf", OWN),
    ("envs/dev/terraform.tfvars", "region = \"eu\"\nazs = [\"a\"]\ntags = { Owner = \"a\" }\n"),
    ("envs/prod/variables.tf", OWN),
    ("envs/prod/terraform.tfvars", "azs = [\"b\"]\ntags = {\n  Owner = \"a\"\n}"),
];

pub const CASES: &[Case] = &[
    case(
        "missing-required",
        "an example's open keys that others set are an error of production, a filled one is no matter",
    )
    .files(&[
        (".env.example", "TOKEN_URL=\nPORT=3000\nREGION=<your-region>\n# optional\nCDN=\n# TRACE=1\n"),
        (".env.dev", "TOKEN_URL=https://a.example.com\nREGION=eu\nPORT=1\n"),
        (".env.prod", "TOKEN_URL=https://b.example.com\nPORT=2\n"),
    ])
    .finds(&["missing-required error prod REGION .env.example:3:1"]),
    case(
        "missing-required",
        "a key that is marked as required is an error, wherever its environment is told",
    )
    .files(&[
        (".env.example", "# REQUIRED: where it runs\nREGION=eu\nPORT=\n"),
        (".env.dev", "PORT=1\nREGION=eu\n"),
        (".env.test", "PORT=1\n"),
        (".env.prod", "PORT=2\n"),
    ])
    .finds(&["missing-required error test,prod REGION .env.example:2:1"]),
    case("missing-required", "many keys are one finding, at the first of them")
        .files(TEMPLATE)
        .finds(&["missing-required warning prod - .env.prod.local.dist:3:1"]),
    case("missing-required", "what is empty in the very layer of the template is meant").files(&[
        (".env.prod", "PORT=80\nHOST=\n"),
        (".env.dev", "PORT=1\n"),
        (".env.prod.local", "HOST=\n"),
        (".env.prod.local.dist", "HOST=\n"),
    ]),
    case("missing-required", "an example that few files know is a note, and so is what tests lack")
        .files(&[
            (".env.example", "A_URL=\nB_URL=\nC_URL=\n"),
            (".env.test", "A_URL=x\nB_URL=y\n"),
            (".env.prod", "A_URL=x\n"),
        ])
        .finds(&[
            "missing-required note test C_URL .env.example:3:1",
            "missing-required note prod - .env.example:2:1",
        ]),
    case("missing-required", "the opening accident: staging has it, and production was forgotten")
        .files(&[
            (".env.example", "DATABASE_URL=\nSENTRY_DSN=\n"),
            (".env.staging", "DATABASE_URL=postgres://db.example.com/app\n"),
            (".env.production", "PORT=1\n"),
        ])
        .finds(&[
            "missing-required warning staging SENTRY_DSN .env.example:2:1",
            "missing-required error production DATABASE_URL .env.example:1:1",
            "missing-required note production SENTRY_DSN .env.example:2:1",
        ]),
    case("missing-required", "what others set is a warning elsewhere, and an error of who is named")
        .files(&[
            (".env.example", "REGION=\n"),
            (".env.dev", "PORT=1\n"),
            (".env.prod", "REGION=eu\n"),
        ])
        .args("dev")
        .finds(&["missing-required error dev REGION .env.example:1:1"]),
    case("missing-required", "what others leave open too, and what tests alone set, proves nothing")
        .files(&[
            (".env.example", "REGION=\nZONE=\nPORT=\n"),
            (".env.test", "ZONE=a\nPORT=1\n"),
            (".env.dev", "REGION=changeme\nPORT=1\n"),
            (".env.prod", "PORT=2\n"),
        ])
        .finds(&[
            "missing-required warning dev ZONE .env.example:2:1",
            "missing-required note test REGION .env.example:1:1",
            "missing-required note prod - .env.example:1:1",
        ]),
    case("empty-required", "production sets to nothing what staging fills in")
        .files(&[
            (".env.example", "DATABASE_URL=\nCDN=\n"),
            (".env.staging", "DATABASE_URL=postgres://db.example.com/app\nCDN=\n"),
            (".env.production", "DATABASE_URL=\nCDN=\n"),
        ])
        .finds(&["empty-required error production DATABASE_URL .env.production:1:14"]),
    case("missing-required", "an example above the natural layout speaks for it")
        .files(&[
            (".env.example", "REGION=\nPORT=\n"),
            (DEV, "REGION=eu\nPORT=1\n"),
            (STAGING, "REGION=eu\n"),
        ])
        .finds(&["missing-required warning staging PORT .env.example:2:1"]),
    case("missing-required", "the manifest beats the example, and so does who provides an environment")
        .files(&[
            (
                MANIFEST,
                "[keys.TOKEN_URL]\nrequired = false\n[keys.HOST]\nprovided-by = \"ci\"\n[keys.PORT]\n",
            ),
            (".env.example", "# required\nTOKEN_URL=\n# required\nHOST=\n"),
            (DEV, "PORT=1\n"),
            ("envs/production/env.toml", "provided-by = \"vault\"\n"),
            (PROD, "PORT=1\n"),
        ]),
    case("missing-required", "what somebody else provides is asked for where the environment is named")
        .files(&[
            (".env.example", "PORT=\n# required\nREGION=\n"),
            (DEV, "PORT=1\nREGION=eu\n"),
            ("envs/production/env.toml", "provided-by = \"vault\"\n"),
            (PROD, "PORT=1\n"),
        ])
        .args("production")
        .finds(&["missing-required error production REGION .env.example:3:1"]),
    case(
        "missing-required",
        "an example of another folder, of another environment, and for those who develop",
    )
    .files(&[
        ("api/.env.example", "# required\nAPI_URL=\n"),
        (".env.staging.example", "# required\nHOST=\n"),
        (".env.local.example", "# required\nNAME=\n"),
        (".env.test", "PORT=1\n"),
        (".env.prod", "PORT=2\n"),
    ]),
    case("missing-required", "what an unreadable file may hold, and a secret that the structure leaves out")
        .files(&[
            (".env.example", "# required\nAPI_TOKEN=\n"),
            (".env.dev", "PORT=1\n"),
            (".env.prod", "PORT=2\n"),
        ])
        .args("--phase structure"),
    case("empty-required", "a key that the example marks as required and a file sets to nothing")
        .files(&[
            (".env.example", "# required\nREGION=\nCDN=\n# optional\nHOST=\n"),
            (".env.dev", "REGION=\nCDN=\nHOST=\n"),
            (".env.prod", "REGION=eu\nCDN=\nHOST=\n"),
        ])
        .finds(&["empty-required error dev REGION .env.dev:1:8"]),
    // Terraform
    case("missing-required", "a variable without a default that one environment forgot").files(&[
        ("variables.tf", VARIABLES),
        ("dev.tfvars", "region = \"eu\"\nsubnets = []\n"),
        ("envs/prod/terraform.tfvars", "subnets = [\"a\"]\n"),
    ])
    .finds(&["missing-required error prod region variables.tf:1:10"]),
    case("missing-required", "a module of each environment's own, as one sample has it").files(LANDING),
    case("missing-required", "of that, one value taken away")
        .files(LANDING_WITHOUT_REGION)
        .finds(&["missing-required error prod region envs/prod/variables.tf:1:10"]),
    case("missing-required", "what no environment sets, and a secret, are handed over when Terraform runs")
        .files(&[
            ("envs/dev/variables.tf", "variable \"region\" {}\nvariable \"image\" {}\n"),
            ("envs/dev/terraform.tfvars", "region = \"eu\"\n"),
            ("envs/prod/variables.tf", "variable \"region\" {}\nvariable \"image\" {}\nvariable \"pin\" { sensitive = true }\n"),
            ("envs/prod/terraform.tfvars", "region = \"us\"\n"),
        ])
        .finds(&[
            "missing-required warning dev image envs/dev/variables.tf:2:10",
            "missing-required warning prod - envs/prod/variables.tf:2:10",
        ]),
    case("missing-required", "what everybody's files set, what the process sets, and what Terragrunt may")
        .files(&[
            ("variables.tf", VARIABLES),
            ("terraform.tfvars", "subnets = []\n"),
            ("prod.tfvars", "size = 1\n"),
            ("live/variables.tf", VARIABLES),
            ("live/terragrunt.hcl", "inputs = {}\n"),
            ("live/prod.tfvars", "size = 1\n"),
        ])
        .vars(&[("TF_VAR_region", "eu")]),
    case("missing-required", "the manifest knows of it, and values of another module or a backend need nothing").files(&[
        (MANIFEST, "[keys.\"{env}.tfvars::region\"]\n[keys.\"{env}.tfvars::subnets\"]\nprovided-by = \"ci\"\n"),
        ("variables.tf", VARIABLES),
        ("prod.tfvars", "size = 1\n"),
        ("prod_backend.tfvars", "key = \"prod\"\n"),
        ("db/main.tf", "resource \"a\" \"b\" {}\n"),
        ("db/prod.tfvars", "size = 1\n"),
    ]),
    case("unknown-key", "a variable that no file of the module declares")
        .files(&[
            ("variables.tf", VARIABLES),
            ("more.tf", "variable \"tags\" {}\n"),
            ("dev.tfvars", "region = \"eu\"\nsubnets = []\ntags = { a = 1 }\n"),
            ("prod.tfvars", "region = \"us\"\nsubnets = []\ntags = { a = 1 }\nsise = 2\n"),
        ])
        .finds(&["unknown-key warning prod sise prod.tfvars:4:1"]),
    case("unknown-key", "a module of which not all was read, and values for somebody else").files(&[
        ("a/variables.tf", "variable \"region\" {}\n"),
        ("a/more.tf.json", "{}"),
        ("a/prod.tfvars", "region = \"eu\"\nsize = 1\n"),
        ("b/variables.tf", "variable \"region\" { default = \"eu\" }\n"),
        ("b/prod.tfvars", "bucket = \"a\"\nkey = \"b\"\n"),
    ]),
    case("unknown-key", "keys that a complete example does not name are one note")
        .files(&[
            (".env.example", "A=1\nB=1\nC=1\nD=1\n# optional\n# EXTRA=1\n"),
            (".env.dev", "A=1\nB=1\nC=1\nD=1\nEXTRA=1\nX_URL=1\nY_URL=1\n"),
            (".env.prod", "A=1\nX_URL=1\n"),
        ])
        .finds(&["unknown-key note dev - .env.dev:6:1"]),
    case("unknown-key", "a key that is written twice is one that the example does not name")
        .files(&[
            (".env.example", "A=1\nB=1\nC=1\n"),
            (".env.dev", "A=1\nB=1\nC=1\nEXTRA=1\nEXTRA=2\n"),
        ])
        .finds(&[
            "unknown-key note dev EXTRA .env.dev:4:1",
            "duplicate-key warning dev EXTRA .env.dev:5:1",
        ]),
    case("wrong-type", "values that Terraform refuses, and values that it converts")
        .files(&[
            ("variables.tf", TYPES),
            ("dev.tfvars", "count_of = \"3\"\non = \"true\"\nname = 5\nzones = [\"a\"]\ntags = { a = 1 }\nrules = [{ name = \"a\", port = 1 }]\n"),
            ("prod.tfvars", "count_of = \"three\"\non = 1\nname = [\"a\"]\nzones = \"a\"\ntags = []\nrules = null\n"),
        ])
        .finds(&[
            "wrong-type error prod count_of prod.tfvars:1:12",
            "wrong-type error prod on prod.tfvars:2:6",
            "type-parity warning dev,prod name prod.tfvars:3:8",
            "wrong-type error prod name prod.tfvars:3:8",
            "type-parity warning dev,prod zones prod.tfvars:4:9",
            "wrong-type error prod zones prod.tfvars:4:9",
            "wrong-type error prod tags prod.tfvars:5:8",
        ]),
    case("wrong-type", "what an example file says is a doubt")
        .files(&[
            (".env.example", "# @type=port\nPORT=80\n"),
            (".env.dev", "PORT=80\n"),
            (".env.prod", "PORT=eighty\n"),
        ])
        .finds(&["wrong-type warning prod PORT .env.prod:1:6"]),
    case("not-allowed-value", "a value that the example's comment does not list")
        .files(&[
            (".env.example", "# one of debug | info | error\nLOG_LEVEL=info\n"),
            (".env.dev", "LOG_LEVEL=Debug\n"),
            (".env.prod", "LOG_LEVEL=loud\n"),
        ])
        .finds(&["not-allowed-value warning prod LOG_LEVEL .env.prod:1:11"]),
];

#[test]
fn keys_that_a_template_asks_for_are_counted_and_named_with_what_to_do() {
    let project = TEMPLATE.iter().fold(Project::new(), |project, (path, text)| project.file(path, text));
    let report = project.run("validate --format json").code(0).json();
    let finding =
        &report["findings"].as_array().unwrap().iter().find(|one| one["rule"] == "missing-required").unwrap();
    assert_eq!(
        finding["message"],
        "4 keys that .env.prod.local.dist asks for are unset or empty in prod: DB_USER, DB_PASS, DB_NAME and SENDER"
    );
    let help = finding["help"].as_str().unwrap();
    assert!(help.starts_with("copy .env.prod.local.dist to .env.prod.local and fill them in"), "{help}");
}

#[test]
fn what_a_module_or_an_example_calls_sensitive_is_shown_nowhere() {
    let project = Project::new()
        .file("variables.tf", "variable \"greeting\" { sensitive = true }\n")
        .file("dev.tfvars", "greeting = \"canary-one\"\n")
        .file("prod.tfvars", "greeting = \"canary-two\"\n")
        .file(".env.schema", "# @sensitive\nMOTTO=\n# @sensitive\napp.code=\n")
        .file(".env.dev", "MOTTO=canary-three\napp.code=canary-four\n");
    for args in [
        "show dev",
        "show dev greeting",
        "show dev MOTTO",
        "show dev app.code",
        "diff dev prod",
        "list",
        "context --dry-run",
    ] {
        let run = project.run(args);
        assert!(!run.stdout.contains("canary"), "{args}: {}", run.stdout);
    }
}

#[test]
fn what_is_missing_is_to_be_set_in_a_file_for_variables() {
    let project = Project::new()
        .file("envctl.toml", "[keys.REGION]\nrequired = true\n")
        .file(PROD, "PORT=1\n")
        .file("envs/production/env.toml", "process-prefix = \"PROD_\"\n")
        .file("config/database.yml", "production:\n  host: db.example.com\n");
    let report = project.run_with(&[("PROD_ZONE", "a")], "validate --format json").json();
    let findings = report["findings"].as_array().unwrap();
    let missing = findings.iter().find(|one| one["rule"] == "missing-required").unwrap();
    assert_eq!(missing["help"], format!("set it in {PROD}"));
}
