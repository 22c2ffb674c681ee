//! Terraform with a folder of values and a backend for each environment. In the document, production's value is the
//! address that its tests call staging's.

use super::{Seed, seed};

const FILES: &[(&str, &str)] = &[
    (
        "envs/dev/backend.hcl",
        "bucket         = \"dr-daily-report-tf-state\"\nkey            = \"telegram-api/dev/terraform.tfstate\"\nregion         = \"ap-southeast-1\"\ndynamodb_table = \"terraform-state-lock\"\nencrypt        = true\n",
    ),
    (
        "envs/staging/backend.hcl",
        "bucket         = \"dr-daily-report-tf-state\"\nkey            = \"telegram-api/staging/terraform.tfstate\"  # Different key\nregion         = \"ap-southeast-1\"\ndynamodb_table = \"terraform-state-lock\"\nencrypt        = true\n",
    ),
    (
        "envs/prod/backend.hcl",
        "bucket         = \"dr-daily-report-tf-state\"\nkey            = \"telegram-api/prod/terraform.tfstate\"  # Different key\nregion         = \"ap-southeast-1\"\ndynamodb_table = \"terraform-state-lock\"\nencrypt        = true\n",
    ),
    (
        "envs/dev/terraform.tfvars",
        r#"environment = "dev"
aws_region  = "ap-southeast-1"

# Lambda configuration
lambda_memory_size    = 512
lambda_timeout        = 120
lambda_concurrency    = 5

# API Gateway configuration
api_throttle_rate_limit  = 10
api_throttle_burst_limit = 20

# CloudWatch configuration
log_retention_days = 7

# DynamoDB configuration
dynamodb_billing_mode = "PAY_PER_REQUEST"

# CloudFront configuration
telegram_webapp_urls = [
  "https://demjoigiw6myp.cloudfront.net"  # Dev CloudFront
]
"#,
    ),
    (
        "envs/staging/terraform.tfvars",
        r#"environment = "staging"
aws_region  = "ap-southeast-1"

# Lambda configuration
lambda_memory_size    = 1024
lambda_timeout        = 120
lambda_concurrency    = 10

# API Gateway configuration
api_throttle_rate_limit  = 50
api_throttle_burst_limit = 100

# CloudWatch configuration
log_retention_days = 14

# DynamoDB configuration
dynamodb_billing_mode = "PAY_PER_REQUEST"

# CloudFront configuration
telegram_webapp_urls = [
  "https://d3uuexs20crp9s.cloudfront.net"  # Staging CloudFront
]
"#,
    ),
    (
        "envs/prod/terraform.tfvars",
        r#"environment = "prod"
aws_region  = "ap-southeast-1"

# Lambda configuration
lambda_memory_size    = 1024
lambda_timeout        = 300
lambda_concurrency    = 50

# API Gateway configuration
api_throttle_rate_limit  = 100
api_throttle_burst_limit = 200

# CloudWatch configuration
log_retention_days = 30

# DynamoDB configuration
dynamodb_billing_mode = "PROVISIONED"
dynamodb_read_capacity  = 50
dynamodb_write_capacity = 25

# CloudFront configuration
telegram_webapp_urls = [
  "https://d3uuexs20crp9s.cloudfront.net"  # Prod CloudFront
]
"#,
    ),
];

/// The address that the document's tests call production's.
const MENDED: (&str, &str, &str) = ("envs/prod/terraform.tfvars", "d3uuexs20crp9s", "d24cidhj2eghux");

/// What capacity means is declared, as it is meant for one way of paying only.
const CAPACITY: [&str; 2] = [
    "parity warning dev,staging dynamodb_read_capacity envs/prod/terraform.tfvars:18:1",
    "parity warning dev,staging dynamodb_write_capacity envs/prod/terraform.tfvars:19:1",
];

pub const SEEDS: &[Seed] = &[
    seed("as the document has it: staging and prod serve one and the same web app", &[FILES]).finds(&[
        "production-target-outside-production error staging,prod telegram_webapp_urls envs/staging/terraform.tfvars:20:24",
        CAPACITY[0],
        CAPACITY[1],
    ]),
    seed("with an address of its own, production is clean", &[FILES]).edits(&[MENDED]).finds(&CAPACITY),
    seed("prod's state is dev's", &[FILES])
        .edits(&[MENDED, ("envs/prod/backend.hcl", "telegram-api/prod/", "telegram-api/dev/")])
        .finds(&["same-target error dev,prod key envs/prod/backend.hcl:2:18", CAPACITY[0], CAPACITY[1]]),
    seed("prod's state lies under staging's name, in another region, unlocked and unencrypted", &[FILES])
        .edits(&[
            MENDED,
            ("envs/prod/backend.hcl", "telegram-api/prod/", "telegram-worker/staging/"),
            ("envs/prod/backend.hcl", "ap-southeast-1", "eu-west-1"),
            ("envs/prod/backend.hcl", "dynamodb_table = \"terraform-state-lock\"\n", ""),
            ("envs/prod/backend.hcl", "encrypt        = true", "encrypt        = false"),
        ])
        .finds(&[
            "parity warning prod dynamodb_table envs/staging/backend.hcl:4:1",
            "names-other-environment error staging,prod key envs/prod/backend.hcl:2:18",
            "backend-mismatch error dev,staging,prod region envs/prod/backend.hcl:3:18",
            "unencrypted-state error prod encrypt envs/prod/backend.hcl:4:18",
            CAPACITY[0],
            CAPACITY[1],
        ]),
    seed("a state key that does not say whose it is", &[FILES])
        .edits(&[MENDED, ("envs/prod/backend.hcl", "telegram-api/prod/", "telegram-api/")])
        .finds(&["backend-mismatch warning prod key envs/prod/backend.hcl:2:18", CAPACITY[0], CAPACITY[1]]),
    seed("prod's values believe to be dev", &[FILES])
        .edits(&[MENDED, ("envs/prod/terraform.tfvars", "environment = \"prod\"", "environment = \"dev\"")])
        .finds(&[
            "self-name-mismatch error prod environment envs/prod/terraform.tfvars:1:15",
            CAPACITY[0],
            CAPACITY[1],
        ]),
];
