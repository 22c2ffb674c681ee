//! Cases of the rules about Terraform's backends.

use super::{Case, case};

const DEV: &str = "envs/dev/backend.hcl";
const STAGING: &str = "envs/staging/backend.hcl";
const PROD: &str = "envs/prod/backend.hcl";

pub const CASES: &[Case] = &[
    case("backend-mismatch", "one bucket has one region, and one lock")
        .files(&[
            (DEV, "bucket = \"states\"\nkey = \"a/dev\"\nregion = \"eu-west-1\"\ndynamodb_table = \"lock\"\n"),
            (STAGING, "bucket = \"states\"\nkey = \"a/staging\"\nregion = \"eu-west-1\"\ndynamodb_table = \"lock-2\"\n"),
            (PROD, "bucket = \"states\"\nkey = \"a/prod\"\nregion = \"eu-central-1\"\ndynamodb_table = \"lock\"\n"),
        ])
        .finds(&[
            "backend-mismatch error dev,staging,prod region envs/prod/backend.hcl:3:10",
            "backend-mismatch error dev,staging,prod dynamodb_table envs/staging/backend.hcl:4:18",
        ]),
    case("backend-mismatch", "a state key without a name, where others have theirs; of two backends the later is told")
        .files(&[
            ("prod.tfbackend", "bucket = \"states\"\nkey = \"app\"\nregion = \"a\"\n"),
            ("dev.tfbackend", "bucket = \"states\"\nkey = \"app/dev\"\nregion = \"b\"\n"),
        ])
        .finds(&[
            "backend-mismatch warning prod key prod.tfbackend:2:7",
            "backend-mismatch error dev,prod region prod.tfbackend:3:10",
        ]),
    case("backend-mismatch", "a bucket of its own has its own region and lock").files(&[
        (DEV, "bucket = \"states-dev\"\nkey = \"a\"\nregion = \"eu-west-1\"\ndynamodb_table = \"x\"\n"),
        (PROD, "bucket = \"states-prod\"\nkey = \"a\"\nregion = \"eu-central-1\"\ndynamodb_table = \"y\"\n"),
    ]),
    case("backend-mismatch", "backends that agree, keys that nobody names, and values that are no backend's").files(&[
        (DEV, "bucket = \"states\"\nkey = \"one\"\nregion = \"eu-west-1\"\n"),
        (PROD, "bucket = \"states\"\nkey = \"two\"\nregion = \"eu-west-1\"\n"),
        ("envs/dev/terraform.tfvars", "bucket = \"uploads-dev\"\nregion = \"a\"\n"),
        ("envs/prod/terraform.tfvars", "bucket = \"uploads-prod\"\nregion = \"b\"\n"),
    ]),
    // unencrypted-state
    case("unencrypted-state", "encryption that is switched off: an error in production, a doubt elsewhere")
        .files(&[
            (DEV, "bucket = \"states\"\nkey = \"a/dev\"\nencrypt = false\n"),
            (PROD, "bucket = \"states\"\nkey = \"a/prod\"\nencrypt = false\n"),
        ])
        .finds(&[
            "unencrypted-state warning dev encrypt envs/dev/backend.hcl:3:11",
            "unencrypted-state error prod encrypt envs/prod/backend.hcl:3:11",
        ]),
    case("unencrypted-state", "as a text, in a file of another name")
        .files(&[
            ("prod_backend.tfvars", "key = \"a/prod\"\nencrypt = \"false\"\n"),
            ("dev_backend.tfvars", "key = \"a/dev\"\nencrypt = \"true\"\n"),
        ])
        .finds(&["unencrypted-state error prod encrypt prod_backend.tfvars:2:11"]),
    case("unencrypted-state", "switched on, or left to the bucket").files(&[
        (DEV, "bucket = \"states\"\nkey = \"a/dev\"\n"),
        (PROD, "bucket = \"states\"\nkey = \"a/prod\"\nencrypt = true\n"),
    ]),
    case("unencrypted-state", "a variable that is called so")
        .files(&[("envs/prod/terraform.tfvars", "encrypt = false\n"), ("envs/dev/terraform.tfvars", "encrypt = false\n")]),
];
