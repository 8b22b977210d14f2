//! What is sealed opens, at its place and under its key alone.

use super::*;
use crate::sops::scalar::Type;

#[test]
fn what_is_sealed_opens_at_its_place_only() {
    let key = DataKey::generate().unwrap();
    let sealed = key
        .seal(Type::Int, &"42".into(), "data:n:", &Nonces::default())
        .unwrap();
    assert!(is_sealed(&sealed));
    let opened = key.open(&sealed, "data:n:").unwrap();
    assert_eq!((opened.kind, opened.text.text()), (Type::Int, Some("42")));
    assert_eq!(key.open(&sealed, "data:m:").err(), Some(Unreadable::Forged));
    let other = DataKey::generate().unwrap();
    assert_eq!(
        other.open(&sealed, "data:n:").err(),
        Some(Unreadable::Forged)
    );
}

#[test]
fn an_unchanged_value_keeps_its_ciphertext() {
    let key = DataKey::generate().unwrap();
    let mut nonces = Nonces::default();
    let first = key.seal(Type::Str, &"x".into(), "a:", &nonces).unwrap();
    nonces.keep("a:", &key.open(&first, "a:").unwrap());
    let seal = |text: &str, aad| key.seal(Type::Str, &text.into(), aad, &nonces).unwrap();
    assert_eq!(seal("x", "a:"), first);
    assert_ne!(seal("y", "a:"), first);
    assert_ne!(seal("x", "b:"), first);
}

#[test]
fn equal_elements_of_a_list_keep_their_own() {
    let key = DataKey::generate().unwrap();
    let seal = |nonces: &Nonces| key.seal(Type::Bool, &"True".into(), "l:", nonces).unwrap();
    let before: Vec<String> = (0..3).map(|_| seal(&Nonces::default())).collect();
    let mut nonces = Nonces::default();
    for sealed in &before {
        nonces.keep("l:", &key.open(sealed, "l:").unwrap());
    }
    let after: Vec<String> = (0..4).map(|_| seal(&nonces)).collect();
    assert_eq!(after[..3], before);
    assert_eq!(after[3], before[2]);
}

#[test]
fn what_is_not_sealed_is_told_apart() {
    let key = DataKey::generate().unwrap();
    for (text, why) in [
        ("plain", Unreadable::NotEncrypted),
        ("ENC[AES256_GCM,data:AA==]", Unreadable::NotEncrypted),
        (
            "ENC[AES256_GCM,data:A,iv:AA==,tag:AA==,type:str]",
            Unreadable::Malformed,
        ),
        (
            "ENC[AES256_GCM,data:AA==,iv:AA==,tag:AA==,type:odd]",
            Unreadable::Malformed,
        ),
    ] {
        assert_eq!(key.open(text, "").err(), Some(why), "{text}");
    }
}
