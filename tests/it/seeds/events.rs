//! The Event API: a Compose file for each environment; development has its `.env`, and CI and a vault give the others theirs.

use super::{Seed, seed};

const DEV: &str = "env/development.env";
const STAGING: &str = "env/staging.env";
const PROD: &str = "env/production.env";
const COMPOSE: &str = "docker-compose.production.yml";

const FILES: &[(&str, &str)] = &[
    (
        "envctl.toml",
        "[environments.staging]\nprovided-by = \"ci\"\n[environments.production]\nprovided-by = \"vault\"\n",
    ),
    (
        DEV,
        "# Development Database\nPOSTGRES_DB=event_api_dev\nPOSTGRES_USER=event_api\nPOSTGRES_PASSWORD=development_password\nDB_PORT=5432\n\n# Service Configuration\nNODE_ENV=development\nMIX_ENV=dev\nLOG_LEVEL=debug\n\n# Development API Keys (limited/test keys)\nOPENAI_API_KEY=sk-development-key\n\n# Debug Features\nENABLE_DEBUG_ENDPOINTS=true\nDISABLE_RATE_LIMITING=true\nMOCK_EXTERNAL_SERVICES=true\n",
    ),
    (
        STAGING,
        "# Staging Database\nSTAGING_DATABASE_URL=postgresql://staging_user:staging_pass@staging-db:5432/event_api_staging\nPOSTGRES_DB=event_api_staging\nPOSTGRES_USER=event_api_staging\nPOSTGRES_PASSWORD=${STAGING_DB_PASSWORD}\n\n# Service Configuration\nNODE_ENV=staging\nMIX_ENV=dev\nLOG_LEVEL=debug\nIMAGE_TAG=staging-${GITHUB_SHA}\n\n# Staging API Keys\nSTAGING_OPENAI_API_KEY=${STAGING_OPENAI_KEY}\n\n# Staging Features\nENABLE_DEBUG_ENDPOINTS=true\nDISABLE_RATE_LIMITING=true\nMOCK_EXTERNAL_SERVICES=false\n",
    ),
    (
        PROD,
        "# Production Database (Managed Service)\nDATABASE_URL=${PRODUCTION_DATABASE_URL}\nPOSTGRES_DB=event_api_production\nPOSTGRES_USER=${PRODUCTION_DB_USER}\nPOSTGRES_PASSWORD=${PRODUCTION_DB_PASSWORD}\n\n# Service Configuration\nNODE_ENV=production\nMIX_ENV=prod\nLOG_LEVEL=info\n\n# Production API Keys\nOPENAI_API_KEY=${PRODUCTION_OPENAI_KEY}\n\n# Production Security\nENABLE_DEBUG_ENDPOINTS=false\nDISABLE_RATE_LIMITING=false\nMOCK_EXTERNAL_SERVICES=false\n",
    ),
    (
        "docker-compose.dev.yml",
        "services:\n  event-api-dev:\n    image: ghcr.io/acme/event-api:dev\n    environment:\n      - NODE_ENV=development\n      - LOG_LEVEL=debug\n      - ENABLE_DEBUG_ENDPOINTS=true\n      - HOT_RELOAD=true\n    ports: ['3000:3000', '4000:4000']\n    volumes:\n      - ./services:/app/services  # Hot reload\n",
    ),
    (
        "docker-compose.staging.yml",
        "services:\n  event-api-staging:\n    image: ghcr.io/acme/event-api:${IMAGE_TAG}\n    environment:\n      - NODE_ENV=staging\n      - LOG_LEVEL=debug\n      - ENABLE_DEBUG_ENDPOINTS=true\n      - PERFORMANCE_MONITORING=true\n    ports: ['3001:3000', '4001:4000']\n",
    ),
    (
        COMPOSE,
        "services:\n  event-api:\n    image: ghcr.io/acme/event-api:1.2.3\n    environment:\n      - NODE_ENV=production\n      - LOG_LEVEL=info\n      - ENABLE_DEBUG_ENDPOINTS=false\n      - PERFORMANCE_MONITORING=true\n      - SECURITY_HARDENING=true\n    ports: ['3000:3000', '4000:4000']\n",
    ),
];

/// What the document itself has to answer for: staging is built as development is, and CI names images for staging alone.
const MIX_ENV: &str = "self-name-mismatch warning staging MIX_ENV env/staging.env:9:9";
const DATABASE: &str = "parity warning development DATABASE_URL env/production.env:2:1";
const TAG: &str = "parity warning development IMAGE_TAG env/staging.env:11:1";
const MONITORING: &str = "parity warning development services.event-api.environment.PERFORMANCE_MONITORING docker-compose.production.yml:8:9";
const HARDENING: &str = "parity warning development services.event-api.environment.SECURITY_HARDENING docker-compose.production.yml:9:9";
const PORTS: &str =
    "port-clash note development,production services.event-api.ports docker-compose.production.yml:10:12";
