//! Files laid out for both programs, and the time that a command takes on them.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use tests::parts::part;

/// How often what takes milliseconds is done.
const RUNS: usize = 40;

const SECRET: &str = "apiVersion: v1\nkind: Secret\nmetadata:\n  name: redis-credentials\n  namespace: cache\nstringData:\n  # generated\n  redis-password: correct-horse-battery-staple\n  user: app\n";

pub(super) struct Bench {
    folder: tempfile::TempDir,
    pub(super) ours: PathBuf,
    pub(super) sops: PathBuf,
    pub(super) files: usize,
}

impl Bench {
    /// Lays out files that sops encrypted for one key, and a rule that names a second one.
    pub(super) fn new(files: usize, built: Option<PathBuf>) -> Bench {
        let bench = Bench {
            folder: tempfile::tempdir().unwrap(),
            ours: built.unwrap_or_else(release),
            sops: part("sops"),
            files,
        };
        let key = |name: &str| {
            let mut keygen = Command::new(part("age-keygen"));
            assert!(bench.quiet(keygen.arg("-o").arg(name)));
            let text = std::fs::read_to_string(bench.path(name)).unwrap();
            let public = text
                .lines()
                .find_map(|line| line.strip_prefix("# public key: "));
            public.unwrap().to_owned()
        };
        let (one, two) = (key("key.txt"), key("second.txt"));
        let rule = |recipients: &str| {
            format!(
                "creation_rules:\n  - path_regex: \\.enc\\.yaml$\n    encrypted_regex: ^(data|stringData)$\n    age: {recipients}\n"
            )
        };
        std::fs::write(bench.path(".sops.yaml"), rule(&one)).unwrap();
        std::fs::create_dir(bench.path("plain")).unwrap();
        std::fs::create_dir(bench.path("sealed")).unwrap();
        for number in 0..files {
            let text = SECRET.replace("redis-credentials", &format!("secret-{number}"));
            std::fs::write(bench.path(&format!("plain/{number}.enc.yaml")), text).unwrap();
        }
        assert!(bench.quiet(Command::new("cp").args(["-r", "plain/.", "sealed"])));
        let mut all = Command::new(&bench.ours);
        assert!(bench.quiet(all.args(["encrypt", "-i", "sealed"])));
        std::fs::write(bench.path(".sops.yaml"), rule(&format!("{one},{two}"))).unwrap();
        bench
    }

    pub(super) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Runs a command without showing what it prints; says whether it went well.
    pub(super) fn quiet(&self, command: &mut Command) -> bool {
        let status = command
            .current_dir(self.folder.path())
            .env("HOME", self.folder.path())
            .env("SOPS_AGE_KEY_FILE", self.path("key.txt"))
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status();
        status.unwrap().success()
    }

    /// Lays the encrypted files out, and takes the time of a command on them. Those of the run before are moved away
    /// only: a file system may look at each file that was removed lately before it makes a new one.
    pub(super) fn seconds(&self, command: &mut Command) -> f64 {
        let lay_out = "mkdir -p before work && mv work before/$(ls before | wc -l) && cp -r sealed work && sync -f work";
        assert!(self.quiet(Command::new("sh").args(["-c", lay_out])));
        let start = Instant::now();
        assert!(self.quiet(command), "{command:?}");
        start.elapsed().as_secs_f64()
    }

    pub(super) fn run(&self, program: &Path, arguments: &[&str]) -> f64 {
        self.seconds(Command::new(program).args(arguments))
    }

    /// The medians of what both programs take, in turns.
    pub(super) fn medians(&self, ours: &[&str], sops: &[&str]) -> (f64, f64) {
        let turn = |_| (self.run(&self.ours, ours), self.run(&self.sops, sops));
        let (ours, sops) = (0..RUNS).map(turn).unzip();
        (median(ours), median(sops))
    }
}

pub(super) fn median(mut all: Vec<f64>) -> f64 {
    all.sort_by(f64::total_cmp);
    all[all.len() / 2]
}

/// Our program as it is released; the first time it is built, which takes minutes.
fn release() -> PathBuf {
    let output = Command::new(env!("CARGO"))
        .args([
            "build",
            "--release",
            "-p",
            "flux-sops-age",
            "--message-format=json",
        ])
        .stderr(Stdio::inherit())
        .output()
        .unwrap();
    let text = String::from_utf8_lossy(&output.stdout);
    let messages = text
        .lines()
        .filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok());
    let mut programs =
        messages.filter_map(|message| message["executable"].as_str().map(PathBuf::from));
    programs.next().unwrap()
}
