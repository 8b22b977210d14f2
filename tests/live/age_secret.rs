//! The Secret of age identities: read, added to and taken from, beside others who do the same.

use shared::age::Identity;
use shared::decryption::{self, Content, Place};
use shared::kube::{Api, Connection, Refusal, connect};
use shared::secret::Secret;
use tests::control_plane::{ControlPlane, Kubeconfig};

/// A client of the shared server, and a namespace that no other test has.
async fn desk() -> (Api, Place) {
    // The control plane has a runtime of its own, which cannot be entered from this one.
    let (namespace, config) = tokio::task::spawn_blocking(|| {
        let plane = ControlPlane::shared();
        let config = Kubeconfig::new().context("infra", plane, &plane.admin());
        (plane.namespace("age"), config)
    })
    .await
    .unwrap();
    let connection = Connection {
        kubeconfig: Some(config.path()),
        ..Connection::default()
    };
    let cluster = connect(&connection, None).await.unwrap();
    (cluster.api, Place::new(namespace, "sops-age"))
}

fn entry(data_key: &str, identity: &Identity) -> (String, Secret) {
    (data_key.to_owned(), Secret::from(identity.text().as_str()))
}

#[tokio::test(flavor = "multi_thread")]
async fn keys_are_added_beside_what_is_there_and_taken_away_alone() {
    let (api, place) = desk().await;
    assert!(decryption::read(&api, &place).await.unwrap().is_none());
    let [old, new] = [Identity::generate(), Identity::generate()];
    let made = decryption::add(&api, &place, None, &[entry("age.agekey", &old)])
        .await
        .unwrap();
    assert_eq!(made.recipients(), [old.recipient()]);

    // Somebody else's data key, and one of another kind.
    let path = format!(
        "/api/v1/namespaces/{}/secrets/{}",
        place.namespace, place.name
    );
    api.merge(&path, br#"{"stringData": {"sops.vault-token": "s.abc"}}"#)
        .await
        .unwrap();
    let stale = decryption::add(&api, &place, Some(&made), &[entry("new.agekey", &new)]).await;
    assert!(matches!(stale, Err(Refusal::Conflict(_))), "{stale:?}");

    let before = decryption::read(&api, &place).await.unwrap().unwrap();
    let both = decryption::add(&api, &place, Some(&before), &[entry("new.agekey", &new)])
        .await
        .unwrap();
    assert_eq!(both.recipients(), [old.recipient(), new.recipient()]);
    assert!(matches!(
        both.entry("sops.vault-token").unwrap().content,
        Content::Other
    ));

    let taken = [("age.agekey".to_owned(), None)];
    let stale = decryption::remove(&api, &before, &taken).await;
    assert!(matches!(stale, Err(Refusal::Conflict(_))), "{stale:?}");
    let left = decryption::remove(&api, &both, &taken).await.unwrap();
    assert_eq!(left.recipients(), [new.recipient()]);
    assert!(left.entry("sops.vault-token").is_some());
    // Applied again, it does not bring back what was taken away.
    let again = decryption::add(&api, &place, Some(&left), &[entry("new.agekey", &new)])
        .await
        .unwrap();
    assert_eq!(again.recipients(), [new.recipient()]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_is_never_written_over() {
    let (api, place) = desk().await;
    let [old, new] = [Identity::generate(), Identity::generate()];
    let made = decryption::add(&api, &place, None, &[entry("age.agekey", &old)])
        .await
        .unwrap();
    for before in [None, Some(&made)] {
        let over = decryption::add(&api, &place, before, &[entry("age.agekey", &new)]).await;
        assert!(matches!(over, Err(Refusal::Conflict(_))), "{over:?}");
    }
    let after = decryption::read(&api, &place).await.unwrap().unwrap();
    assert_eq!(after.recipients(), [old.recipient()]);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_who_make_it_at_once_one_is_told() {
    let (api, place) = desk().await;
    let [one, other] = [Identity::generate(), Identity::generate()];
    let [one, other] = [entry("age.agekey", &one), entry("age.agekey", &other)];
    let (one, other) = tokio::join!(
        decryption::add(&api, &place, None, std::slice::from_ref(&one)),
        decryption::add(&api, &place, None, std::slice::from_ref(&other)),
    );
    assert!(one.is_ok() != other.is_ok(), "{one:?} {other:?}");
    let kept = one.or(other).unwrap().recipients();
    let after = decryption::read(&api, &place).await.unwrap().unwrap();
    assert_eq!(after.recipients(), kept);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_namespace_is_made_once() {
    let (api, place) = desk().await;
    let name = format!("{}-more", place.namespace);
    assert!(decryption::ensure_namespace(&api, &name).await.unwrap());
    assert!(!decryption::ensure_namespace(&api, &name).await.unwrap());
    assert!(
        !decryption::ensure_namespace(&api, &place.namespace)
            .await
            .unwrap()
    );
}
