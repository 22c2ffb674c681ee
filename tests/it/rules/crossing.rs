//! Cases of the rules about what leads from one environment into another.

use super::{Case, DEV, MANIFEST, PROD, STAGING, case};

pub const CASES: &[Case] = &[
    // same-target
    case("same-target", "one database under two users, ports and spellings of the scheme")
        .files(&[
            (DEV, "DATABASE_URL=postgres://dev@db.example.com/app\n"),
            (STAGING, "DATABASE_URL=postgres://stg@db.example.com/app2\n"),
            (PROD, "A=1\nSTORE=postgresql+asyncpg://app@DB.example.com:5432/app?ssl=true\n"),
        ])
        .finds(&["same-target error development,production STORE envs/production/.env:2:7"]),
    case("same-target", "the parts of a place under keys of their own, here and in a URL there")
        .files(&[
            (DEV, "DB_HOST=db.example.com\nDB_NAME=app\n"),
            (STAGING, "DB_HOST=db.example.com\nDB_PORT=5432\nDB_DATABASE=other\nREDIS_HOST=c.example.com\n"),
            (PROD, "DB_NAME=app\nDB_HOST=db.example.com\nCACHE=redis://c.example.com:6379/0\n"),
        ])
        .finds(&[
            "same-target error development,production DB_HOST envs/production/.env:2:9",
            "same-target error staging,production CACHE envs/production/.env:3:7",
        ]),
    case("same-target", "a bucket, and a state key of Terraform")
        .files(&[
            ("envs/dev/backend.hcl", "bucket = \"states\"\nkey = \"app/prod.tfstate\"\n"),
            ("envs/prod/backend.hcl", "bucket = \"states\"\nkey = \"app/prod.tfstate\"\n"),
            ("envs/dev/.env", "S3_BUCKET=acme-uploads\n"),
            ("envs/prod/.env", "UPLOADS=s3://acme-uploads\n"),
        ])
        .finds(&[
            "same-target error dev,prod UPLOADS envs/prod/.env:1:9",
            "same-target error dev,prod key envs/prod/backend.hcl:2:7",
        ]),
    case("same-target", "a bucket that is there for every visitor is at most a doubt")
        .files(&[(STAGING, "S3_BUCKET=acme-public-assets\n"), (PROD, "S3_BUCKET=acme-public-assets\n")])
        .finds(&["same-target warning staging,production S3_BUCKET envs/production/.env:1:11"]),
    case("same-target", "without production it is a warning, and in a base layer it is shared too")
        .files(&[
            (MANIFEST, "[[stack]]\nfiles = [\".env\", \"envs/{env}/.env\"]\n"),
            (".env", "QUEUE=amqp://q.example.com/jobs\n"),
            (DEV, ""),
            (STAGING, ""),
            (PROD, "QUEUE=amqp://q.example.com/live\n"),
        ])
        .finds(&["same-target warning development,staging QUEUE .env:1:7"]),
    case("same-target", "another port, database, index, bucket or state key is another place").files(&[
        (
            DEV,
            "A_URL=postgres://db.example.com/dev\nB=redis://c.example.com/1\nC=s3://acme-a\nDB_HOST=db.example.com\nDB_NAME=x\n",
        ),
        (
            PROD,
            "A_URL=postgres://db.example.com/app\nB=redis://c.example.com/2\nC=s3://acme-b\nDB_HOST=db.example.com\nDB_NAME=y\n",
        ),
        ("envs/development/backend.hcl", "bucket = \"states\"\nkey = \"dev\"\n"),
        ("envs/production/backend.hcl", "bucket = \"states\"\nkey = \"live\"\n"),
    ]),
    case("same-target", "localhost and containers are other machines, and an API is there for everybody").files(&[
        (
            DEV,
            "A=postgres://localhost/app\nB=redis://cache:6379\nAPI=https://api.example.com/v1\nS3_ENDPOINT=http://minio:9000\nS3_BUCKET=uploads\nDB_HOST=127.0.0.1\nDB_NAME=app\n",
        ),
        (
            STAGING,
            "A=postgres://localhost/app\nB=redis://cache:6379\nAPI=https://api.example.com/v1\nS3_ENDPOINT=http://minio:9000\nS3_BUCKET=uploads\nDB_HOST=127.0.0.1\nDB_NAME=app\n",
        ),
    ]),
    case("same-target", "what is declared the same, and two keys of one environment").files(&[
        (MANIFEST, "[keys.REPORTS]\nsame = true\n[keys.A]\n[keys.B]\n"),
        (DEV, "REPORTS=mysql://h.example.com/reports\n"),
        (PROD, "REPORTS=mysql://h.example.com/reports\nA=s3://acme-a\nB=s3://acme-a\n"),
    ]),
    // production-target-outside-production
    case("production-target-outside-production", "another database on production's server, while others have their own")
        .files(&[
            (DEV, "DB_HOST=localhost\nDB_NAME=app\n"),
            (STAGING, "DB_HOST=db.example.com\nDB_NAME=app2\n"),
            (PROD, "DB_HOST=db.example.com\nDB_NAME=app\n"),
        ])
        .finds(&[
            "production-target-outside-production error staging,production DB_HOST envs/staging/.env:1:9",
        ]),
    case("production-target-outside-production", "a host with production's name, even where it is the only one")
        .files(&[
            (DEV, "A=1\nAPI=https://api.prod.example.com/v2\n"),
            (PROD, "API=https://api.prod.example.com/v1\n"),
        ])
        .finds(&[
            "production-target-outside-production error development,production API envs/development/.env:2:5",
        ]),
    case("production-target-outside-production", "production's API, where another environment has its own beside it")
        .files(&[
            (DEV, "API=https://api-dev.example.com\n"),
            (STAGING, "API=https://api.example.com\n"),
            (PROD, "API=https://api.example.com\n"),
        ])
        .finds(&["production-target-outside-production error staging,production API envs/staging/.env:1:5"]),
    case("production-target-outside-production", "a host that all use, one of somebody else, and one of a platform")
        .files(&[
            (
                DEV,
                "METRICS=https://metrics.prod.example.com\nPAY=http://localhost:1\nQ=https://sqs.us-east-1.amazonaws.com\n",
            ),
            (
                STAGING,
                "METRICS=https://metrics.prod.example.com\nPAY=https://pay.example.org\nQ=https://sqs.eu-west-1.amazonaws.com\n",
            ),
            (
                PROD,
                "METRICS=https://metrics.prod.example.com\nPAY=https://pay.example.org\nQ=https://sqs.eu-west-1.amazonaws.com\n",
            ),
        ]),
    case("production-target-outside-production", "the same domain, a shared layer, and what is declared the same").files(&[
        (MANIFEST, "[[stack]]\nfiles = [\".env\", \"envs/{env}/.env\"]\n[keys.DOCS]\nsame = true\n[keys.API]\n[keys.CDN]\n"),
        (".env", "CDN=https://cdn.prod.example.com\n"),
        (DEV, "API=https://dev.example.com\nDOCS=https://docs.prod.example.com\n"),
        (PROD, "API=https://www.example.com\nDOCS=https://docs.prod.example.com\n"),
    ]),
    // names-other-environment
    case("names-other-environment", "staging names production, and production names staging")
        .files(&[
            (STAGING, "APP=https://app-prod.example.com\n"),
            (PROD, "CACHE_HOST=redis-staging\nAPP=https://app.example.com\n"),
        ])
        .finds(&[
            "names-other-environment error staging,production CACHE_HOST envs/production/.env:1:12",
            "names-other-environment error staging,production APP envs/staging/.env:1:5",
        ]),
    case("names-other-environment", "without production it is a warning, and the other environment must exist")
        .files(&[
            (DEV, "TOPIC=orders.staging.v1\nLOGS=/var/log/uat/app\n"),
            (STAGING, "TOPIC=orders.stg.v1\n"),
        ])
        .finds(&["names-other-environment warning development,staging TOPIC envs/development/.env:1:7"]),
    case("names-other-environment", "a secret is judged and not shown, a database's bare name too")
        .files(&[
            (DEV, "A=1\n"),
            ("envs/prod/.env", "POSTGRES_DB=development\nOPENAI_API_KEY=sk-dev-4f9a0c\n"),
        ])
        .finds(&[
            "names-other-environment error development,prod POSTGRES_DB envs/prod/.env:1:13",
            "names-other-environment error development,prod OPENAI_API_KEY envs/prod/.env:2:16",
        ]),
    case("names-other-environment", "production is built from development's folder; staging is built as production is")
        .files(&[
            ("docker-compose.staging.yml", "services:\n  web:\n    build:\n      context: ./web_prod\n      dockerfile: Dockerfile.prod\n"),
            ("docker-compose.prod.yml", "services:\n  web:\n    build: ./web_dev\n"),
        ])
        .finds(&["names-other-environment error prod services.web.build docker-compose.prod.yml:3:12"]),
    case("names-other-environment", "the own name beside it, parts of words, and what all have the same").files(&[
        (
            DEV,
            "A=app-dev.prod-account.example.com\nB=reproduction-1\nC=cluster-production\ncluster=production\n",
        ),
        (
            "envs/production-fwi/.env",
            "A=db.production.example.com\nB=device/product\nC=cluster-production\ncluster=production\n",
        ),
    ]),
    case("names-other-environment", "domains, devices, modes, lists of names, and people who develop").files(&[
        (
            PROD,
            "SITE=https://example.dev/x\nREPO=https://github.com/acme/app/tree/develop\nLOG=/dev/stdout\nNODE_ENV=production\nMODE=dev\nALLOWED_ENVS=dev,staging\nMAIL=dev@example.com\nNOTE='ask the dev team'\n",
        ),
        (DEV, "X=test-live-demo-1\n"),
    ]),
    case("names-other-environment", "a local machine may use what development offers").files(&[
        (DEV, "API=https://api-dev.example.com\n"),
        ("envs/local/.env", "API=https://api-dev.example.com/v2\n"),
        (PROD, "API=https://api.example.com\n"),
    ]),
    case("names-other-environment", "production that repeats development's path on a line of its own is a doubt")
        .files(&[(DEV, "CSV=var/csv_development\nLOG=log/dev.log\n"), (PROD, "CSV=var/csv_development\nLOG=log/prod.log\n")])
        .finds(&["names-other-environment warning development,production CSV envs/production/.env:1:5"]),
    case("names-other-environment", "a line of the base is everybody's").files(&[
        (MANIFEST, "[[stack]]\nfiles = [\".env\", \"envs/{env}/.env\"]\n"),
        (".env", "REGISTRY=registry/dev/tools\n"),
        (DEV, "A=1\n"),
        (PROD, "A=1\n"),
    ]),
    // test-target-in-production
    case("test-target-in-production", "production connects to the machine it runs on")
        .files(&[(
            PROD,
            "DATABASE_URL=postgres://localhost/app\nREDIS_HOST=127.0.0.1\nAPI=http://0.0.0.0:3000\nSMTP_HOST=localhost:25\n",
        )])
        .finds(&[
            "test-target-in-production error production DATABASE_URL envs/production/.env:1:14",
            "test-target-in-production error production REDIS_HOST envs/production/.env:2:12",
            "test-target-in-production error production API envs/production/.env:3:5",
            "test-target-in-production error production SMTP_HOST envs/production/.env:4:11",
        ]),
    case("test-target-in-production", "sandboxes, test hosts, and names that only tests resolve")
        .files(&[(
            PROD,
            "A=https://api.sandbox.example.com\nB=https://apitest.example.net/v1\nC=https://shop.pre.example.com\nD=https://api.example.test\nDB_HOST=mac.local\nE=https://api-eu-sandbox.example.com\nF=https://cert.pay.example.net\n",
        )])
        .finds(&[
            "test-target-in-production error production A envs/production/.env:1:3",
            "test-target-in-production error production B envs/production/.env:2:3",
            "test-target-in-production error production C envs/production/.env:3:3",
            "test-target-in-production error production D envs/production/.env:4:3",
            "test-target-in-production error production DB_HOST envs/production/.env:5:9",
            "test-target-in-production error production E envs/production/.env:6:3",
            "test-target-in-production error production F envs/production/.env:7:3",
        ]),
    case("test-target-in-production", "servers that catch mail, and the developer's own machine")
        .files(&[(PROD, "MAIL_HOST=smtp.mailtrap.io\nSMTP_HOST=mailhog\nDB_HOST=host.docker.internal\nRELAY_HOST=live.smtp.mailtrap.io\n")])
        .finds(&[
            "test-target-in-production error production MAIL_HOST envs/production/.env:1:11",
            "test-target-in-production error production SMTP_HOST envs/production/.env:2:11",
            "test-target-in-production error production DB_HOST envs/production/.env:3:9",
        ]),
    case("test-target-in-production", "a private address is a doubt, not a mistake")
        .files(&[(PROD, "DATABASE_URL=postgres://192.168.1.20/app\nAPI=http://10.0.0.7:8080\n")])
        .finds(&[
            "test-target-in-production warning production DATABASE_URL envs/production/.env:1:14",
            "test-target-in-production warning production API envs/production/.env:2:5",
        ]),
    case("test-target-in-production", "a default that leads to the machine itself is a doubt")
        .files(&[
            ("application-dev.yml", "url: jdbc:mysql://${DB_HOST:localhost}:3306/app\n"),
            ("application-prod.yml", "url: jdbc:mysql://${DB_HOST:localhost}:3306/app\nother: jdbc:mysql://${DB_HOST:db}/${localhost}\n"),
        ])
        .finds(&["test-target-in-production warning prod url application-prod.yml:1:6"]),
    case("test-target-in-production", "addresses to listen at, lists of who may come in, and helpers beside the program").files(&[(
        PROD,
        "HOST=0.0.0.0\nLISTEN_ADDR=127.0.0.1:80\nWEB_HOST=localhost\nALLOWED_HOSTS=localhost,example.com\nCORS_ORIGINS=http://localhost:3000\nOTEL_ENDPOINT=http://localhost:4317\nASPNETCORE_URLS=http://0.0.0.0:80\n",
    )]),
    case("test-target-in-production", "other environments, public hosts, and words that only contain such a label").files(&[
        (DEV, "DATABASE_URL=postgres://localhost/app\nA=https://api.sandbox.example.com\n"),
        (
            PROD,
            "A=https://premium.example.com\nB=https://certificates.example.com\nG=https://codesandbox.example.com\nC=http://db.ns.svc.cluster.local\nD=https://8.8.8.8\nE=https://example.com/sandbox\n",
        ),
    ]),
    // test-key-in-production
    case("test-key-in-production", "keys that their issuers mark for tests")
        .files(&[(
            PROD,
            "STRIPE=sk_test_4f9a0c7d2b61\nRAZORPAY_KEY_ID=rzp_test_9Qx7Lm2Vb4\nMOLLIE_API_KEY=test_9Qx7Lm2Vb4Zt\n",
        )])
        .finds(&[
            "test-key-in-production error production STRIPE envs/production/.env:1:8",
            "test-key-in-production error production RAZORPAY_KEY_ID envs/production/.env:2:17",
            "test-key-in-production error production MOLLIE_API_KEY envs/production/.env:3:16",
        ]),
    case("test-key-in-production", "a setting, and a captcha that lets everybody pass")
        .files(&[(
            "values-prod.yaml",
            "pay:\n  square: sandbox-sq0idb-9Qx7Lm2Vb4\ncaptcha: 1x00000000000000000000AA\n",
        )])
        .finds(&[
            "test-key-in-production error prod pay.square values-prod.yaml:2:11",
            "test-key-in-production error prod captcha values-prod.yaml:3:10",
        ]),
    case("test-key-in-production", "live keys in production, test keys elsewhere").files(&[
        (STAGING, "STRIPE=sk_test_4f9a0c7d2b61\n"),
        (PROD, "STRIPE=sk_live_4f9a0c7d2b61\n"),
    ]),
    case("test-key-in-production", "words that begin like a key").files(&[(
        PROD,
        "TABLE=test_warehouse_orders\nPREFIX=sk_test_\nTASK=task_test_runner\n",
    )]),
    // live-key-outside-production
    case("live-key-outside-production", "a key of the issuer's live mode, wherever people try things")
        .files(&[
            (DEV, "STRIPE=sk_live_4f9a0c7d2b61\n"),
            (STAGING, "A=1\nPUBLIC=pk_live_9Qx7Lm2Vb4Zt\n"),
            (PROD, "STRIPE=sk_live_77aa0c7d2b61\n"),
        ])
        .finds(&[
            "live-key-outside-production error development STRIPE envs/development/.env:1:8",
            "live-key-outside-production error staging PUBLIC envs/staging/.env:2:8",
        ]),
    case("live-key-outside-production", "an ordinary beginning under its issuer's name")
        .files(&[("values-dev.yaml", "mollie:\n  apiKey: live_9Qx7Lm2Vb4Zt\n")])
        .finds(&["live-key-outside-production error dev mollie.apiKey values-dev.yaml:2:11"]),
    case("live-key-outside-production", "live keys in production, and stand-ins elsewhere").files(&[
        (DEV, "STRIPE=sk_live_xxxxxxxxxxxxxxxx\nSTREAM=live_channel_of_all\n"),
        (PROD, "STRIPE=sk_live_4f9a0c7d2b61\n"),
    ]),
    case("live-key-outside-production", "secrets are not judged with the structure")
        .files(&[(DEV, "STRIPE_SECRET_KEY=sk_live_4f9a0c7d2b61\n"), (PROD, "A=1\n")])
        .args("--phase structure"),
];
