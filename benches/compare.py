#!/usr/bin/env python3
"""Times whole processes against each other: see README.md beside this file."""

import argparse
import os
import random
import shutil
import statistics
import struct
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SEED = 20
WARM_UP = 10
ROOT = Path(__file__).resolve().parent.parent

# Realistic keys: where they come from, what they end in, and a value for the ending.
PARTS = "DB API CACHE QUEUE MAIL AUTH LOG SEARCH BILLING STORAGE REDIS HTTP METRICS SESSION WEBHOOK".split()
ENDINGS = {
    "PORT": lambda r, env: str(r.randrange(1024, 65536)),
    "TIMEOUT": lambda r, env: str(r.randrange(1, 600)),
    "ENABLED": lambda r, env: r.choice(["true", "false"]),
    "HOST": lambda r, env: f"host{r.randrange(10**6)}.{env}.example.com",
    "URL": lambda r, env: f"https://svc{r.randrange(10**6)}.{env}.example.com/v1/items?page={r.randrange(99)}",
    "NAME": lambda r, env: f'"the name of number {r.randrange(10**9)}"',
    "LABEL": lambda r, env: f"'label {r.randrange(10**9)}'  # shown to people",
    "TOKEN": lambda r, env: f"{r.getrandbits(128):032x}",
}
TYPES = {"PORT": "port", "TIMEOUT": "int", "ENABLED": "bool", "HOST": "host", "URL": "url"}


def keys(count):
    """The keys, the same in every environment."""
    chooser = random.Random(SEED)
    return [f"{chooser.choice(PARTS)}_{chooser.choice(list(ENDINGS))}_{i}" for i in range(count)]


def ending(key):
    return key.split("_")[1]


def dotenv(environment, names):
    """A file as people write them: sections, comments, quotes, URLs."""
    chooser = random.Random(f"{SEED} {environment}")
    lines = []
    for i, key in enumerate(names):
        if i % 10 == 0:
            lines.append(f"\n# Section {i // 10}: what the next keys are about.")
        lines.append(f"{key}={ENDINGS[ending(key)](chooser, environment)}")
    return "\n".join(lines).lstrip("\n") + "\n"


def manifest(names):
    """Every key declared: required, with its type and a sentence."""
    tables = ['[project]\nname = "bench"\n']
    for key in names:
        kind = TYPES.get(ending(key), "string")
        tables.append(f'[keys.{key}]\nrequired = true\ntype = "{kind}"\nhelp = "Ask who runs it"\n')
    return "\n".join(tables)


def project(folder, tiers, names, declared=()):
    """A project in the natural layout; `tiers` maps environments to theirs. Gives the files of values."""
    files = []
    for environment, tier in tiers.items():
        home = folder / "envs" / environment
        home.mkdir(parents=True)
        (home / "env.toml").write_text(f'description = "Generated"\ntier = "{tier}"\n')
        files.append(home / ".env")
        files[-1].write_text(dotenv(environment, names))
    (folder / ".git").mkdir()
    if declared:
        (folder / "envctl.toml").write_text(manifest(declared))
    return [str(file) for file in files]


def run(command, environment):
    """Runs a command to its end, its output thrown away; gives seconds and exit code."""
    null = os.open(os.devnull, os.O_RDWR)
    actions = [(os.POSIX_SPAWN_DUP2, null, fd) for fd in (0, 1, 2)]
    start = time.perf_counter()
    pid = os.posix_spawn(command[0], command, environment, file_actions=actions)
    _, status = os.waitpid(pid, 0)
    seconds = time.perf_counter() - start
    os.close(null)
    return seconds, os.waitstatus_to_exitcode(status)


def interleaved(commands, runs):
    """The median seconds of each command, run in turns: A B A B …"""
    commands = [[shutil.which(command[0]) or command[0], *command[1:]] for command in commands]
    environment = {"PATH": os.environ.get("PATH", ""), "HOME": tempfile.gettempdir(), "LC_ALL": "C"}
    times = [[] for _ in commands]
    for turn in range(WARM_UP + runs):
        for command, mine in zip(commands, times):
            seconds, code = run(command, environment)
            if code not in (0, 1):
                sys.exit(f"{' '.join(command)} ended with {code}")
            if turn >= WARM_UP:
                mine.append(seconds)
    return [statistics.median(mine) for mine in times]


def linkage(binary):
    """`glibc` for a program with an interpreter (the dynamic loader), `musl` for a static one."""
    with open(binary, "rb") as file:
        head = file.read(64)
        if head[:5] != b"\x7fELF\x02":
            return "glibc"
        offset, = struct.unpack_from("<Q", head, 0x20)
        size, count = struct.unpack_from("<HH", head, 0x36)
        file.seek(offset)
        table = file.read(size * count)
    kinds = [struct.unpack_from("<I", table, size * i)[0] for i in range(count)]
    return "glibc" if 3 in kinds else "musl"


def validate_small(folder, binary):
    names = keys(20)
    project(folder, {tier: tier for tier in ("development", "staging", "production")}, names, names)
    return [binary, "-C", str(folder), "validate"], ["/bin/true"]


def validate_large(folder, binary):
    files = project(folder, {f"env{i:02}": "staging" for i in range(50)}, keys(1000))
    return [binary, "-C", str(folder), "validate"], ["dotenv-linter", "check", *files]


