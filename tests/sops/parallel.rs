//! Many runs on one file at once: what each of them does is done.

use std::process::{Child, Stdio};

use tests::program;

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
    let running = (0..RUNS).map(|number| {
        let name = ["e.yaml", "./e.yaml", "link.yaml"][number % 3];
        set(&desk, name, number)
    });
    all_end_well(running.collect());
    assert_set(&desk, "e.yaml", RUNS);
    let names = std::fs::read_dir(desk.path(".")).unwrap();
    assert_eq!(names.count(), 4, "the key, both files and the link");
}

#[test]
fn what_batches_and_others_do_at_once_is_all_done() {
    const RUNS: usize = 12;
    let desk = Desk::new();
    let second = desk.ours(&["keygen", "-o", "second"]).stderr;
    let second = second.trim().rsplit(' ').next().unwrap().to_owned();
    let rule = |recipients: &str| {
        let rule =
            format!("creation_rules:\n  - path_regex: \\.enc\\.yaml$\n    age: {recipients}\n");
        desk.write(".sops.yaml", rule);
    };
    rule(&desk.recipient);
    let files = ["a/s.enc.yaml", "a/t.enc.yaml", "b/s.enc.yaml"];
    for folder in ["a", "b"] {
        std::fs::create_dir(desk.path(folder)).unwrap();
    }
    for file in files {
        desk.write(file, "stringData:\n  first: x\n");
    }
    desk.ours(&["encrypt", "-i", "--all"]).text();
    rule(&format!("{},{second}", desk.recipient));
    let mut running = Vec::new();
    for number in 0..RUNS {
        for file in files {
            running.push(set(&desk, file, number));
        }
        running.push(start(&desk, &["rotate", "-i", "--all"]));
        running.push(start(&desk, &["updatekeys", "-y", "--all"]));
        running.push(start(&desk, &["rotate", "-i", files[number % 3]]));
    }
    all_end_well(running);
    for file in files {
        assert_set(&desk, file, RUNS);
        assert!(desk.read(file).contains(&second), "{file}");
    }
}

#[test]
fn who_may_open_few_files_does_fewer_at_once() {
    let desk = Desk::new();
    desk.write("a.yaml", "a: secret\n");
    let sealed = desk.ours(&["encrypt", "--age", &desk.recipient, "a.yaml"]);
    let sealed = sealed.text();
    let rule = format!("creation_rules: [{{age: {}}}]\n", desk.recipient);
    desk.write(".sops.yaml", rule);
    std::fs::create_dir(desk.path("many")).unwrap();
    for number in 0..200 {
        desk.write(&format!("many/{number}.yaml"), &sealed);
    }
    let mut shell = desk.command("sh".as_ref());
    let script = "ulimit -n 64; exec \"$0\" rotate -i many";
    let program = program::path("flux-sops-age");
    let done = shell.arg("-c").arg(script).arg(program).output().unwrap();
    assert!(done.status.success(), "{done:?}");
    let rotated = |number| desk.read(&format!("many/{number}.yaml")) != sealed;
    assert!((0..200).all(rotated));
}

/// Starts to set a value that tells its number.
fn set(desk: &Desk, file: &str, number: usize) -> Child {
    let path = format!("[\"stringData\"][\"run{number}\"]");
    start(desk, &["set", file, &path, &format!("\"value {number}\"")])
}

fn start(desk: &Desk, arguments: &[&str]) -> Child {
    let mut command = desk.program(true);
    command.args(arguments).stderr(Stdio::piped());
    command.spawn().unwrap()
}

fn all_end_well(running: Vec<Child>) {
    for run in running {
        let done = run.wait_with_output().unwrap();
        assert!(done.status.success(), "{done:?}");
    }
}

/// Whether sops reads the file, and all that was set is there.
fn assert_set(desk: &Desk, file: &str, runs: usize) {
    let opened = desk.sops(&["decrypt", file]).text();
    for number in 0..runs {
        let line = format!("run{number}: value {number}\n");
        assert!(opened.contains(&line), "{file}: {line}{opened}");
    }
}
