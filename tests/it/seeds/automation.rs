//! The automation that keeps development and production apart: folders of `.env` and `settings.yml` over a root `.env`.

use super::{Seed, seed};

const DEV: &str = "config/environments/dev/.env";
const PROD: &str = "config/environments/prod/.env";
const SETTINGS: &str = "config/environments/prod/settings.yml";

const FILES: &[(&str, &str)] = &[
    (".env", "TIMEZONE=America/Phoenix\nSERVATIV_REGION=us-west\n"),
    (
        DEV,
        "ENVIRONMENT=development\nAIRTABLE_API_KEY=patDv81kQz.5b1c9e7f3a2d\nHCP_TOKEN=hcp_2f8e61c0b7d94a35\nHCP_WEBHOOK_SECRET=9c3b7e1f5a8d2460\n",
    ),
    (
        PROD,
        "ENVIRONMENT=production\nAIRTABLE_API_KEY=patPr44mXw.e07d5c3b9a18\nHCP_TOKEN=hcp_a95c30e7d1b8f264\nHCP_WEBHOOK_SECRET=f81d6c2e7b3a9054\n",
    ),
    (
        "config/environments/dev/settings.yml",
        "airtable:\n  base: app67yWFv0hKdl6jM\nwebhook:\n  path: /webhooks/hcp-dev\n  port: 5001\ncsv:\n  folder: CSV_process_development/\nlogging:\n  level: DEBUG\n  console: true\n  file: logs/automation_dev.log\nvalidation: relaxed\n",
    ),
    (
        SETTINGS,
        "airtable:\n  base: appZzebEIqCU5R9ER\nwebhook:\n  path: /webhooks/hcp\n  port: 5000\ncsv:\n  folder: CSV_process_production/\nlogging:\n  level: INFO\n  console: false\n  file: logs/automation_prod.log\nvalidation: strict\n",
    ),
];

const MANIFEST: &[(&str, &str)] = &[(
    "envctl.toml",
    "[keys.\"config/environments/{env}/settings.yml::airtable.base\"]\nrequired = true\npattern = '^app[A-Za-z0-9]{14}$'\ndistinct = true\n[keys.\"config/environments/{env}/settings.yml::webhook.port\"]\ntype = \"port\"\ndistinct = true\n[keys.\"config/environments/{env}/settings.yml::validation\"]\ntype = \"enum\"\nvalues = [\"relaxed\", \"strict\"]\nin.production.values = [\"strict\"]\n",
)];

pub const SEEDS: &[Seed] = &[
    seed("as the document has it", &[FILES]),
    seed("as the document has it, with its rules", &[FILES, MANIFEST]),
    seed(
        "production works in development's folder, writes its log, and believes to be development",
        &[FILES],
    )
    .edits(&[
        (PROD, "ENVIRONMENT=production", "ENVIRONMENT=development"),
        (SETTINGS, "CSV_process_production/", "CSV_process_development/"),
        (SETTINGS, "automation_prod.log", "automation_dev.log"),
        (SETTINGS, "path: /webhooks/hcp", "path: /webhooks/hcp-dev"),
        (SETTINGS, "level: INFO", "level: DEBUG"),
    ])
    .finds(&[
        "self-name-mismatch error prod ENVIRONMENT config/environments/prod/.env:1:13",
        "names-other-environment warning dev,prod webhook.path config/environments/prod/settings.yml:4:9",
        "names-other-environment warning dev,prod csv.folder config/environments/prod/settings.yml:7:11",
        "debug-in-production error prod logging.level config/environments/prod/settings.yml:9:10",
        "names-other-environment warning dev,prod logging.file config/environments/prod/settings.yml:11:9",
    ]),
    seed("the credentials of one account open both", &[FILES])
        .edits(&[
            (PROD, "patPr44mXw.e07d5c3b9a18", "patDv81kQz.5b1c9e7f3a2d"),
            (PROD, "f81d6c2e7b3a9054", "9c3b7e1f5a8d2460"),
        ])
        .finds(&[
            "same-secret error dev,prod AIRTABLE_API_KEY config/environments/prod/.env:2:18",
            "same-secret error dev,prod HCP_WEBHOOK_SECRET config/environments/prod/.env:4:20",
        ]),
    seed("one base, one port and relaxed checks for both", &[FILES, MANIFEST])
        .edits(&[
            (SETTINGS, "appZzebEIqCU5R9ER", "app67yWFv0hKdl6jM"),
            (SETTINGS, "port: 5000", "port: 5001"),
            (SETTINGS, "validation: strict", "validation: relaxed"),
        ])
        .finds(&[
            "distinct error dev,prod airtable.base config/environments/prod/settings.yml:2:9",
            "distinct error dev,prod webhook.port config/environments/prod/settings.yml:5:9",
            "not-allowed-value error prod validation config/environments/prod/settings.yml:12:13",
        ]),
    seed("development reads what production wrote", &[FILES])
        .edits(&[(DEV, "ENVIRONMENT=development", "ENVIRONMENT=prod")])
        .finds(&["self-name-mismatch warning dev ENVIRONMENT config/environments/dev/.env:1:13"]),
];
