//! The archives and manifests of a release, packed from stand-ins for each platform's binaries.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

const TARGETS: [&str; 6] = [
    "linux_amd64",
    "linux_arm64",
    "darwin_amd64",
    "darwin_arm64",
    "windows_amd64",
    "windows_arm64",
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .unwrap()
        .to_owned()
}

fn stand_ins(folder: &Path) {
    for target in TARGETS {
        let suffix = if target.starts_with("windows") {
            ".exe"
        } else {
            ""
        };
        fs::create_dir_all(folder.join(target)).unwrap();
        for plugin in ["kubectl-platform", "flux-sops-age"] {
            fs::write(
                folder.join(target).join(format!("{plugin}{suffix}")),
                format!("{plugin} {target}"),
            )
            .unwrap();
        }
    }
}

fn package(binaries: &Path, out: &Path) -> Output {
    Command::new(root().join("krew-manifests/package"))
        .args([binaries, out])
        .output()
        .unwrap()
}

fn yaml(path: &Path) -> Value {
    serde_saphyr::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

fn sha256(path: &Path) -> String {
    let output = Command::new("sha256sum").arg(path).output().unwrap();
    String::from_utf8(output.stdout)
        .unwrap()
        .split_whitespace()
        .next()
        .unwrap()
        .to_owned()
}

/// Archives' checksums differ from build to build, all else is in the repository.
fn without_checksums(text: &str) -> String {
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    let masked = lines.map(|line| match line.find("sha256:") {
        Some(at) => &line[..at],
        None => line,
    });
    masked.collect::<Vec<_>>().join("\n")
}

#[test]
fn a_release_is_packed_for_every_platform() {
    let temp = tempfile::tempdir().unwrap();
    let (binaries, out) = (temp.path().join("binaries"), temp.path().join("out"));
    stand_ins(&binaries);
    let output = package(&binaries, &out);
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );

    for (manifest, name) in [
        ("platform", "kubectl-platform"),
        ("flux-sops-age", "flux-sops-age"),
    ] {
        let krew = yaml(&out.join(format!("{manifest}.yaml")));
        assert_eq!(krew["metadata"]["name"], manifest);
        let version = krew["spec"]["version"].as_str().unwrap();
        assert_eq!(version, concat!("v", env!("CARGO_PKG_VERSION")));
        // krew's index refuses longer ones: https://krew.sigs.k8s.io/docs/developer-guide/develop/best-practices/
        assert!(krew["spec"]["shortDescription"].as_str().unwrap().len() <= 50);
        let platforms = krew["spec"]["platforms"].as_array().unwrap();
        assert_eq!(platforms.len(), TARGETS.len());
        for platform in platforms {
            let archive = platform["uri"]
                .as_str()
                .unwrap()
                .rsplit('/')
                .next()
                .unwrap();
            assert_eq!(platform["sha256"], sha256(&out.join(archive)));
            let files = platform["files"].as_array().unwrap();
            assert!(
                files.iter().any(|file| file["from"] == platform["bin"]),
                "{platform}"
            );
            assert!(
                files.iter().any(|file| file["from"] == "LICENSE"),
                "krew demands the licence"
            );
            let binary = platform["bin"].as_str().unwrap();
            let os = platform["selector"]["matchLabels"]["os"].as_str().unwrap();
            assert_eq!(binary.strip_suffix(".exe").is_some(), os == "windows");
            let arch = platform["selector"]["matchLabels"]["arch"]
                .as_str()
                .unwrap();
            assert_eq!(
                unpacked(&out.join(archive), binary),
                format!("{name} {os}_{arch}")
            );
        }
    }

    let flux = yaml(&out.join("sops-age.yaml"));
    let version = &flux["versions"][0];
    assert_eq!(
        version["version"],
        env!("CARGO_PKG_VERSION"),
        "Flux wants versions without v"
    );
    for platform in version["platforms"].as_array().unwrap() {
        let archive = platform["url"]
            .as_str()
            .unwrap()
            .rsplit('/')
            .next()
            .unwrap();
        let (os, arch) = (
            platform["os"].as_str().unwrap(),
            platform["arch"].as_str().unwrap(),
        );
        let suffix = if os == "windows" { "zip" } else { "tar.gz" };
        assert_eq!(
            archive,
            format!(
                "flux-sops-age_{}_{os}_{arch}.{suffix}",
                env!("CARGO_PKG_VERSION")
            )
        );
        assert_eq!(
            platform["checksum"],
            format!("sha256:{}", sha256(&out.join(archive)))
        );
    }

    for manifest in ["platform.yaml", "flux-sops-age.yaml", "sops-age.yaml"] {
        let committed = fs::read_to_string(root().join("krew-manifests").join(manifest)).unwrap();
        let made = fs::read_to_string(out.join(manifest)).unwrap();
        assert_eq!(
            without_checksums(&committed),
            without_checksums(&made),
            "{manifest} is stale"
        );
    }
}

fn unpacked(archive: &Path, file: &str) -> String {
    let mut command = if archive.extension().unwrap() == "zip" {
        let mut command = Command::new("unzip");
        command.arg("-p").arg(archive).arg(file);
        command
    } else {
        let mut command = Command::new("tar");
        command.arg("-xOzf").arg(archive).arg(file);
        command
    };
    String::from_utf8(command.output().unwrap().stdout).unwrap()
}

#[test]
fn a_missing_binary_is_named() {
    let temp = tempfile::tempdir().unwrap();
    let binaries = temp.path().join("binaries");
    stand_ins(&binaries);
    fs::remove_file(binaries.join("darwin_arm64/flux-sops-age")).unwrap();
    let output = package(&binaries, &temp.path().join("out"));
    assert_eq!(output.status.code(), Some(2));
    let message = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(
        message.contains("missing: ") && message.contains("darwin_arm64/flux-sops-age"),
        "{message}"
    );
}
