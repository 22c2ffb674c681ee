//! Cases of safety-off-in-production, wildcard-cors, plain-http, moving-tag, source-mount and weak-secret.

use super::{Case, DEV, PROD, STAGING, case};

const COMPOSE: &str = "compose.prod.yml";

pub const CASES: &[Case] = &[
    case("safety-off-in-production", "switches of both polarities")
        .files(&[(
            PROD,
            "DISABLE_RATE_LIMITING=true\nMOCK_EXTERNAL_SERVICES=yes\nRATE_LIMIT_ENABLED=false\nNODE_TLS_REJECT_UNAUTHORIZED=0\nPYTHONHTTPSVERIFY=0\nGIT_SSL_NO_VERIFY=1\nHTTP_CLIENT_VERIFY_PEER=false\nAUTH_ENABLED=off\n",
        )])
        .finds(&[
            "safety-off-in-production error production DISABLE_RATE_LIMITING envs/production/.env:1:23",
            "safety-off-in-production error production MOCK_EXTERNAL_SERVICES envs/production/.env:2:24",
            "safety-off-in-production error production RATE_LIMIT_ENABLED envs/production/.env:3:20",
            "safety-off-in-production error production NODE_TLS_REJECT_UNAUTHORIZED envs/production/.env:4:30",
            "safety-off-in-production error production PYTHONHTTPSVERIFY envs/production/.env:5:19",
            "safety-off-in-production error production GIT_SSL_NO_VERIFY envs/production/.env:6:19",
            "safety-off-in-production error production HTTP_CLIENT_VERIFY_PEER envs/production/.env:7:25",
            "safety-off-in-production error production AUTH_ENABLED envs/production/.env:8:14",
        ]),
    case("safety-off-in-production", "a database that is spoken to in the clear, by its URL and by its mode")
        .files(&[(PROD, "DATABASE_URL=postgres://db.example.com/app?a=b&sslmode=disable\nPGSSLMODE=disable\n")])
        .finds(&[
            "safety-off-in-production error production DATABASE_URL envs/production/.env:1:14",
            "safety-off-in-production error production PGSSLMODE envs/production/.env:2:11",
        ]),
    case("safety-off-in-production", "the same outside production")
        .files(&[(DEV, "DISABLE_RATE_LIMITING=true\nMOCK_MAIL=1\n"), (STAGING, "RATE_LIMIT_ENABLED=false\n")]),
    case("safety-off-in-production", "switches that stand right, are turned round, or protect nothing").files(&[(
        PROD,
        "DISABLE_RATE_LIMITING=false\nRATE_LIMIT_ENABLED=true\nDISABLE_MOCKS=true\nMOCK_MAIL=0\nBASIC_AUTH_ENABLED=false\nAUTHOR_ENABLED=false\nNODE_TLS_REJECT_UNAUTHORIZED=1\nA=postgres://localhost/app?sslmode=disable\nHAMMOCKS=true\n",
    )])
    .finds(&["test-target-in-production error production A envs/production/.env:8:3"]),
    case("safety-off-in-production", "doors without a lock, payments that are not taken, and a bare way to the database")
        .files(&[(PROD, "REQUIRE_AUTH=false\nRAILS_FORCE_SSL=false\nRATE_LIMITING=off\nFAKE_PAYMENTS=1\nSTRIPE_TEST_MODE=true\nDB_SSL=false\n")])
        .finds(&[
            "safety-off-in-production error production REQUIRE_AUTH envs/production/.env:1:14",
            "safety-off-in-production error production RAILS_FORCE_SSL envs/production/.env:2:17",
            "safety-off-in-production error production RATE_LIMITING envs/production/.env:3:15",
            "safety-off-in-production error production FAKE_PAYMENTS envs/production/.env:4:15",
            "safety-off-in-production error production STRIPE_TEST_MODE envs/production/.env:5:18",
            "safety-off-in-production error production DB_SSL envs/production/.env:6:8",
        ]),
    case("safety-off-in-production", "the same, turned round or only similar").files(&[(
        PROD,
        "REQUIRE_AUTH=true\nFORCE_SSL=on\nDISABLE_FAKE_PAYMENTS=1\nSTRIPE_TEST_MODE=false\nDB_SSL_SELF_SIGNED=false\nFAKER=1\nRATE_LIMITING_LOG=off\n",
    )]),
    // weak-secret
    case("weak-secret", "known defaults, too short, too few characters, and a short secret that signs")
        .files(&[(
            PROD,
            "DB_PASSWORD=PostgreSQL\nADMIN_PASSWORD=h7k\nAPI_TOKEN=aaaabbbbaaaabbbb\nJWT_SECRET=k3Vb9QxT2m\n",
        )])
        .finds(&[
            "weak-secret error production DB_PASSWORD envs/production/.env:1:13",
            "weak-secret error production ADMIN_PASSWORD envs/production/.env:2:16",
            "weak-secret error production API_TOKEN envs/production/.env:3:11",
            "weak-secret error production JWT_SECRET envs/production/.env:4:12",
        ]),
    case("weak-secret", "the user's name, in a file, in a URL, and in settings beside other users")
        .files(&[
            (PROD, "POSTGRES_USER=orders-app\nPOSTGRES_PASSWORD=orders-app\nCACHE_URL=redis://orders:orders@cache.example.com/0\n"),
            ("config/production.yml", "a:\n  login-username: orders-app\n  login-password: orders-app\n"),
            ("config/development.yml", "a: {}\n"),
        ])
        .finds(&[
            "weak-secret error production a.login-password config/production.yml:3:19",
            "weak-secret error production POSTGRES_PASSWORD envs/production/.env:2:19",
            "weak-secret error production CACHE_URL envs/production/.env:3:11",
        ]),
    case("weak-secret", "a default behind a reference, and a number")
        .files(&[
            ("config/application-prod.yml", "db:\n  password: ${DB_PWD:123456}\n  druid: {login-password: 123456}\n"),
            ("config/application-dev.yml", "db: {password: local}\n"),
        ])
        .finds(&[
            "weak-secret error prod db.password config/application-prod.yml:2:13",
            "weak-secret error prod db.druid.login-password config/application-prod.yml:3:27",
        ]),
    case("weak-secret", "before production anything goes")
        .files(&[(DEV, "DB_PASSWORD=admin\n"), (STAGING, "DB_PASSWORD=postgres\n")]),
    case("weak-secret", "random ones, references, paths, switches and what is stored elsewhere").files(&[
        (
            PROD,
            "DB_PASSWORD=k3Vb9QxT2mZr\nDB_PASSWORD_FILE=/run/secrets/db\nMAIL_PASSWORD=${DB_PASSWORD}\nAUTH_PASSWORD=true\nJWT_SECRET=k3Vb9QxT2mZr7Lq5\nSMTP_PASSWORD=\nTLS_SECRET=/etc/x\n",
        ),
        ("envs/prod-eu/.env", "API_TOKEN=encrypted:abc\n"),
        ("values-prod.yaml", "secrets: {API_TOKEN: API_TOKEN}\npassword: ${REDIS_PWD:}\n"),
        ("values-dev.yaml", "secrets: {API_TOKEN: API_TOKEN}\n"),
    ]),
    case("weak-secret", "numbers of minutes, words for nothing, and names of what fetches secrets").files(&[(
        PROD,
        "TOKEN_EXP=15\nREDIS_PASSWORD=null\nMAIL_PASSWORD=None\nSECRETS_BACKEND=aws\nSECRET_STORE=aws\nAPI_TOKEN=ref+awsssm://a/b\n",
    )]),
    // wildcard-cors
    case("wildcard-cors", "a star, alone and in a list, and a switch")
        .files(&[(PROD, "CORS_ORIGINS=*\nALLOWED_HOSTS=\"a.example.com, *\"\nCORS_ALLOW_ALL_ORIGINS=True\n")])
        .finds(&[
            "wildcard-cors error production CORS_ORIGINS envs/production/.env:1:14",
            "wildcard-cors error production ALLOWED_HOSTS envs/production/.env:2:15",
            "wildcard-cors error production CORS_ALLOW_ALL_ORIGINS envs/production/.env:3:24",
        ]),
    case("wildcard-cors", "in a structured file")
        .files(&[("values-prod.yaml", "web: {allowedOrigins: ['*']}\n"), ("values-dev.yaml", "web: {allowedOrigins: ['*']}\n")])
        .finds(&["wildcard-cors error prod web.allowedOrigins values-prod.yaml:1:23"]),
    case("wildcard-cors", "in development").files(&[(DEV, "CORS_ORIGINS=*\n"), (STAGING, "ALLOWED_HOSTS=*\n")]),
    case("wildcard-cors", "hosts that are listed, and stars that let nobody in").files(&[(
        PROD,
        "CORS_ORIGINS=https://app.example.com\nCORS_ALLOWED_METHODS=*\nCORS_ALLOWED_HEADERS=*\nSCHEDULE=\"* * * * *\"\nALLOWED_HOSTS=*.example.com\n",
    )]),
    // plain-http
    case("plain-http", "a public host, a public address, and one of several")
        .files(&[(PROD, "API=http://api.example.com/v1\nIP=http://198.51.100.7:80\nALL=https://a.example.com,http://b.example.com\n")])
        .finds(&[
            "plain-http warning production API envs/production/.env:1:5",
            "plain-http warning production IP envs/production/.env:2:4",
            "plain-http warning production ALL envs/production/.env:3:5",
        ]),
    case("plain-http", "through a reference")
        .files(&[(PROD, "HOST=api.example.com\nURL=http://${HOST}/\n")])
        .finds(&["plain-http warning production URL envs/production/.env:2:5"]),
    case("plain-http", "hosts that only a private network knows").files(&[(
        PROD,
        "A=http://localhost:3000\nB=http://redis:1\nC=http://api.default.svc.cluster.local\nD=http://x.internal\nE=http://10.0.0.5\nF=http://192.168.1.2\nG=http://[::1]/\nH=http://printer.local\n",
    )])
    .finds(&[
        "test-target-in-production error production A envs/production/.env:1:3",
        "test-target-in-production warning production E envs/production/.env:5:3",
        "test-target-in-production warning production F envs/production/.env:6:3",
        "test-target-in-production error production G envs/production/.env:7:3",
        "test-target-in-production error production H envs/production/.env:8:3",
    ]),
    case("plain-http", "names of schemas, proxies, references and other environments").files(&[
        (DEV, "API=http://api.example.com\n"),
        (PROD, "NS=http://www.w3.org/2001/XMLSchema\nHTTP_PROXY=http://proxy.example.com:3128\nA=https://api.example.com\nB='http://${HOST}.example.com'\n"),
    ]),
    // moving-tag
    case("moving-tag", "latest and no tag at all, in Compose, Helm and variables")
        .files(&[
            (COMPOSE, "services:\n  a: {image: nginx}\n  b: {image: 'quay.io:443/x/y:latest'}\n"),
            ("compose.dev.yml", "services: {}\n"),
            ("values-prod.yaml", "image: {repository: x, tag: latest}\n"),
            ("values-dev.yaml", "image: {repository: x, tag: latest}\n"),
        ])
        .finds(&[
            "moving-tag warning prod services.a.image compose.prod.yml:2:14",
            "moving-tag warning prod services.b.image compose.prod.yml:3:14",
            "moving-tag warning prod image.tag values-prod.yaml:1:29",
        ]),
    case("moving-tag", "in variables")
        .files(&[(PROD, "APP_IMAGE=registry.example.com/app\nIMAGE_TAG=latest\n")])
        .finds(&[
            "moving-tag warning production APP_IMAGE envs/production/.env:1:11",
            "moving-tag warning production IMAGE_TAG envs/production/.env:2:11",
        ]),
    case("moving-tag", "versions, digests, what is built here, and what nobody knows yet").files(&[
        (
            COMPOSE,
            "services:\n  a: {image: 'nginx:1.27'}\n  b: {image: 'x@sha256:918eaada'}\n  c: {image: '${IMAGE}'}\n  d: {image: app, build: .}\n  e: {image: app2, build: {context: .}}\n",
        ),
        ("compose.dev.yml", "services: {}\n"),
    ]),
    case("moving-tag", "pictures, and other environments").files(&[
        (DEV, "APP_IMAGE=x/app:latest\n"),
        (PROD, "HERO_IMAGE=img/hero.png\nCOVER_IMAGE=sunset\nLOGO_IMAGE=https://cdn.example.com/logo\nIMAGE_TAG=v1\n"),
    ]),
    // source-mount
    case("source-mount", "the project itself, and a folder of code: an error in production, a doubt before")
        .files(&[
            (COMPOSE, "services:\n  a:\n    volumes: ['.:/app']\n"),
            ("compose.staging.yml", "services:\n  a:\n    volumes:\n      - data:/data\n      - ./src:/app/src:ro\n"),
        ])
        .finds(&[
            "source-mount warning staging services.a.volumes compose.staging.yml:4:7",
            "source-mount error prod services.a.volumes compose.prod.yml:3:14",
        ]),
    case("source-mount", "a mount that is written as a map")
        .files(&[
            (COMPOSE, "services:\n  a:\n    volumes:\n      - {type: bind, source: ./, target: /app}\n"),
            ("compose.dev.yml", "services: {}\n"),
        ])
        .finds(&["source-mount error prod services.a.volumes compose.prod.yml:4:7"]),
    case("source-mount", "in development").files(&[
        ("compose.dev.yml", "services:\n  a:\n    volumes: ['.:/app']\n"),
        (COMPOSE, "services: {}\n"),
    ]),
    case("source-mount", "settings, certificates and volumes with names").files(&[
        (COMPOSE, "services:\n  a:\n    volumes: ['./nginx.conf:/etc/nginx.conf', './certs:/certs:ro', 'app:/app', /anonymous]\n"),
        ("compose.dev.yml", "services: {}\n"),
    ]),
];
