//! A program that envctl waits for, instead of becoming it: signals are passed on, and what it prints may be masked.

use std::io::{self, PipeReader, Read};
use std::os::fd::AsFd;
use std::os::unix::process::ExitStatusExt;
use std::process::{Child, ExitStatus, Stdio};
use std::thread;

use rustix::event::{PollFd, PollFlags, poll};
use rustix::io::Errno;
use rustix::process::{Pid, Signal, kill_process};
use signal_hook::consts::{SIGCHLD, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGUSR1, SIGUSR2, SIGWINCH};
use signal_hook::iterator::SignalsInfo;
use signal_hook::iterator::exfiltrator::WithOrigin;
use signal_hook::low_level::siginfo::{Cause, Origin};

use super::{Program, complain};
use crate::out::mask::{Mask, Masked};
use crate::store;

/// What is passed on to the program. Ctrl-Z and its end reach it by themselves, and stop and wake envctl with it.
const PASSED_ON: &[i32] = &[SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGUSR1, SIGUSR2, SIGWINCH];

/// More than any pipe holds, in bytes. Source: pipe(7), `/proc/sys/fs/pipe-max-size`.
const PIPE: usize = 1 << 20;

/// How a program ended.
pub struct End {
    /// Its exit code, or 128 and the number of the signal that ended it.
    pub code: u8,
    /// Did somebody tell it to end, from the terminal or with a signal?
    pub was_told_to: bool,
}

/// What tells a program to end.
const ENDS: &[i32] = &[SIGHUP, SIGINT, SIGQUIT, SIGTERM];

/// The exit code where a program ended well, and what it printed is lost.
const LOST: u8 = 2;

impl Program<'_> {
    /// Starts the program and waits for its end. Where what it printed is lost it has not done its work, and its code is
    /// not 0.
    ///
    /// # Errors
    /// Where it cannot be started.
    pub fn supervise(&self, mask: Option<&Mask>) -> io::Result<End> {
        // What somebody had ignored, as nohup does, stays ignored: by envctl and by the program.
        let ignored = store::ignored_signals();
        let caught = PASSED_ON.iter().filter(|signal| ignored >> (**signal - 1) & 1 == 0);
        let mut signals = SignalsInfo::<WithOrigin>::new(caught.chain([&SIGCHLD]))?;
        let (ended, end) = io::pipe()?;
        let mut command = self.command();
        if mask.is_some() {
            command.stdout(Stdio::piped()).stderr(Stdio::piped());
        }
        let mut child = command.spawn()?;
        let streams = (child.stdout.take(), child.stderr.take());
        let (ended_so, printed) = thread::scope(|scope| {
            let mut printing = None;
            if let (Some(mask), (Some(stdout), Some(stderr))) = (mask, streams) {
                let ended = &ended;
                printing = Some(scope.spawn(move || relay(stdout, io::stdout(), mask, ended)));
                scope.spawn(move || relay(stderr, io::stderr(), mask, ended));
            }
            let ended_so = wait(&mut child, &mut signals);
            drop(end);
            (ended_so, printing.and_then(|printing| printing.join().ok()).unwrap_or(Ok(())))
        });
        let mut end = ended_so?;
        if let Err(error) = printed
            && error != Errno::PIPE
        {
            let why = store::folder::reason(&error.into());
            complain(&format!("error: what the program printed cannot be passed on: {why}\n"));
            end.code = if end.code == 0 { LOST } else { end.code };
        }
        Ok(end)
    }
}

fn code(status: ExitStatus) -> u8 {
    let code = status.code().or_else(|| Some(128 + status.signal()?));
    code.and_then(|code| u8::try_from(code).ok()).unwrap_or(u8::MAX)
}

/// Waits, and passes on what comes meanwhile. The program is reaped here alone, so that no signal hits a stranger of its
/// number.
fn wait(child: &mut Child, signals: &mut SignalsInfo<WithOrigin>) -> io::Result<End> {
    let mut was_told_to = false;
    for origin in signals.forever() {
        was_told_to |= ENDS.contains(&origin.signal);
        if origin.signal == SIGCHLD {
            if let Some(status) = child.try_wait()? {
                return Ok(End { code: code(status), was_told_to });
            }
        } else if !is_of_the_terminal(&origin)
            && let Some(signal) = Signal::from_named_raw(origin.signal)
        {
            let _ = kill_process(Pid::from_child(child), signal); // it may have ended just now
        }
    }
    Ok(End { code: code(child.wait()?), was_told_to })
}

/// Did the terminal send it? Then the program has got it too. Where the system does not say, the keys of a terminal did.
fn is_of_the_terminal(origin: &Origin) -> bool {
    match origin.cause {
        Cause::Kernel => true,
        Cause::Unknown => [SIGINT, SIGQUIT, SIGWINCH].contains(&origin.signal),
        _ => false,
    }
}

/// Passes on what the program prints, until it has ended and all of it is read: whoever it leaves behind may keep the pipe
/// open. Where nobody takes it any more, the pipe is closed, which the program notices.
///
/// # Errors
/// Why it cannot be passed on.
fn relay(
    mut from: impl Read + AsFd,
    to: impl AsFd,
    mask: &Mask,
    ended: &PipeReader,
) -> rustix::io::Result<()> {
    let (mut stream, mut chunk, mut left) = (Masked::new(mask), vec![0; 64 << 10], PIPE);
    loop {
        let mut both = [PollFd::new(&from, PollFlags::IN), PollFd::new(ended, PollFlags::IN)];
        match poll(&mut both, None) {
            Err(Errno::INTR) => continue,
            Err(_) => break,
            Ok(_) => {}
        }
        let [has_data, has_ended] = both.map(|one| !one.revents().is_empty());
        if !has_data || left == 0 {
            break;
        }
        let count = match from.read(&mut chunk) {
            Ok(0) => break,
            Ok(count) => count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(_) => break,
        };
        if has_ended {
            left = left.saturating_sub(count);
        }
        write(&to, &stream.push(chunk.get(..count).unwrap_or_default()))?;
    }
    write(&to, &stream.end())
}

/// Writes all of it, also to a stream that another process has told not to wait.
fn write(to: &impl AsFd, mut bytes: &[u8]) -> rustix::io::Result<()> {
    while !bytes.is_empty() {
        match rustix::io::write(to, bytes) {
            Ok(0) => return Err(Errno::IO),
            Ok(count) => bytes = bytes.get(count..).unwrap_or_default(),
            Err(Errno::INTR) => {}
            Err(Errno::AGAIN) => drop(poll(&mut [PollFd::new(to, PollFlags::OUT)], None)),
            Err(error) => return Err(error),
        }
    }
    Ok(())
}
