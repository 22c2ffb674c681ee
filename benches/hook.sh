#!/usr/bin/env bash
# What the hook costs at each prompt of bash while nothing changes: `benches/hook.sh [ENVCTL]`, in microseconds.
# Prints the processor's time of one prompt, the mean of 10,000, three times, and beside it that of an empty function.
set -eu
binary=$(realpath "${1:-target/release/envctl}")
work=$(mktemp -d)
trap 'rm -r "$work"' EXIT
mkdir "$work/bin" "$work/shop" "$work/shop/envs" "$work/shop/envs/dev" "$work/shop/envs/staging"
ln -s "$binary" "$work/bin/envctl"
printf 'A=1\n' | tee "$work/shop/envs/dev/.env" > "$work/shop/envs/staging/.env"
printf '[project]\nselector = ["APP_ENV"]\n' > "$work/shop/envctl.toml"
export HOME=$work PATH=$work/bin:$PATH
cd "$work/shop"
envctl switch staging -q > /dev/null
eval "$(envctl hook bash)"
_envctl_hook
nothing() { :; }

mean() {
  local i TIMEFORMAT='%3U %3S'
  { time for ((i = 0; i < 10000; i++)); do "$1"; done; } 2>&1
}

for _ in 1 2 3; do
  read -r user system < <(mean _envctl_hook)
  read -r idle rest < <(mean nothing)
  awk -v "h=$user" -v "s=$system" -v "n=$idle" -v "r=$rest" \
    'BEGIN { printf "hook %.1f µs, a function that does nothing %.1f µs\n", (h + s) * 100, (n + r) * 100 }'
done
[[ $ENVCTL_PROMPT == staging ]]