const READERS: [&str; 2] = [
    "portability note staging - env/staging.env:-:-",
    "portability note production - env/production.env:-:-",
];

pub const SEEDS: &[Seed] = &[
    seed("as the document has it", &[FILES])
        .finds(&[MIX_ENV, DATABASE, TAG, MONITORING, HARDENING, PORTS, READERS[0], READERS[1]]),
    seed("production with the switches of development", &[FILES])
        .edits(&[
            (PROD, "ENABLE_DEBUG_ENDPOINTS=false", "ENABLE_DEBUG_ENDPOINTS=true"),
            (PROD, "DISABLE_RATE_LIMITING=false", "DISABLE_RATE_LIMITING=true"),
            (PROD, "MOCK_EXTERNAL_SERVICES=false", "MOCK_EXTERNAL_SERVICES=true"),
            (PROD, "LOG_LEVEL=info", "LOG_LEVEL=debug"),
            (COMPOSE, "LOG_LEVEL=info", "LOG_LEVEL=trace"),
            (COMPOSE, "SECURITY_HARDENING=true", "SECURITY_HARDENING=false"),
        ])
        .finds(&[
            MIX_ENV, DATABASE, TAG, MONITORING, HARDENING, PORTS, READERS[0], READERS[1],
            "debug-in-production error production LOG_LEVEL env/production.env:10:11",
            "debug-in-production error production ENABLE_DEBUG_ENDPOINTS env/production.env:16:24",
            "safety-off-in-production error production DISABLE_RATE_LIMITING env/production.env:17:23",
            "safety-off-in-production error production MOCK_EXTERNAL_SERVICES env/production.env:18:24",
            "debug-in-production error production services.event-api.environment.LOG_LEVEL docker-compose.production.yml:6:19",
            "safety-off-in-production error production services.event-api.environment.SECURITY_HARDENING docker-compose.production.yml:9:28",
        ]),
    seed("production with the key, the database and the mode of others", &[FILES])
        .edits(&[
            (PROD, "OPENAI_API_KEY=${PRODUCTION_OPENAI_KEY}", "OPENAI_API_KEY=sk-development-key"),
            (PROD, "POSTGRES_DB=event_api_production", "POSTGRES_DB=event_api_staging"),
            (PROD, "DATABASE_URL=${PRODUCTION_DATABASE_URL}", "DATABASE_URL=postgresql://app:Kq8Zt3Wm6Xv1Bn9D@db.staging.example.com/event_api"),
            (PROD, "MIX_ENV=prod", "MIX_ENV=dev"),
        ])
        .finds(&[
            "self-name-mismatch error production MIX_ENV env/production.env:9:9",
            MIX_ENV, DATABASE, TAG, MONITORING, HARDENING, PORTS, READERS[0], READERS[1],
            "same-secret error development,production OPENAI_API_KEY env/production.env:13:16",
            "names-other-environment warning development,production OPENAI_API_KEY env/production.env:13:16",
            "names-other-environment error staging,production POSTGRES_DB env/production.env:3:13",
            "names-other-environment error staging,production DATABASE_URL env/production.env:2:14",
        ]),
    seed("production runs from the source, and what was pushed last", &[FILES])
        .edits(&[
            (COMPOSE, "event-api:1.2.3", "event-api:latest"),
            (COMPOSE, "'4000:4000']\n", "'4000:4000']\n    volumes: ['./services:/app/services']\n"),
        ])
        .finds(&[
            MIX_ENV, DATABASE, TAG, MONITORING, HARDENING, PORTS, READERS[0], READERS[1],
            "moving-tag warning production services.event-api.image docker-compose.production.yml:3:12",
            "source-mount error production services.event-api.volumes docker-compose.production.yml:11:14",
        ]),
    seed("production loads staging's variables", &[FILES])
        .edits(&[(COMPOSE, "    environment:\n", "    env_file: env/staging.env\n    environment:\n")])
        .finds(&[
            MIX_ENV, DATABASE, TAG,
            "parity warning development services.event-api.environment.PERFORMANCE_MONITORING docker-compose.production.yml:9:9",
            "parity warning development services.event-api.environment.SECURITY_HARDENING docker-compose.production.yml:10:9",
            "port-clash note development,production services.event-api.ports docker-compose.production.yml:11:12",
            READERS[0], READERS[1],
            "wrong-env-file error staging,production - docker-compose.production.yml:4:15",
        ]),
];
