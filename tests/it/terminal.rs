//! A terminal for one program: a pseudo-terminal, of which the test is the screen and the keyboard.

use std::fs::{File, OpenOptions};
use std::io::{Read, Write};
use std::os::fd::OwnedFd;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::thread::{JoinHandle, sleep};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};
use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use rustix::termios::{Winsize, tcsetwinsize};

/// How long a test waits for what must come.
const PATIENCE: Duration = Duration::from_secs(20);

/// A terminal without a program.
pub struct Terminal {
    master: OwnedFd,
    slave: File,
}

/// A program at a terminal.
pub struct Session {
    child: Child,
    keyboard: File,
    screen: Arc<Mutex<Vec<u8>>>,
    reader: JoinHandle<()>,
}

impl Terminal {
    /// A terminal of so many columns.
    pub fn new(columns: u16) -> Self {
        let master = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).unwrap();
        grantpt(&master).unwrap();
        unlockpt(&master).unwrap();
        let name = ptsname(&master, Vec::new()).unwrap();
        let slave = OpenOptions::new().read(true).write(true).open(name.to_str().unwrap()).unwrap();
        tcsetwinsize(&slave, Winsize { ws_row: 24, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0 }).unwrap();
        Self { master, slave }
    }

    /// The end that a program takes for a terminal.
    pub fn end(&self) -> Stdio {
        Stdio::from(self.slave.try_clone().unwrap())
    }

    /// Starts a program with all three streams at this terminal.
    pub fn start(self, command: &mut Command) -> Session {
        command.stdin(self.end()).stdout(self.end()).stderr(self.end());
        self.start_as_it_is(command)
    }

    /// Starts a program whose streams are set already.
    pub fn start_as_it_is(self, command: &mut Command) -> Session {
        let child = command.spawn().unwrap();
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()); // closes our copies of the slave
        drop(self.slave);
        let keyboard = File::from(self.master);
        let (mut shown, screen) = (keyboard.try_clone().unwrap(), Arc::new(Mutex::new(Vec::new())));
        let writes = Arc::clone(&screen);
        let reader = std::thread::spawn(move || {
            let mut some = [0; 4096];
            // The end of a terminal is EIO on Linux and 0 elsewhere.
            while let Ok(count @ 1..) = shown.read(&mut some) {
                writes.lock().unwrap().extend_from_slice(&some[..count]);
            }
        });
        Session { child, keyboard, screen, reader }
    }
}

impl Session {
    /// Waits until `text` is on the screen.
    #[track_caller]
    pub fn wait_for(&mut self, text: &str) -> &mut Self {
        let until = Instant::now() + PATIENCE;
        while !self.screen().contains(text) {
            assert!(Instant::now() < until, "{text:?} never came in:\n{}", self.screen());
            sleep(Duration::from_millis(5));
        }
        self
    }

    /// Types `keys`.
    pub fn keys(&mut self, keys: &str) -> &mut Self {
        self.keyboard.write_all(keys.as_bytes()).unwrap();
        self
    }

    /// Sends what the kernel sends for Ctrl-C.
    pub fn interrupt(&mut self) -> &mut Self {
        let pid = Pid::from_raw(i32::try_from(self.child.id()).unwrap()).unwrap();
        kill_process(pid, Signal::INT).unwrap();
        self
    }

    /// What was shown so far.
    pub fn screen(&self) -> String {
        String::from_utf8_lossy(&self.screen.lock().unwrap()).into_owned()
    }

    /// Waits for the end: the exit code, and all that was shown.
    #[track_caller]
    pub fn end(mut self) -> (Option<i32>, String) {
        let until = Instant::now() + PATIENCE;
        let status = loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                break status;
            }
            assert!(Instant::now() < until, "it hangs after:\n{}", self.screen());
            sleep(Duration::from_millis(5));
        };
        // The screen is whole where nobody has the terminal open any more.
        while !self.reader.is_finished() && Instant::now() < until {
            sleep(Duration::from_millis(5));
        }
        (status.code(), self.screen())
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
