# envctl's hook for nu: envctl hook nu | save -f ($nu.default-config-dir | path join envctl.nu)
# and in config.nu: source envctl.nu

$env.ENVCTL_PROMPT = ""
$env.ENVCTL_PROMPT_COLOR = ""
$env._ENVCTL = {seen: "", file: "", content: "", until: "", selectors: []}

# What decides beside the file of the selection.
def _envctl_look [] {
    let names = [ENVCTL_ENV ENVCTL_ENV_PROJECT ENVCTL_ENV_UNTIL CI] ++ $env._ENVCTL.selectors
    [$env.PWD] ++ ($names | each {|name| $env | get -i $name | default "" }) | to json --raw
}

# The beginning of the file of the selection, with the time of the switch, where it is a file.
def _envctl_read [] {
    let file = $env._ENVCTL.file
    if $file != "" and ($file | path type) == "file" { open --raw $file | first 256 | decode utf-8 } else { "" }
}

def _envctl_is_over [] {
    $env._ENVCTL.until != "" and (date now | format date "%s" | into int) >= ($env._ENVCTL.until | into int)
}

# Before each prompt.
def --env _envctl_hook [] {
    if (_envctl_look) == $env._ENVCTL.seen and (_envctl_read) == $env._ENVCTL.content and not (_envctl_is_over) { return }
    let out = (do { ^envctl prompt --hook nu } | complete)
    if $out.exit_code != 0 { return }
    let kept = ($out.stdout | from json)
    $env.ENVCTL_PROMPT = $kept.prompt
    $env.ENVCTL_PROMPT_COLOR = $kept.color
    if $kept.ended { hide-env -i ENVCTL_ENV ENVCTL_ENV_PROJECT ENVCTL_ENV_UNTIL }
    if $kept.said != "" { print -e $"envctl: ($kept.said)" }
    $env._ENVCTL = ($kept | select file content until selectors | insert seen "")
    $env._ENVCTL.seen = (_envctl_look)
}

# envctl itself; what it did, the next prompt shows, and `switch --shell` selects for this shell.
def --env --wrapped envctl [...args] {
    $env._ENVCTL.seen = ""
    if "switch" in $args and "--shell" in $args and "--" not-in $args {
        let out = (with-env {ENVCTL_SHELL: nu} { ^envctl ...$args })
        if ($out | str starts-with "{") { $out | from json | load-env } else { print -n $out }
    } else {
        ^envctl ...$args
    }
}

$env.config.hooks.pre_prompt = ($env.config.hooks.pre_prompt? | default [] | append {|| _envctl_hook })
