//! `flux-sops-age` beside the real sops: `cargo bench -p tests --bench sops`; `-- 100` for so many files, `-- PATH` for
//! a program that was built before.
//!
//! It prints medians and ratios; nothing here passes or fails. sops does one file a run, so that a thousand files
//! are a loop in a shell; we write each file to the disk before we say that we did (fsync), sops does not.
#![cfg(unix)]

mod laid;

use std::path::{Path, PathBuf};
use std::process::Command;

use laid::{Bench, median};

fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let files = words.iter().find_map(|word| word.parse().ok());
    let built = words.iter().map(PathBuf::from).find(|path| path.is_file());
    let one = Bench::new(1, built);
    one.size();
    one.start();
    one.one_file();
    let many = Bench::new(files.unwrap_or(1000), Some(one.ours.clone()));
    many.many_files();
    many.large_file();
}

impl Bench {
    fn size(&self) {
        let length = |path: &Path| {
            std::fs::metadata(path.canonicalize().unwrap())
                .unwrap()
                .len() as f64
                / 1e6
        };
        println!(
            "{:<36} {:>10} {:>10} {:>8} {:>8}",
            "", "ours", "sops", "ratio", "wanted"
        );
        row(
            "the program",
            length(&self.ours),
            length(&self.sops),
            "MB",
            52.0 / 8.0,
        );
    }

    fn start(&self) {
        let sops = ["--version", "--disable-version-check"];
        let (ours, theirs) = self.medians(&["--version"], &sops);
        row("start", ours * 1e3, theirs * 1e3, "ms", 1.0);
        println!("{:<36} {:>7.2} ms, wanted 3 ms", "", ours * 1e3);
    }

    fn one_file(&self) {
        let file = "work/0.enc.yaml";
        let path = "[\"stringData\"][\"user\"]";
        for arguments in [
            &["decrypt", file][..],
            &["decrypt", "--extract", path, file],
            &["encrypt", "plain/0.enc.yaml"],
            &["rotate", "-i", file],
            &["updatekeys", "-y", file],
            &["set", file, path, "\"other\""],
        ] {
            let (ours, theirs) = self.medians(arguments, arguments);
            row(
                &format!("{} one file", arguments[0]),
                ours * 1e3,
                theirs * 1e3,
                "ms",
                5.0,
            );
        }
    }

    /// A hundred megabytes of any bytes.
    fn large_file(&self) {
        let bytes: Vec<u8> = (0..100 << 20).map(|at: u32| (at % 251) as u8).collect();
        std::fs::write(self.path("large"), bytes).unwrap();
        let rule = std::fs::read_to_string(self.path(".sops.yaml")).unwrap();
        std::fs::write(self.path(".sops.yaml"), rule.replace("\\.enc\\.yaml$", ".")).unwrap();
        let (encrypt, decrypt) = (
            ["encrypt", "--output", "large.bin", "large"],
            ["decrypt", "large.bin"],
        );
        let theirs = (
            self.run(&self.sops, &encrypt),
            self.run(&self.sops, &decrypt),
        );
        row(
            "encrypt 100 MB",
            self.run(&self.ours, &encrypt),
            theirs.0,
            "s",
            1.0,
        );
        row(
            "decrypt 100 MB",
            self.run(&self.ours, &decrypt),
            theirs.1,
            "s",
            1.0,
        );
    }

    fn many_files(&self) {
        for (verb, ours, theirs) in [
            ("decrypt", &["decrypt", "work"][..], "decrypt"),
            ("decrypt -i", &["decrypt", "-i", "work"], "decrypt -i"),
            ("updatekeys", &["updatekeys", "-y", "work"], "updatekeys -y"),
            ("rotate -i", &["rotate", "-i", "work"], "rotate -i"),
        ] {
            let ours = median((0..5).map(|_| self.run(&self.ours, ours)).collect());
            let script =
                format!("for file in work/*; do \"$0\" {theirs} \"$file\" || exit 1; done");
            let theirs = self.seconds(Command::new("sh").args(["-c", &script]).arg(&self.sops));
            row(
                &format!("{verb}, {} files", self.files),
                ours,
                theirs,
                "s",
                50.0,
            );
        }
    }
}

fn row(what: &str, ours: f64, theirs: f64, unit: &str, wanted: f64) {
    let ratio = theirs / ours;
    println!(
        "{what:<36} {ours:>7.3} {unit:<2} {theirs:>7.3} {unit:<2} {ratio:>7.1}x {wanted:>7.1}x"
    );
}
