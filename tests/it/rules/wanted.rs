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

pub const CASES: &[Case] = &[
    case(
        "missing-required",
        "an example's open keys are a warning of those who lack them, a filled one is no matter",
    )
    .files(&[
        (".env.example", "TOKEN_URL=\nPORT=3000\nREGION=<your-region>\n# optional\nCDN=\n# TRACE=1\n"),
        (".env.dev", "TOKEN_URL=https://a.example.com\nREGION=eu\nPORT=1\n"),
        (".env.prod", "TOKEN_URL=https://b.example.com\nPORT=2\n"),
    ])
    .finds(&["missing-required warning prod REGION .env.example:3:1"]),
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
