//! Many runs on one file at once: what each of them sets is there.

use std::process::Stdio;

use crate::desk::Desk;

#[test]
fn what_is_set_at_once_is_all_there() {
    const RUNS: usize = 20;
    let desk = Desk::new();
    desk.write("a.yaml", "stringData:\n  first: x\n");
    let sealed = desk
        .ours(&["encrypt", "--age", &desk.recipient, "a.yaml"])
        .text();
    desk.write("e.yaml", sealed);
    // Through a link too: it is the same file.
    std::os::unix::fs::symlink("e.yaml", desk.path("link.yaml")).unwrap();
    let running: Vec<_> = (0..RUNS)
        .map(|number| {
            let name = ["e.yaml", "./e.yaml", "link.yaml"][number % 3];
            let path = format!("[\"stringData\"][\"run{number}\"]");
            let mut command = desk.program(true);
            command.args(["set", name, &path, &format!("\"value {number}\"")]);
            command.stderr(Stdio::piped()).spawn().unwrap()
        })
        .collect();
    for run in running {
        let done = run.wait_with_output().unwrap();
        assert!(done.status.success(), "{done:?}");
    }
    let opened = desk.sops(&["decrypt", "e.yaml"]).text();
    for number in 0..RUNS {
        let line = format!("run{number}: value {number}\n");
        assert!(opened.contains(&line), "{line}{opened}");
    }
    let names = std::fs::read_dir(desk.path(".")).unwrap();
    assert_eq!(names.count(), 4, "the key, both files and the link");
}
