# envctl's hook for fish; in ~/.config/fish/config.fish: envctl hook fish | source

set -g ENVCTL_PROMPT ''
set -g ENVCTL_PROMPT_COLOR ''
set -g _envctl_seen ''
set -g _envctl_file ''
set -g _envctl_content ''
set -g _envctl_until ''

# What decides beside the file of the selection; envctl replaces it by one that knows the project's own variables.
function _envctl_look; set -g _envctl_key $PWD; end

# fish has no clock of its own, but tells the time of a file and its age.
function _envctl_is_over
    test -n "$_envctl_until"; or return 1
    set -l now (math (path mtime /) + (path mtime --relative /) 2>/dev/null)
    test -n "$now"; or set now (date +%s)
    test "$now" -ge "$_envctl_until"
end

function _envctl_refresh
    for name in ENVCTL_PROMPT ENVCTL_PROMPT_COLOR _envctl_file _envctl_content _envctl_until _envctl_said _envctl_ended
        set -g $name ''
    end
    set -l out
    command -sq envctl; and set out (command envctl prompt --hook fish 2>/dev/null | string collect)
    string match -q 'set -g ENVCTL_PROMPT *' -- $out; and eval $out
    if test -n "$_envctl_ended"
        set -eg ENVCTL_ENV
        set -eg ENVCTL_ENV_PROJECT
        set -eg ENVCTL_ENV_UNTIL
    end
    test -n "$_envctl_said"; and printf 'envctl: %s\n' $_envctl_said >&2
    _envctl_look
    set -g _envctl_seen $_envctl_key
end

# Before each prompt; fish keeps $status for those who come after.
function _envctl_hook --on-event fish_prompt
    _envctl_look
    set -l now ''
    # The time of the switch is in the beginning. At a pipe in place of the file, read would wait.
    if test -f "$_envctl_file" -a -r "$_envctl_file"
        read -z -n 256 now <$_envctl_file
    end
    if test "$_envctl_key" != "$_envctl_seen" -o "$now" != "$_envctl_content"
        or _envctl_is_over
        _envctl_refresh
    end
end

# envctl itself; what it did, the next prompt shows, and `switch --shell` selects for this shell.
function envctl --description 'know which environment you are in'
    set -g _envctl_seen ''
    set -l switch (contains -i -- switch $argv; or echo 0)
    set -l shell (contains -i -- --shell $argv; or echo 0)
    set -l end (contains -i -- -- $argv; or math 1 + $shell)
    if test $switch -gt 0 -a $shell -gt $switch -a $end -gt $shell
        set -l out (ENVCTL_SHELL=fish command envctl $argv)
        set -l code $status
        if string match -q '# envctl switch --shell' -- $out[1]
            eval (string join \n -- $out | string collect)
        else
            test -z "$out"; or printf '%s\n' $out
        end
        return $code
    end
    command envctl $argv
end

