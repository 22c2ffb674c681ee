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
            "same-target error dev,prod bucket envs/prod/backend.hcl:1:10",
        ]),
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
            PROD,
            "A=postgres://localhost/app\nB=redis://cache:6379\nAPI=https://api.example.com/v1\nS3_ENDPOINT=http://minio:9000\nS3_BUCKET=uploads\nDB_HOST=127.0.0.1\nDB_NAME=app\n",
        ),
    ]),
    case("same-target", "what is declared the same, and two keys of one environment").files(&[
        (MANIFEST, "[keys.REPORTS]\nsame = true\n[keys.A]\n[keys.B]\n"),
        (DEV, "REPORTS=mysql://h.example.com/reports\n"),
        (PROD, "REPORTS=mysql://h.example.com/reports\nA=s3://acme-a\nB=s3://acme-a\n"),
    ]),
];
