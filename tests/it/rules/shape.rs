//! Cases of parse-error, duplicate-key, wrong-type and not-allowed-value. The table of all types is in `types`.

use super::{Case, DEV, MANIFEST, PROD, STAGING, TEST, case};

const BASED: &str = "[[stack]]\nfiles = [\".env\", \"envs/{env}/.env\"]\n";

const LEVELS: &str = "[keys.LEVEL]\ntype = \"enum\"\nvalues = [\"debug\", \"info\"]\n[keys.LEVEL.in.production]\nvalues = [\"info\"]\n[keys.LEVEL.in.prod-eu]\nvalues = [\"info\", \"debug\"]\n";

pub const CASES: &[Case] = &[
    case("duplicate-key", "a map that is set again, in a file and as a section, is told once with what wins")
        .files(&[
            ("values-dev.yaml", "a:\n  b: 1\nc: 1\na:\n  d: 2\n"),
            ("values-prod.yaml", "a:\n  d: 2\n"),
            ("config/app.yml", "dev:\n  x: 1\nprod:\n  x: 1\ndev:\n  y: 1\n"),
        ])
        .finds(&["duplicate-key warning dev dev config/app.yml:1:1", "duplicate-key warning dev a values-dev.yaml:1:1"]),
    case("duplicate-key", "the same key in two documents, or in two maps of a list")
        .files(&[
            ("values-dev.yaml", "a: [{b: 1}, {b: 2}]\nc: 1\n---\nc: 1\n"),
            ("values-prod.yaml", "a: [{b: 3}]\n"),
        ]),
    case("parse-error", "every broken line is told, and the lines between are read")
        .files(&[
            (MANIFEST, "[keys.A]\nrequired = true\n[keys.Z]\nrequired = true\n"),
            (DEV, "A=1\nnonsense\nB='open\nC=`x`\nD=\"x\" y\nE=${-}\nZ=1\n"),
        ])
        .finds(&[
            "parse-error error development - envs/development/.env:2:1",
            "parse-error error development - envs/development/.env:3:3",
            "parse-error error development - envs/development/.env:4:3",
            "parse-error error development - envs/development/.env:5:7",
            "parse-error error development - envs/development/.env:6:3",
        ]),
    case("parse-error", "a broken example file is a doubt, told once")
        .files(&[(".env.example", "A=1\nB='open\n"), (".env.dev", "A=1\n"), (".env.prod", "A=2\n")])
        .finds(&["parse-error warning dev,prod - .env.example:2:3"]),
    case("parse-error", "a broken env.toml is one finding with its place")
        .files(&[(DEV, "A=1\n"), ("envs/development/env.toml", "tier = \"test\"\n[vars]\nA =\n")])
        .finds(&["parse-error error development - envs/development/env.toml:3:4"]),
    case("parse-error", "an unknown key of env.toml is an error")
        .files(&[("envs/development/env.toml", "teir = \"test\"\n")])
        .finds(&["parse-error error development - envs/development/env.toml:1:1"]),
    case("parse-error", "a broken base layer is told once, for all that stand on it")
        .files(&[(MANIFEST, BASED), (".env", "oops\n"), (DEV, ""), (PROD, "")])
        .finds(&["parse-error error development,production - .env:1:1"]),
    case("parse-error", "a file with a NUL byte is no text")
        .files(&[(DEV, "A=1\nB=\0\n")])
        .finds(&["parse-error error development - envs/development/.env:2:3"]),
    case("parse-error", "an heir of nobody, and heirs in a circle")
        .files(&[
            ("envs/development/env.toml", "inherits = \"nobody\"\n"),
            ("envs/test/env.toml", "inherits = \"staging\"\n"),
            ("envs/staging/env.toml", "\ninherits = \"test\"\n"),
        ])
        .finds(&[
            "parse-error error development - envs/development/env.toml:1:12",
            "parse-error error test - envs/test/env.toml:1:12",
            "parse-error error staging - envs/staging/env.toml:2:12",
        ]),
    case("parse-error", "a file that no format knows, in a stack")
        .files(&[(MANIFEST, "[[stack]]\nfiles = [\"{env}.xyz\"]\n"), ("production.xyz", "x")])
        .finds(&["parse-error error production - production.xyz:-:-"]),
    case("parse-error", "everything that the dialect knows is read").files(&[(
        DEV,
        "\u{feff}# comment\r\nexport A=1\r\n\nB = 'x # y' # z\nC=\"a\nb\"\nD: yaml\nE=\na.b-c=1\n_=x y z\n",
    )]),
    case("parse-error", "a file that is empty, and a file that is not there")
        .files(&[(DEV, ""), ("envs/production/env.toml", "")]),
    case("parse-error", "a broken file that is ignored")
        .files(&[(MANIFEST, "[project]\nignore = [\"envs/*/.env.local\"]\n"), (DEV, ""), ("envs/development/.env.local", "oops\n")]),
    // duplicate-key
    case("duplicate-key", "a key that is set twice in one file")
        .files(&[(DEV, "A=1\nB=2\nA=1\n")])
        .finds(&["duplicate-key warning development A envs/development/.env:3:1"]),
    case("duplicate-key", "a key that is set three times has one line that wins")
        .files(&[(PROD, "A=1\nexport A=2\n A=3\n")])
        .finds(&["duplicate-key warning production A envs/production/.env:3:2"]),
    case("duplicate-key", "a key that is set twice in a base layer is told once")
        .files(&[(MANIFEST, BASED), (".env", "A=1\nA=2\n"), (DEV, ""), (PROD, "A=3\n")])
        .finds(&["duplicate-key warning development,production A .env:2:1"]),
    case("duplicate-key", "a higher layer may set a key again").files(&[
        ("envs/development/env.toml", "[vars]\nA = 0\n"),
        (DEV, "A=1\n"),
        ("envs/development/.env.local", "A=2\n"),
        (PROD, "A=3\n"),
    ]),
    case("duplicate-key", "keys that differ in case, and a comment, are others")
        .files(&[(DEV, "A=1\na=2\n#A=3\nB='\nA=4\n'\n")])
        .finds(&["case-twin warning development a envs/development/.env:2:1"]),
    // case-twin
    case("case-twin", "keys of one file that differ only in case are told at the last")
        .files(&[(DEV, "Api_Url=1\nB=2\nexport api_url=1\n  API_URL=3\n"), (PROD, "b=1\n")])
        .finds(&["case-twin warning development API_URL envs/development/.env:4:3"]),
    case("case-twin", "keys of two layers that differ only in case are told in the higher one")
        .files(&[
            ("envs/production/env.toml", "[vars]\nport = 1\n"),
            (PROD, "PORT=1\n"),
            (DEV, "log=x\n"),
            ("envs/development/.env.local", "A=1\nLog=y\n"),
        ])
        .finds(&[
            "case-twin warning development Log envs/development/.env.local:2:1",
            "case-twin warning production PORT envs/production/.env:1:1",
        ]),
    case("case-twin", "keys of a base layer are told once, for all that stand on it")
        .files(&[(MANIFEST, BASED), (".env", "A=1\na=1\n"), (DEV, ""), (PROD, "")])
        .finds(&["case-twin warning development,production a .env:2:1"]),
    case("case-twin", "keys of two environments, and of two stacks, may differ in case").files(&[
        (MANIFEST, "[[stack]]\nfiles = [\"web/{env}.env\"]\n"),
        (DEV, "A=1\n"),
        ("web/development.env", "a=1\n"),
        (PROD, "a=1\n"),
    ]),
    case("case-twin", "keys that differ in more than case").files(&[(DEV, "API_URL=1\napi_uri=2\nApi-Url=3\n")]),
    case("case-twin", "the names of proxies, which are set in both cases").files(&[(
        DEV,
        "http_proxy=http://p:1\nHTTP_PROXY=http://p:1\nhttps_proxy=http://p:1\nHTTPS_PROXY=http://p:1\nno_proxy=a.test\nNO_PROXY=a.test\nall_proxy=\nALL_PROXY=\nftp_proxy=\nFTP_PROXY=\n",
    )]),
    case("case-twin", "a proxy in a third spelling")
        .files(&[(DEV, "http_proxy=http://p:1\nHttp_Proxy=http://p:2\n")])
        .finds(&["case-twin warning development Http_Proxy envs/development/.env:2:1"]),
    // wrong-type
    case("wrong-type", "a value that is not of its type, and an override's type")
        .files(&[
            (MANIFEST, "[keys.PORT]\ntype = \"port\"\n[keys.PORT.in.test]\ntype = \"bool\"\n"),
            (DEV, "PORT=80a\n"),
            (TEST, "PORT=80\n"),
            (PROD, "PORT=80\n"),
        ])
        .finds(&[
            "wrong-type error development PORT envs/development/.env:1:6",
            "wrong-type error test PORT envs/test/.env:1:6",
        ]),
    case("wrong-type", "what a reference becomes is judged")
        .files(&[
            (MANIFEST, "[keys.HOST]\n[keys.URL]\ntype = \"url\"\n"),
            (DEV, "HOST=a b\nURL=https://${HOST}/\n"),
            (PROD, "HOST=a.example.com\nURL=https://${HOST}/\n"),
        ])
        .finds(&["wrong-type error development URL envs/development/.env:2:5"]),
    case("wrong-type", "a list that is separated by something else")
        .files(&[
            (MANIFEST, "[keys.HOSTS]\ntype = \"list\"\nseparator = \";\"\n"),
            (DEV, "HOSTS=a;;b\n"),
            (PROD, "HOSTS=a,,b;c\n"),
        ])
        .finds(&["wrong-type error development HOSTS envs/development/.env:1:7"]),
    case("wrong-type", "a folder that does not exist, also where one environment alone asks")
        .files(&[
            (MANIFEST, "[keys.DATA]\n[keys.DATA.in.test]\ntype = \"dir\"\n[keys.LOGS]\ntype = \"dir\"\n"),
            (DEV, "DATA=nowhere\nLOGS=envs/development\n"),
            (TEST, "DATA=nowhere\nLOGS=envs/test/.env\n"),
        ])
        .finds(&[
            "wrong-type error test DATA envs/test/.env:1:6",
            "wrong-type error test LOGS envs/test/.env:2:6",
        ]),
    case("wrong-type", "emptiness is another rule's business")
        .files(&[(MANIFEST, "[keys.PORT]\ntype = \"port\"\n"), (DEV, "PORT=\n")]),
    case("wrong-type", "a value that loses is not judged").files(&[
        (MANIFEST, "[keys.PORT]\ntype = \"port\"\n"),
        (DEV, "PORT=x\nexport OTHER=1\n"),
        ("envs/development/.env.local", "PORT=80\n"),
    ])
    .finds(&["unknown-key warning development OTHER envs/development/.env:2:8"]),
    case("wrong-type", "a secret of a wrong type is not judged with the structure")
        .files(&[(MANIFEST, "[keys.PIN]\ntype = \"int\"\nsecret = true\n"), (DEV, "PIN=x\n")])
        .args("--phase structure"),
    // not-allowed-value
    case("not-allowed-value", "an override for the tier, and one for the name, which beats it")
        .files(&[
            (MANIFEST, LEVELS),
            (DEV, "LEVEL=debug\n"),
            (STAGING, "LEVEL=trace\n"),
            ("envs/prod-eu/.env", "LEVEL=info\n"),
            ("envs/prod-us/.env", "LEVEL=warn\n"),
        ])
        .finds(&[
            "not-allowed-value error staging LEVEL envs/staging/.env:1:7",
            "not-allowed-value error prod-us LEVEL envs/prod-us/.env:1:7",
        ]),
    case("not-allowed-value", "an override replaces what it sets and leaves the rest")
        .files(&[
            (MANIFEST, "[keys.N]\nmin = 5\nmax = 10\n[keys.N.in.production]\nmin = 1\n"),
            (DEV, "N=1\n"),
            (STAGING, "N=11\n"),
            (PROD, "N=11\n"),
        ])
        .finds(&[
            "not-allowed-value error development N envs/development/.env:1:3",
            "not-allowed-value error staging N envs/staging/.env:1:3",
            "not-allowed-value error production N envs/production/.env:1:3",
        ]),
    case("not-allowed-value", "the environment's name stands for {env}")
        .files(&[
            (MANIFEST, "[keys.BUCKET]\nprefix = \"{env}-\"\n[keys.TABLE]\npattern = \"^app_{env}$\"\n[keys.QUEUE]\nsuffix = \".{env}\"\n"),
            (DEV, "BUCKET=development-a\nTABLE=app_development\nQUEUE=q.development\n"),
            (PROD, "BUCKET=development-a\nTABLE=app_productionx\nQUEUE=q.prod\n"),
        ])
        .finds(&[
            "not-allowed-value error production BUCKET envs/production/.env:1:8",
            "same-target error development,production BUCKET envs/production/.env:1:8",
            "not-allowed-value error production TABLE envs/production/.env:2:7",
            "not-allowed-value error production QUEUE envs/production/.env:3:7",
        ]),
    case("not-allowed-value", "each constraint that is broken is told")
        .files(&[
            (MANIFEST, "[keys.CODE]\nmin-len = 3\nprefix = \"x\"\npattern = '\\d'\n"),
            (PROD, "CODE=ab\n"),
        ])
        .finds(&[
            "not-allowed-value error production CODE envs/production/.env:1:6",
            "not-allowed-value error production CODE envs/production/.env:1:6",
            "not-allowed-value error production CODE envs/production/.env:1:6",
        ]),
    case("not-allowed-value", "the name beats the tier in whichever order they stand").files(&[
        (MANIFEST, LEVELS),
        ("envs/prod-eu/.env", "LEVEL=debug\n"),
        ("envs/prod-us/.env", "LEVEL=info\n"),
    ]),
    case("not-allowed-value", "the name beats the tier, the other order").files(&[
        (MANIFEST, "[keys.N]\n[keys.N.in.a-prod]\nmax = 9\n[keys.N.in.production]\nmax = 1\n[keys.N.in.z-prod]\nmax = 9\n"),
        ("envs/a-prod/.env", "N=5\n"),
        ("envs/z-prod/.env", "N=5\n"),
    ]),
    case("not-allowed-value", "what is of a wrong type is told once")
        .files(&[
            (MANIFEST, "[keys.N]\ntype = \"int\"\nmin = 3\n[keys.U]\ntype = \"url\"\nschemes = [\"https\"]\n"),
            (DEV, "N=x\nU=x\n"),
        ])
        .finds(&[
            "wrong-type error development N envs/development/.env:1:3",
            "wrong-type error development U envs/development/.env:2:3",
        ]),
];
