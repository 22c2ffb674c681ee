//! The bot that runs in development, staging and production, and the outage that a feature of development made.

use super::{Seed, seed};

const MANIFEST: (&str, &str) = (
    "envctl.toml",
    r#"[project]
name = "telbot"
default = "development"
selector = ["TELBOT_ENVIRONMENT"]

[keys.BOT_TOKEN]
required = true
secret = true
pattern = '^\d+:[A-Za-z0-9_-]{35}$'
[keys.SUPABASE_URL]
required = true
type = "url"
[keys.SUPABASE_KEY]
required = true
secret = true
[keys.WEBHOOK_URL]
required = true
type = "url"
distinct = true

[flags.new_onboarding]
allowed-in = ["development", "staging"]
[flags.advanced_analytics]
allowed-in = ["development"]
[flags.beta_features]
allowed-in = ["development"]
"#,
);

const FOLDERS: &[(&str, &str)] = &[
    MANIFEST,
    (
        "envs/development/env.toml",
        "description = \"Active development and feature testing\"\nbranches = [\"development\"]\ndebug = true\nsafety = true\n\n[flags]\nnew_onboarding = true\nadvanced_analytics = true\nbeta_features = true\n",
    ),
    (
        "envs/development/.env",
        "BOT_TOKEN=7000000001:AAdQ2wR7tY9uI3oP5aS8dF1gH4jK6lZ0xCv\nSUPABASE_URL=https://kqtwzmrlhsdfxnpa.supabase.co\nSUPABASE_KEY=sbs-9f2c71e4b8a05d36\nWEBHOOK_URL=https://telbot-dev.render.com/webhook\n",
    ),
    (
        "envs/staging/env.toml",
        "description = \"Release candidates and QA\"\nbranches = [\"staging\"]\ndebug = true\nsafety = true\n\n[flags]\nnew_onboarding = true\nadvanced_analytics = false\nbeta_features = false\n",
    ),
    (
        "envs/staging/.env",
        "BOT_TOKEN=7000000002:AAb1nM4qW6eR8tY0uI2oP5aS7dF9gH3jK1l\nSUPABASE_URL=https://bvxyjcuegorpnlqt.supabase.co\nSUPABASE_KEY=sbs-41d07ea3c95b2f68\nWEBHOOK_URL=https://telbot-staging.render.com/webhook\n",
    ),
    (
        "envs/production/env.toml",
        "description = \"Live user-facing service\"\nbranches = [\"main\"]\ndebug = false\nsafety = false\n\n[flags]\nnew_onboarding = false\nadvanced_analytics = false\nbeta_features = false\n",
    ),
    (
        "envs/production/.env",
        "BOT_TOKEN=7000000003:AAx7cV9bN2mQ4wE6rT8yU0iO1pA3sD5fG7h\nSUPABASE_URL=https://mzhaofwdiskyeutv.supabase.co\nSUPABASE_KEY=sbs-c8e613fb7a90d254\nWEBHOOK_URL=https://telbot.render.com/webhook\n",
    ),
];

/// The same in one process: DEV_BOT_TOKEN, STAGING_BOT_TOKEN, PROD_BOT_TOKEN.
const PREFIXES: &[(&str, &str)] = &[
    MANIFEST,
    ("envs/development/env.toml", "process-prefix = \"DEV_\"\n"),
    ("envs/staging/env.toml", "process-prefix = \"STAGING_\"\n"),
    ("envs/production/env.toml", "process-prefix = \"PROD_\"\n"),
];

