//! The roadmap's four environments: local, test, staging and production, each a file in the root.

use super::{Seed, seed};

const PROD: &str = ".env.production";

const FILES: &[(&str, &str)] = &[
    (
        "envctl.toml",
        "[environments.local]\nfiles = [\".env.local\"]\n\n[keys.DATABASE_URL]\nrequired = true\n[keys.ANTHROPIC_API_KEY]\nrequired = [\"local\", \"staging\", \"production\"]\n[keys.TELEGRAM_BOT_TOKEN]\nrequired = [\"staging\", \"production\"]\n[keys.ENVIRONMENT]\n[keys.CORS_ORIGINS]\n[keys.LOG_FORMAT]\n[keys.DEBUG]\n[keys.MOCK_CLAUDE]\n[keys.MOCK_TELEGRAM]\n",
    ),
    (
        ".env.example",
        "ENVIRONMENT=local\nDATABASE_URL=\nANTHROPIC_API_KEY=\nTELEGRAM_BOT_TOKEN=\nCORS_ORIGINS=\nLOG_FORMAT=\n",
    ),
    (
        ".env.local",
        "ENVIRONMENT=local\nDATABASE_URL=postgresql://wine:wine@localhost:5432/wine\nANTHROPIC_API_KEY=sk-ant-api03-Lq7Zt2Vx9Kb4Nd8Rw5Yc\nCORS_ORIGINS=http://localhost:5173\nLOG_FORMAT=console\nDEBUG=true\n",
    ),
    (
        ".env.test",
        "ENVIRONMENT=test\nDATABASE_URL=postgresql://wine:wine@localhost:5433/wine_test\nCORS_ORIGINS=http://localhost:5173\nLOG_FORMAT=console\nMOCK_CLAUDE=true\nMOCK_TELEGRAM=true\n",
    ),
    (
        ".env.staging",
        "ENVIRONMENT=staging\nDATABASE_URL=postgresql://wine:Tz5Kq9Wm3Xv7Bn1D@db.staging-wine.example.org:5432/wine\nANTHROPIC_API_KEY=sk-ant-api03-Ht3Pf6Jm1Sg9Dk5Wb8Qe\nTELEGRAM_BOT_TOKEN=7000000005:AAk3jH6gF9dS2aP5oI8uY1tR4eW7qZ0xCv\nCORS_ORIGINS=https://staging-wine.example.org\nLOG_FORMAT=json\n",
    ),
    (
        PROD,
        "ENVIRONMENT=production\nDATABASE_URL=postgresql://wine:Vb2Nm8Lk4Jh6Gf0D@db.wine.example.org:5432/wine\nANTHROPIC_API_KEY=sk-ant-api03-Xc9Ur4Ew7Iq2Oz6Ya1Mf\nTELEGRAM_BOT_TOKEN=7000000006:AAp8oI5uY2tR9eW6qA3sD0fG7hJ4kL1zXc\nCORS_ORIGINS=https://wine.example.org\nLOG_FORMAT=json\n",
    ),
];

pub const SEEDS: &[Seed] = &[
    seed("as the document has it", &[FILES]).finds(&["parity note local DEBUG .env.local:6:1"]),
    seed("tests run against production's database", &[FILES])
        .edits(&[(
            ".env.test",
            "postgresql://wine:wine@localhost:5433/wine_test",
            "postgresql://wine:Vb2Nm8Lk4Jh6Gf0D@db.wine.example.org:5432/wine",
        )])
        .finds(&[
            "parity note local DEBUG .env.local:6:1",
            "same-target error test,production DATABASE_URL .env.production:2:14",
            "same-secret error test,production DATABASE_URL .env.production:2:14",
        ]),
    seed("staging answers with production's bot, and production lets everybody in", &[FILES])
        .edits(&[
            (
                ".env.staging",
                "7000000005:AAk3jH6gF9dS2aP5oI8uY1tR4eW7qZ0xCv",
                "7000000006:AAp8oI5uY2tR9eW6qA3sD0fG7hJ4kL1zXc",
            ),
            (PROD, "CORS_ORIGINS=https://wine.example.org", "CORS_ORIGINS=*"),
        ])
        .finds(&[
            "parity note local DEBUG .env.local:6:1",
            "same-secret error staging,production TELEGRAM_BOT_TOKEN .env.production:4:20",
            "portability note production - .env.production:-:-",
            "wildcard-cors error production CORS_ORIGINS .env.production:5:14",
        ]),
    seed("production was copied from the example and from tests", &[FILES])
        .edits(&[
            (PROD, "ANTHROPIC_API_KEY=sk-ant-api03-Xc9Ur4Ew7Iq2Oz6Ya1Mf", "ANTHROPIC_API_KEY="),
            (PROD, "7000000006:AAp8oI5uY2tR9eW6qA3sD0fG7hJ4kL1zXc", "<token from @BotFather>"),
            (PROD, "LOG_FORMAT=json", "LOG_FORMAT=json\nMOCK_TELEGRAM=true\nDEBUG=true"),
            (PROD, "ENVIRONMENT=production", "ENVIRONMENT=test"),
        ])
        .finds(&[
            "portability note production - .env.production:-:-",
            "parity warning test,staging DEBUG .env.production:8:1",
            "parity warning local,staging MOCK_TELEGRAM .env.production:7:1",
            "self-name-mismatch error production ENVIRONMENT .env.production:1:13",
            "empty-required error production ANTHROPIC_API_KEY .env.production:3:19",
            "placeholder error production TELEGRAM_BOT_TOKEN .env.production:4:20",
            "safety-off-in-production error production MOCK_TELEGRAM .env.production:7:15",
            "debug-in-production error production DEBUG .env.production:8:7",
        ]),
];
