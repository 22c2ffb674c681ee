# envctl's hook for bash 3.2 and later; in ~/.bashrc: eval "$(envctl hook bash)"

_envctl_seen='' _envctl_key='' _envctl_file='' _envctl_content='' _envctl_until='' _envctl_said='' _envctl_ended=''

# What decides beside the file of the selection; envctl replaces it by one that knows the project's own variables.
_envctl_look() { _envctl_key=$PWD; }

# Seconds since 1970, without a process.
if ((BASH_VERSINFO[0] >= 5)); then
  _envctl_clock() { _envctl_time=$EPOCHSECONDS; }
elif printf -v _envctl_time '%(%s)T' -1 2> /dev/null; then
  _envctl_clock() { printf -v _envctl_time '%(%s)T' -1; }
else
  _envctl_start=$(($(date +%s) - SECONDS))
  _envctl_clock() { _envctl_time=$((_envctl_start + SECONDS)); }
fi

_envctl_is_over() {
  _envctl_clock
  ((_envctl_time >= _envctl_until))
}

_envctl_refresh() {
  local _envctl_out
  # shellcheck disable=SC2034  # they are read by the prompt
  ENVCTL_PROMPT='' ENVCTL_PROMPT_COLOR='' _envctl_file='' _envctl_content='' _envctl_until='' _envctl_said='' _envctl_ended=''
  _envctl_out=$(command envctl prompt --hook bash 2> /dev/null) || _envctl_out=''
  if [[ $_envctl_out == ENVCTL_PROMPT=* ]]; then eval "$_envctl_out"; fi
  if [[ -n $_envctl_ended ]]; then unset ENVCTL_ENV ENVCTL_ENV_PROJECT ENVCTL_ENV_UNTIL; fi
  if [[ -n $_envctl_said ]]; then printf 'envctl: %s\n' "$_envctl_said" >&2; fi
  _envctl_look
  _envctl_seen=$_envctl_key$_envctl_content
}

# Before each prompt; its status is the one that it found, for the hooks behind it.
_envctl_hook() {
  local _envctl_status=$? REPLY=''
  _envctl_look
  # The time of the switch is in the beginning. At a pipe in place of the file, read would wait.
  if [[ -f $_envctl_file && -r $_envctl_file ]]; then read -r -d '' -n 256 < "$_envctl_file" || :; fi
  if [[ $_envctl_key$REPLY != "$_envctl_seen" ]] || { [[ -n $_envctl_until ]] && _envctl_is_over; }; then
    _envctl_refresh
  fi
  # With errexit, a status that is not 0 would end the shell here.
  [[ $- == *e* ]] || return "$_envctl_status"
}

# envctl itself; what it did, the next prompt shows, and `switch --shell` selects for this shell.
function envctl {
  _envctl_seen=''
  local _envctl_word _envctl_switch='' _envctl_out _envctl_code=0
  for _envctl_word in "$@"; do
    case $_envctl_word in
      --) break ;;
      switch) _envctl_switch=1 ;;
      --shell)
        [[ -n $_envctl_switch ]] || continue
        _envctl_out=$(ENVCTL_SHELL=bash command envctl "$@") || _envctl_code=$?
        if [[ $_envctl_out == '# envctl switch --shell'* ]]; then
          eval "$_envctl_out"
        elif [[ -n $_envctl_out ]]; then
          printf '%s\n' "$_envctl_out"
        fi
        return "$_envctl_code"
        ;;
    esac
  done
  command envctl "$@"
}

# Set as a text, it is the first item where PROMPT_COMMAND is an array.
case ${PROMPT_COMMAND[*]-} in
  *_envctl_hook*) ;;
  *) PROMPT_COMMAND="_envctl_hook${PROMPT_COMMAND:+;$PROMPT_COMMAND}" ;;
esac


# Completion, as the library writes it.
# shellcheck disable=SC2181,SC2207
