//! `status -w` on a terminal, which `script` gives its command.

use std::fs;
use std::process::{Command, Stdio};

use tests::control_plane::{ControlPlane, Kubeconfig};
use tests::program::path;
use tests::wait::eventually;

use super::repository;

#[test]
fn on_a_terminal_the_table_is_painted_over() {
    let plane = ControlPlane::shared();
    let namespace = plane.namespace("watched");
    plane.apply(&[repository(&namespace, "infra", "False", "no such host")]);
    let config = Kubeconfig::new().context("infra", plane, &plane.admin());
    let folder = tempfile::tempdir().unwrap();
    let plugin = path("kubectl-platform").display().to_string();
    let config = config.path().display().to_string();
    let line = format!("{plugin} status gitrepo -w -n {namespace} --kubeconfig {config}");
    let mut script = Command::new("script")
        .args(["-q", "-f", "-e", "-c", &line, "typescript"])
        .current_dir(folder.path())
        .env("TERM", "xterm")
        .env("NO_COLOR", "1")
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    let painted = || fs::read_to_string(folder.path().join("typescript")).unwrap_or_default();
    let see = |what: &str| {
        eventually(what, || {
            let text = painted();
            text.contains(what).then_some(()).ok_or(text)
        });
    };
    see("Failed");
    plane.apply(&[repository(&namespace, "infra", "True", "stored artifact")]);
    see("\u{1b}[2A\r");
    see("Current");
    assert!(
        !painted().contains("\u{1b}[1m"),
        "colours that nobody wants"
    );
    // Ctrl-C, as the terminal gets it.
    std::io::Write::write_all(&mut script.stdin.take().unwrap(), b"\x03").unwrap();
    let ended = eventually("its end", || {
        script.try_wait().unwrap().ok_or_else(String::new)
    });
    assert_eq!(ended.code(), Some(130));
}
