//! Which signals somebody told the process to ignore, before it began.

use std::fs;

/// A bit for each signal, the first for signal 1; none where the system does not say. Source: proc_pid_status(5), `SigIgn`.
pub fn ignored_signals() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).unwrap_or(0)
}
