# envctl's hook for PowerShell; in $PROFILE: envctl hook powershell | Out-String | Invoke-Expression

$global:ENVCTL_PROMPT = ''
$global:ENVCTL_PROMPT_COLOR = ''
$global:_envctl_seen = $null
$global:_envctl_file = ''
$global:_envctl_content = ''
$global:_envctl_until = ''
$global:_envctl_names = @()

# What decides beside the file of the selection.
function global:_envctl_look {
    $values = $global:_envctl_names | ForEach-Object { [Environment]::GetEnvironmentVariable($_) }
    (@($PWD.ProviderPath) + $values) -join '|'
}

function global:_envctl_is_over {
    $global:_envctl_until -and [DateTimeOffset]::UtcNow.ToUnixTimeSeconds() -ge [long]$global:_envctl_until
}

# The beginning of the file of the selection, with the time of the switch; a pipe, where reading would wait, has no length.
function global:_envctl_read {
    if (-not $global:_envctl_file) { return '' }
    $item = Get-Item -LiteralPath $global:_envctl_file -Force -ErrorAction Ignore
    if (-not $item -or $item.Length -lt 1 -or $item.Length -gt 65536) { return '' }
    $text = [IO.File]::ReadAllText($item.FullName)
    $text.Substring(0, [Math]::Min(256, $text.Length))
}

function global:_envctl_program {
    Get-Command -Name envctl -CommandType Application -ErrorAction Ignore | Select-Object -First 1
}

function global:_envctl_refresh {
    foreach ($name in 'ENVCTL_PROMPT', 'ENVCTL_PROMPT_COLOR', '_envctl_file', '_envctl_content', '_envctl_until', '_envctl_said', '_envctl_ended') {
        Set-Variable -Scope Global -Name $name -Value ''
    }
    $program = _envctl_program
    $out = if ($program) { (& $program prompt --hook powershell 2>$null) -join "`n" }
    if ("$out".StartsWith('$global:ENVCTL_PROMPT = ')) { Invoke-Expression $out }
    if ($global:_envctl_ended) {
        Remove-Item -ErrorAction Ignore Env:ENVCTL_ENV, Env:ENVCTL_ENV_PROJECT, Env:ENVCTL_ENV_UNTIL
    }
    if ($global:_envctl_said) { [Console]::Error.WriteLine("envctl: $global:_envctl_said") }
    $global:_envctl_seen = _envctl_look
}

# Before each prompt.
function global:_envctl_hook {
    $code = $global:LASTEXITCODE
    if ((_envctl_look) -cne $global:_envctl_seen -or (_envctl_read) -cne $global:_envctl_content -or (_envctl_is_over)) {
        _envctl_refresh
    }
    $global:LASTEXITCODE = $code
}

# envctl itself; what it did, the next prompt shows, and `switch --shell` selects for this shell.
function global:envctl {
    $global:_envctl_seen = $null
    $program = _envctl_program
    if (-not $program) { throw 'envctl is not on the PATH' }
    if ($args -ccontains 'switch' -and $args -ccontains '--shell' -and $args -cnotcontains '--') {
        $env:ENVCTL_SHELL = 'powershell'
        try { $out = (& $program @args) -join "`n" } finally { Remove-Item Env:ENVCTL_SHELL }
        if ($out.StartsWith('# envctl switch --shell')) { Invoke-Expression $out } elseif ($out) { $out }
    } elseif ($MyInvocation.ExpectingInput) {
        $input | & $program @args
    } else {
        & $program @args
    }
}

if (-not (Test-Path Variable:global:_envctl_prompt)) {
    $global:_envctl_prompt = $function:prompt
    function global:prompt {
        _envctl_hook
        & $global:_envctl_prompt
    }
}