pub const SEEDS: &[Seed] = &[
    seed("as the document has it", &[FOLDERS]),
    seed("features of development are released with it", &[FOLDERS])
        .edits(&[
            ("envs/production/env.toml", "beta_features = false", "beta_features = true"),
            ("envs/production/env.toml", "debug = false", "debug = true"),
        ])
        .finds(&[
            "debug-in-production error production - envs/production/env.toml:3:9",
            "flag-not-allowed error production beta_features envs/production/env.toml:9:17",
        ]),
    seed("production answers with staging's bot, from staging's domain", &[FOLDERS])
        .edits(&[
            (
                "envs/production/.env",
                "7000000003:AAx7cV9bN2mQ4wE6rT8yU0iO1pA3sD5fG7h",
                "7000000002:AAb1nM4qW6eR8tY0uI2oP5aS7dF9gH3jK1l",
            ),
            ("envs/production/.env", "telbot.render.com/webhook", "telbot-staging.render.com/hook"),
        ])
        .finds(&[
            "same-secret error staging,production BOT_TOKEN envs/production/.env:1:11",
            "names-other-environment error staging,production WEBHOOK_URL envs/production/.env:4:13",
        ]),
    seed("the database of production is tried out in development", &[FOLDERS])
        .edits(&[("envs/development/.env", "kqtwzmrlhsdfxnpa", "mzhaofwdiskyeutv")])
        .finds(&[
            "production-target-outside-production error development,production SUPABASE_URL envs/development/.env:2:14",
        ]),
    seed("a value is empty, one is missing, one has no shape", &[FOLDERS])
        .edits(&[
            ("envs/production/.env", "SUPABASE_KEY=sbs-c8e613fb7a90d254", "SUPABASE_KEY="),
            ("envs/production/.env", "WEBHOOK_URL=https://telbot.render.com/webhook\n", ""),
            ("envs/staging/.env", "7000000002:AAb1nM4q", "7000000002 AAb1nM4q"),
        ])
        .finds(&[
            "not-allowed-value error staging BOT_TOKEN envs/staging/.env:1:11",
            "portability note staging - envs/staging/.env:-:-",
            "missing-required error production WEBHOOK_URL envctl.toml:16:7",
            "empty-required error production SUPABASE_KEY envs/production/.env:3:14",
        ]),
    seed("one process holds all three", &[PREFIXES])
        .vars(&[
            ("DEV_BOT_TOKEN", "7000000001:AAdQ2wR7tY9uI3oP5aS8dF1gH4jK6lZ0xCv"),
            ("DEV_SUPABASE_URL", "https://kqtwzmrlhsdfxnpa.supabase.co"),
            ("DEV_SUPABASE_KEY", "sbs-9f2c71e4b8a05d36"),
            ("DEV_WEBHOOK_URL", "https://telbot-dev.render.com/webhook"),
            ("STAGING_BOT_TOKEN", "7000000002:AAb1nM4qW6eR8tY0uI2oP5aS7dF9gH3jK1l"),
            ("STAGING_SUPABASE_URL", "https://bvxyjcuegorpnlqt.supabase.co"),
            ("STAGING_SUPABASE_KEY", "sbs-41d07ea3c95b2f68"),
            ("STAGING_WEBHOOK_URL", "https://telbot-staging.render.com/webhook"),
            ("PROD_BOT_TOKEN", "7000000003:AAx7cV9bN2mQ4wE6rT8yU0iO1pA3sD5fG7h"),
            ("PROD_SUPABASE_URL", "https://mzhaofwdiskyeutv.supabase.co"),
            ("PROD_SUPABASE_KEY", "sbs-c8e613fb7a90d254"),
            ("PROD_WEBHOOK_URL", "https://telbot.render.com/webhook"),
        ]),
    seed("one process holds all three, and PROD_SUPABASE_KEY was copied, PROD_WEBHOOK_URL forgotten", &[PREFIXES])
        .vars(&[
            ("DEV_BOT_TOKEN", "7000000001:AAdQ2wR7tY9uI3oP5aS8dF1gH4jK6lZ0xCv"),
            ("DEV_SUPABASE_URL", "https://kqtwzmrlhsdfxnpa.supabase.co"),
            ("DEV_SUPABASE_KEY", "sbs-9f2c71e4b8a05d36"),
            ("DEV_WEBHOOK_URL", "https://telbot-dev.render.com/webhook"),
            ("STAGING_BOT_TOKEN", "7000000002:AAb1nM4qW6eR8tY0uI2oP5aS7dF9gH3jK1l"),
            ("STAGING_SUPABASE_URL", "https://bvxyjcuegorpnlqt.supabase.co"),
            ("STAGING_SUPABASE_KEY", "sbs-41d07ea3c95b2f68"),
            ("STAGING_WEBHOOK_URL", "https://telbot-staging.render.com/webhook"),
            ("PROD_BOT_TOKEN", "7000000003:AAx7cV9bN2mQ4wE6rT8yU0iO1pA3sD5fG7h"),
            ("PROD_SUPABASE_URL", "https://mzhaofwdiskyeutv.supabase.co"),
            ("PROD_SUPABASE_KEY", "sbs-41d07ea3c95b2f68"),
            ("PROD_WEBHOOK_URL", ""),
        ])
        .finds(&[
            "same-secret error staging,production SUPABASE_KEY process environment:-:-",
            "empty-required error production WEBHOOK_URL process environment:-:-",
        ]),
];