def diff(folder, binary):
    files = project(folder, {tier: tier for tier in ("staging", "production")}, keys(1000))
    return [binary, "-C", str(folder), "diff", "staging", "production"], ["diff", *files]


def selected(folder):
    """The small project in a repository, with staging selected by `switch`."""
    names = keys(20)
    project(folder, {tier: tier for tier in ("development", "staging", "production")}, names, names)
    (folder / ".git").rmdir()
    (folder / ".gitignore").write_text("*.tmp\n")
    who = ["-c", "user.name=bench", "-c", "user.email=bench@example.com"]
    for command in (["init", "-q"], ["add", "-A"], [*who, "commit", "-q", "-m", "Generated"]):
        subprocess.run(["git", *command], cwd=folder, check=True)


def at_prompt(command):
    def prepare(folder, binary):
        selected(folder)
        subprocess.run([binary, "-C", folder, "switch", "staging"], check=True, capture_output=True)
        os.chdir(folder)  # options would leave the quick way, and a prompt has none
        return [binary, command], ["/bin/true"]
    return prepare


def by_default(folder, binary):
    selected(folder)
    text = (folder / "envctl.toml").read_text()
    (folder / "envctl.toml").write_text(text.replace("[project]\n", '[project]\ndefault = "development"\n'))
    os.chdir(folder)
    return [binary, "prompt"], ["/bin/true"]


def context(folder, binary):
    selected(folder)
    os.chdir(folder)
    return [binary, "context", "--stdout"], ["git", "status", "--porcelain"]


# What is measured: a name, how to set it up, and the ratios (must, aim) for each linkage: DESIGN §11.
BENCHMARKS = {
    "validate": ("3 environments x 20 keys", validate_small, {"musl": (0.8, 0.4), "glibc": (1.8, 1.5)}),
    "diff": ("2 x 1,000 keys", diff, {"musl": (1.0, 0.6), "glibc": (1.8, 1.2)}),
    "prompt": ("selected by switch", at_prompt("prompt"), {"musl": (0.3, 0.25), "glibc": (1.4, 1.35)}),
    "current": ("selected by switch", at_prompt("current"), {"musl": (0.3, 0.25), "glibc": (1.4, 1.35)}),
    "prompt-default": ("default of the manifest", by_default, {"musl": (0.4, 0.3), "glibc": (1.5, 1.4)}),
    "context": ("small repository", context, {"musl": (0.8, 0.6), "glibc": (1.2, 1.0)}),
    "validate-large": ("50 x 1,000 keys", validate_large, {"musl": (0.25, 0.1), "glibc": (0.25, 0.1)}),
}


def benchmark(name, args):
    """Measures one; prints a line; says whether what must hold does."""
    title, prepare, figures = BENCHMARKS[name]
    must, aim = figures[args.linkage or linkage(args.binary)]
    with tempfile.TemporaryDirectory() as folder:
        command, reference = prepare(Path(folder), args.binary)
        what = f"{name:15} {title:25}"
        runs = args.runs if name != "validate-large" else max(args.runs // 10, 5)
        if not shutil.which(reference[0]):
            mine, = interleaved([command], runs)
            print(f"{what} {mine * 1e3:8.2f} ms   no ratio: {reference[0]} is not installed")
            return True
        mine, theirs = interleaved([command, reference], runs)
        os.chdir(ROOT)
    ratio = mine / theirs
    verdict = "TOO SLOW" if ratio > must else "holds" if ratio > aim else "aim reached"
    print(f"{what} {mine * 1e3:8.2f} ms   {reference[0]} {theirs * 1e3:.2f} ms   "
          f"ratio {ratio:.2f}   must {must} aim {aim}   {verdict}")
    return ratio <= must


def arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"what to measure: {', '.join(BENCHMARKS)}; default: all")
    parser.add_argument("--binary", default=str(ROOT / "target/release/envctl"), help="the envctl to measure")
    parser.add_argument("--runs", type=int, default=300, metavar="N", help="timed runs of each (default: 300)")
    parser.add_argument("--linkage", choices=["musl", "glibc"], help="whose figures count; default: what the binary is")
    parser.add_argument("--commands", nargs=2, metavar=("A", "B"), help="only compare two command lines, split at blanks")
    args = parser.parse_args()
    unknown = [name for name in args.names if name not in BENCHMARKS]
    if unknown:
        parser.error(f"no benchmark is called {unknown[0]}")
    return args


def main():
    args = arguments()
    if args.commands:
        first, second = interleaved([line.split() for line in args.commands], args.runs)
        print(f"{first * 1e3:.2f} ms   {second * 1e3:.2f} ms   ratio {first / second:.2f}")
        return 0
    if not os.access(args.binary, os.X_OK):
        sys.exit(f"{args.binary} is missing: cargo build --release, or --binary PATH")
    args.binary = os.path.abspath(args.binary)
    version = subprocess.run([args.binary, "--version"], capture_output=True, text=True, check=True).stdout.strip()
    print(f"{version}, {linkage(args.binary)}, medians of {args.runs} interleaved runs")
    results = [benchmark(name, args) for name in args.names or BENCHMARKS]
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main())
