//! Files that go from one key to both, to the other, and back.

use shared::age::Identity;
use shared::sops::Metadata;
use shared::sops::mac::Covers;
use shared::sops::recipients::Group;
use shared::sops::scope::Rule;
use shared::sops::tree::Value;

use super::*;

fn group(names: &[String]) -> Group {
    let recipients = names.iter().map(|name| Recipient::Age {
        recipient: name.clone(),
        enc: String::new(),
    });
    Group {
        recipients: recipients.collect(),
    }
}

fn file(groups: Vec<Group>, threshold: usize) -> Vec<u8> {
    let key = DataKey::generate().unwrap();
    let groups = data_key::seal(groups, threshold, &key, None).unwrap();
    let rule = Rule::EncryptedRegex("^data$".to_owned());
    let mut metadata = Metadata::create(groups, threshold, rule, Covers::Everything);
    let root = Value::map([("data", Value::text("hunter2"))]);
    let mut document = Document::of(vec![root.items().unwrap().to_vec()]);
    file::seal(&mut document, &mut metadata, &key, &Nonces::default()).unwrap();
    document
        .write_encrypted(&metadata, Format::Yaml, &Layout::default())
        .unwrap()
}

fn opens(bytes: &[u8], identities: &[&Identity]) -> bool {
    let keyring = Keyring::of(identities.iter().map(|one| (*one).clone()));
    let (mut document, metadata) = Document::read_encrypted(bytes, Format::Yaml).unwrap();
    file::open(&mut document, &metadata, &keyring, OnMacMismatch::Fail).is_ok()
}

fn means(keyring: &Keyring) -> Means<'_> {
    const LAYOUT: &Layout = &Layout {
        yaml: 4,
        json: shared::sops::json::Indent::Tab,
        binary: shared::sops::json::Indent::Tab,
    };
    Means {
        format: Format::Yaml,
        layout: LAYOUT,
        keyring,
    }
}

fn text(rekeyed: Rekeyed) -> Vec<u8> {
    match rekeyed {
        Rekeyed::AsItIs => panic!("nothing was done"),
        Rekeyed::SameKey(text) | Rekeyed::KeptKey(text) | Rekeyed::NewKey(text) => text,
    }
}

#[test]
fn a_file_goes_from_one_key_to_both_to_the_other_and_back() {
    let [old, new, me] = [(); 3].map(|()| Identity::generate());
    let (o, n) = (old.recipient(), new.recipient());
    let keyring = Keyring::of([old.clone(), new.clone()]);
    let first = file(vec![group(&[me.recipient(), o.clone()])], 0);
    let both = text(beside(&first, &o, &n, means(&keyring)).unwrap());
    for one in [&old, &new, &me] {
        assert!(opens(&both, &[one]));
    }
    let again = beside(&both, &o, &n, means(&keyring)).unwrap();
    assert!(matches!(again, Rekeyed::AsItIs));
    let alone = alone(&both, &o, &n, means(&keyring)).unwrap();
    assert!(matches!(&alone, Rekeyed::NewKey(_)));
    let alone = text(alone);
    assert!(opens(&alone, &[&new]) && opens(&alone, &[&me]) && !opens(&alone, &[&old]));
    let undone = text(back(&alone, &n, &o, means(&keyring)).unwrap());
    assert!(opens(&undone, &[&old]) && !opens(&undone, &[&new]));
}

#[test]
fn a_share_of_a_key_group_is_given_on_as_it_is() {
    let [old, new, me] = [(); 3].map(|()| Identity::generate());
    let (o, n) = (old.recipient(), new.recipient());
    let first = file(
        vec![group(std::slice::from_ref(&o)), group(&[me.recipient()])],
        2,
    );
    let keyring = Keyring::of([old.clone()]);
    let both = text(beside(&first, &o, &n, means(&keyring)).unwrap());
    assert!(
        opens(&both, &[&new, &me]) && opens(&both, &[&old, &me]) && !opens(&both, &[&new, &old])
    );
}
