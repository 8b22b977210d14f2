//! A folder with an age key, and both programs at work in it.

use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;
use tests::parts::part;
use tests::program;

/// What a program did: its status and what it printed, byte for byte.
pub(crate) struct Outcome {
    pub(crate) status: i32,
    pub(crate) stdout: Vec<u8>,
    pub(crate) stderr: String,
}

impl From<std::process::Output> for Outcome {
    fn from(output: std::process::Output) -> Outcome {
        Outcome {
            status: output.status.code().unwrap(),
            stdout: output.stdout,
            stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }
}

impl Outcome {
    /// All that was printed, however it went.
    pub(crate) fn text_of_any(self) -> String {
        String::from_utf8(self.stdout).unwrap() + &self.stderr
    }

    /// What was printed, where all went well.
    #[track_caller]
    pub(crate) fn text(self) -> String {
        assert_eq!(self.status, 0, "{}", self.stderr);
        String::from_utf8(self.stdout).unwrap()
    }
}

/// A folder with an age key.
pub(crate) struct Desk {
    folder: TempDir,
    pub(crate) recipient: String,
}

impl Desk {
    /// A folder with a key that the real age-keygen made.
    pub(crate) fn new() -> Desk {
        Desk::with_key(&[])
    }

    /// The same, with arguments for age-keygen.
    pub(crate) fn with_key(arguments: &[&str]) -> Desk {
        let folder = tempfile::tempdir().unwrap();
        let key = folder.path().join("key.txt");
        let made = Command::new(part("age-keygen"))
            .args(arguments)
            .arg("-o")
            .arg(&key)
            .output()
            .unwrap();
        assert!(made.status.success());
        let text = std::fs::read_to_string(&key).unwrap();
        let recipient = text
            .lines()
            .find_map(|line| line.strip_prefix("# public key: "))
            .unwrap();
        Desk {
            recipient: recipient.to_owned(),
            folder,
        }
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn write(&self, name: &str, text: impl AsRef<[u8]>) {
        std::fs::write(self.path(name), text).unwrap();
    }

    pub(crate) fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.path(name)).unwrap()
    }

    /// Runs the real sops.
    pub(crate) fn sops(&self, arguments: &[&str]) -> Outcome {
        self.run(&part("sops"), arguments)
    }

    /// Runs our program.
    pub(crate) fn ours(&self, arguments: &[&str]) -> Outcome {
        self.run(&program::path("flux-sops-age"), arguments)
    }

    fn run(&self, program: &Path, arguments: &[&str]) -> Outcome {
        self.command(program)
            .args(arguments)
            .output()
            .unwrap()
            .into()
    }

    /// Our program, or the real sops.
    pub(crate) fn program(&self, ours: bool) -> Command {
        match ours {
            true => self.command(&program::path("flux-sops-age")),
            false => self.command(&part("sops")),
        }
    }

    /// Runs our program, or the real sops, with text on its standard input.
    pub(crate) fn piped(&self, ours: bool, arguments: &[&str], text: &str) -> Outcome {
        let mut command = self.program(ours);
        command.args(arguments);
        self.pipe_to(command, text)
    }

    /// Runs a command with text on its standard input.
    pub(crate) fn pipe_to(&self, mut command: Command, text: &str) -> Outcome {
        use std::io::Write;
        use std::process::Stdio;
        let mut running = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        // A program that fails early does not read it.
        let _ = running.stdin.take().unwrap().write_all(text.as_bytes());
        running.wait_with_output().unwrap().into()
    }

    /// A program that finds the desk's key and no other.
    pub(crate) fn command(&self, program: &Path) -> Command {
        let mut command = Command::new(program);
        self.configure(&mut command);
        command
    }

    /// Gives a command the desk's folder and key, and nothing of the person who runs the tests.
    pub(crate) fn configure(&self, command: &mut Command) {
        command
            .current_dir(self.folder.path())
            .stdin(std::process::Stdio::null())
            .env_clear()
            .env("PATH", std::env::var_os("PATH").unwrap())
            .env("HOME", self.folder.path())
            .env("SOPS_AGE_KEY_FILE", self.path("key.txt"));
    }

    /// Both programs encrypt a file, and each decrypts both: what sops makes of its own ciphertext, of ours, and
    /// what we make of both.
    #[track_caller]
    pub(crate) fn both_ways(&self, name: &str, more: &[&str]) -> BothWays {
        let mut encrypt = vec!["encrypt", "--age", &self.recipient];
        encrypt.extend(more);
        encrypt.push(name);
        let theirs = self.sops(&encrypt);
        let ours = self.ours(&encrypt);
        assert_eq!(theirs.status, 0, "sops encrypts {name}: {}", theirs.stderr);
        assert_eq!(ours.status, 0, "we encrypt {name}: {}", ours.stderr);
        let (by_sops, by_us) = (format!("sops.{name}"), format!("ours.{name}"));
        self.write(&by_sops, &theirs.stdout);
        self.write(&by_us, &ours.stdout);
        let decrypted = |outcome: Outcome, what: &str| {
            assert_eq!(outcome.status, 0, "{name}, {what}: {}", outcome.stderr);
            outcome.stdout
        };
        BothWays {
            sops_of_sops: decrypted(self.sops(&["decrypt", &by_sops]), "sops reads its own"),
            sops_of_ours: decrypted(self.sops(&["decrypt", &by_us]), "sops reads ours"),
            ours_of_sops: decrypted(self.ours(&["decrypt", &by_sops]), "we read sops's"),
            ours_of_ours: decrypted(self.ours(&["decrypt", &by_us]), "we read our own"),
        }
    }
}

/// A file's plain text, by who encrypted and who decrypted it.
pub(crate) struct BothWays {
    pub(crate) sops_of_sops: Vec<u8>,
    pub(crate) sops_of_ours: Vec<u8>,
    pub(crate) ours_of_sops: Vec<u8>,
    pub(crate) ours_of_ours: Vec<u8>,
}
