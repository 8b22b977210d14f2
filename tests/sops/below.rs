//! Folders with a `.sops.yaml` of their own below ours: their files are theirs.

use crate::desk::Desk;

#[test]
fn what_another_configuration_rules_is_passed_over() {
    let desk = Desk::new();
    let second = desk.ours(&["keygen", "-o", "second"]).stderr;
    let second = second.trim().rsplit(' ').next().unwrap().to_owned();
    let rule = |folder: &str, recipients: &str| {
        std::fs::create_dir_all(desk.path(folder)).unwrap();
        let rule =
            format!("creation_rules:\n  - path_regex: \\.enc\\.yaml$\n    age: {recipients}\n");
        desk.write(&format!("{folder}/.sops.yaml"), rule);
    };
    rule(".", &desk.recipient);
    rule("team", &format!("{},{second}", desk.recipient));
    std::fs::create_dir(desk.path("team/app")).unwrap();
    let files = ["a.enc.yaml", "team/b.enc.yaml", "team/app/c.enc.yaml"];
    for file in files {
        desk.write(file, "stringData:\n  password: hunter2\n");
    }
    let all = desk.ours(&["encrypt", "-i", "--all"]);
    assert!(
        all.stderr.contains("encrypted: 1") && all.stderr.contains("team/.sops.yaml rules"),
        "{}",
        all.stderr
    );
    let mut in_team = desk.program(true);
    in_team.current_dir(desk.path("team"));
    let of_team = in_team.args(["encrypt", "-i", "--all"]).status().unwrap();
    assert!(of_team.success());
    let sealed = files.map(|file| desk.read(file));
    assert_eq!(
        sealed.each_ref().map(|text| text.contains(&second)),
        [false, true, true]
    );
    // Whom the team has added would be taken away.
    for arguments in [
        &["updatekeys", "-y", "--all"][..],
        &["updatekeys", "-y", "."],
        &["updatekeys", "-y", "team/app"],
    ] {
        let updated = desk.ours(arguments);
        assert_eq!(updated.status, 0, "{}", updated.stderr);
        assert_eq!(files.map(|file| desk.read(file)), sealed, "{arguments:?}");
    }
    // A file that is named is another matter: there the rules are those of the working directory, as in sops.
    let named = ["updatekeys", "-y", files[1]];
    assert_eq!(desk.ours(&named).status, 0);
    assert!(!desk.read(files[1]).contains(&second));
}
