//! A key that is to leave a cluster, which does not tell all that needs it: it stays.

mod desk;

use serde_json::{Value, json};
use tests::mock::Answer;

use desk::{Desk, Says};

#[test]
fn a_key_leaves_where_all_is_told_and_is_kept_here_before() {
    let desk = Desk::new();
    desk.keep(&[&desk.new]);
    let (said, is_taken) = desk.complete(desk.says());
    assert!(said.stdout.contains("took the key from Secret"), "{said:?}");
    assert!(is_taken && said.status == Some(0), "{said:?}");
    assert!(desk.keys().contains(&*desk.old.text()), "{said:?}");
    assert!(!format!("{said:?}").contains(&*desk.old.text()));
}

#[test]
fn kustomizations_that_cannot_be_listed_again_may_need_it() {
    let desk = Desk::new();
    for again in [
        Answer::error(403, "no"),
        Answer::error(500, "etcd is gone"),
        Answer::error(504, "too slow"),
    ] {
        let (said, is_taken) = desk.complete(Says {
            kustomizations_again: Some(again),
            ..desk.says()
        });
        assert!(!is_taken && said.status == Some(3), "{said:?}");
        assert!(said.stderr.contains("cannot see who decrypts"), "{said:?}");
    }
}

#[test]
fn a_kustomization_whose_secret_is_not_known_may_need_it() {
    let desk = Desk::new();
    let applied = desk.says().applied;
    let by_flag = json!({"provider": "sops"});
    let (said, is_taken) = desk.complete(Says {
        decryption: by_flag.clone(),
        deployments: Answer::error(403, "no"),
        ..desk.says()
    });
    assert!(!is_taken && said.status == Some(3), "{said:?}");
    assert!(said.stderr.contains("cannot see who decrypts"), "{said:?}");

    // Nobody says by what it decrypts, and what it applied needs the old key.
    desk.rule(&desk.old);
    desk.checkout.write("b.enc.yaml", "a: 1\n");
    desk.checkout.well(&["encrypt", "-i", "b.enc.yaml"]);
    desk.rule(&desk.new);
    let needs = desk.checkout.commit();
    assert_ne!(needs, applied);
    std::fs::remove_file(desk.checkout.folder().join("b.enc.yaml")).unwrap();
    let (said, is_taken) = desk.complete(Says {
        decryption: by_flag,
        applied: needs,
        ..desk.says()
    });
    assert!(!is_taken && said.status == Some(3), "{said:?}");
    assert!(
        said.stdout.contains("its b.enc.yaml is encrypted for"),
        "{said:?}"
    );
    // The next command is for the same files.
    let again = format!(
        "rotate-key --complete --key-file {}",
        desk.folder.path().display()
    );
    assert!(said.stdout.contains(&again), "{said:?}");
}

#[test]
fn an_encrypted_file_in_base64_needs_it() {
    let desk = Desk::new();
    desk.write_coded();
    let says = desk.says();
    let (said, is_taken) = desk.complete(says.clone());
    assert!(!is_taken && said.status == Some(1), "{said:?}");
    assert!(
        said.stderr
            .contains("coded.yaml: data.c.env is an encrypted file in base64"),
        "{said:?}"
    );

    std::fs::remove_file(desk.checkout.folder().join("coded.yaml")).unwrap();
    let (said, is_taken) = desk.complete(Says {
        applied: says.applied,
        ..desk.says()
    });
    assert!(!is_taken && said.status == Some(3), "{said:?}");
    assert!(said.stdout.contains("its coded.yaml has"), "{said:?}");
    let (said, is_taken) = desk.complete(desk.says());
    assert!(is_taken && said.status == Some(0), "{said:?}");
}

#[test]
fn a_source_that_takes_in_others_may_need_it_and_one_without_submodules_needs_none_of_theirs() {
    let desk = Desk::new();
    let gone = format!("160000,{},below", "6".repeat(40));
    desk.checkout
        .git(&["update-index", "--add", "--cacheinfo", &gone]);
    std::fs::create_dir(desk.checkout.folder().join("below")).unwrap();
    let says = desk.says();
    let source = |more: Value| {
        let mut source = says.source.clone();
        source
            .as_object_mut()
            .unwrap()
            .extend(more.as_object().unwrap().clone());
        Says {
            source,
            ..says.clone()
        }
    };
    for (more, why) in [
        (
            json!({"recurseSubmodules": true}),
            "what it takes of the submodule below",
        ),
        (
            json!({"include": [{"repository": {"name": "other"}}]}),
            "takes in other repositories",
        ),
    ] {
        let (said, is_taken) = desk.complete(source(more));
        assert!(!is_taken && said.status == Some(3), "{said:?}");
        assert!(said.stdout.contains(why), "{said:?}");
    }
    let (said, is_taken) = desk.complete(says);
    assert!(is_taken && said.status == Some(0), "{said:?}");
}
