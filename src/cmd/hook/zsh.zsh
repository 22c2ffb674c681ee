# envctl's hook for zsh; in ~/.zshrc: eval "$(envctl hook zsh)"

typeset -g ENVCTL_PROMPT='' ENVCTL_PROMPT_COLOR='' _envctl_seen='' _envctl_key='' _envctl_file='' _envctl_content=''
typeset -g _envctl_until='' _envctl_said='' _envctl_ended=''
zmodload zsh/system 2> /dev/null

# What decides beside the file of the selection; envctl replaces it by one that knows the project's own variables.
_envctl_look() { _envctl_key=$PWD; }

_envctl_refresh() {
  local _envctl_out
  ENVCTL_PROMPT='' ENVCTL_PROMPT_COLOR='' _envctl_file='' _envctl_content='' _envctl_until='' _envctl_said='' _envctl_ended=''
  _envctl_out=$(command envctl prompt --hook zsh 2> /dev/null) || _envctl_out=''
  if [[ $_envctl_out == ENVCTL_PROMPT=* ]]; then eval "$_envctl_out"; fi
  if [[ -n $_envctl_ended ]]; then unset ENVCTL_ENV ENVCTL_ENV_PROJECT ENVCTL_ENV_UNTIL; fi
  if [[ -n $_envctl_said ]]; then printf 'envctl: %s\n' "$_envctl_said" >&2; fi
  _envctl_look
  _envctl_seen=$_envctl_key
}

# Before each prompt; its status is the one that it found, for the hooks behind it.
_envctl_hook() {
  local _envctl_status=$? _envctl_now='' _envctl_clock='%D{%s}' # seconds since 1970, without a module
  # Where `!` stands for a number in prompts, two of them stand for one.
  local _envctl_mark='!'
  [[ -o prompt_bang ]] && _envctl_mark='!!'
  emulate -L zsh
  _envctl_look
  # The time of the switch is in the beginning. At a pipe in place of the file, reading would wait.
  if [[ -f $_envctl_file && -r $_envctl_file ]]; then
    if (( ${+builtins[sysread]} )); then
      sysread -s 256 _envctl_now < $_envctl_file || :
    else
      read -r -u 0 -k 256 _envctl_now < $_envctl_file || :
    fi
  fi
  if [[ $_envctl_key != $_envctl_seen || $_envctl_now != $_envctl_content ]] \
    || [[ -n $_envctl_until && ${(%)_envctl_clock} -ge $_envctl_until ]]; then
    _envctl_refresh
    ENVCTL_PROMPT_COLOR=${ENVCTL_PROMPT_COLOR/'!'/$_envctl_mark}
  fi
  # With err_exit, a status that is not 0 would end the shell here.
  [[ -o err_exit ]] || return $_envctl_status
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
        _envctl_out=$(ENVCTL_SHELL=zsh command envctl "$@") || _envctl_code=$?
        if [[ $_envctl_out == '# envctl switch --shell'* ]]; then
          eval "$_envctl_out"
        elif [[ -n $_envctl_out ]]; then
          printf '%s\n' "$_envctl_out"
        fi
        return $_envctl_code
        ;;
    esac
  done
  command envctl "$@"
}

# First, so that other hooks find it done.
function {
  emulate -L zsh
  typeset -ga precmd_functions
  precmd_functions=(_envctl_hook ${precmd_functions:#_envctl_hook})
}

