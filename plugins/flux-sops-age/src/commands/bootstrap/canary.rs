//! The proof: what is encrypted for the key opens with what the cluster has, and with nothing else.

use shared::age::shown;
use shared::failure::{Exit, Failure, Result};
use shared::secret::Secret;
use shared::sops::cipher::{DataKey, Nonces};
use shared::sops::file::{self, OnMacMismatch};
use shared::sops::mac::Covers;
use shared::sops::recipients::{Group, Recipient};
use shared::sops::scope::Rule;
use shared::sops::tree::Value;
use shared::sops::{Document, Format, Layout, Metadata, data_key};

use super::choose::Key;
use super::scene::Scene;

/// What the canary says.
const SONG: &str = "the pair fits";

/// Encrypts a Secret for the key as `.sops.yaml` does, and opens it with what each cluster's Secret holds now.
pub(super) async fn prove(scene: &Scene, key: &Key) -> Result<()> {
    let text = encrypt(&key.recipient())?;
    for target in &scene.targets {
        let of = target.cluster.of_several(scene.targets.len());
        let secret = target.cluster.secret(&scene.place).await?;
        let opened = secret.is_some_and(|secret| opens(&text, &secret.keyring()));
        if !opened {
            return Err(Failure::new(format!(
                "Secret {}{of} does not open what is encrypted for {}",
                scene.place,
                shown(&key.recipient())
            ))
            .hint("somebody has changed it meanwhile: run the same command again")
            .exit(Exit::Failed));
        }
    }
    Ok(())
}

fn encrypt(recipient: &str) -> Result<Vec<u8>> {
    let group = Group {
        recipients: vec![Recipient::Age {
            recipient: recipient.to_owned(),
            enc: String::new(),
        }],
    };
    let key = DataKey::generate()?;
    let groups = data_key::seal(vec![group], 0, &key, None)?;
    let rule = Rule::EncryptedRegex("^(data|stringData)$".to_owned());
    let mut metadata = Metadata::create(groups, 0, rule, Covers::Everything);
    let root = Value::map([
        ("kind", Value::text("Secret")),
        ("stringData", Value::map([("song", Value::text(SONG))])),
    ]);
    let mut document = Document::of(vec![root.items().unwrap_or_default().to_vec()]);
    file::seal(&mut document, &mut metadata, &key, &Nonces::default())?;
    document.write_encrypted(&metadata, Format::Yaml, &Layout::default())
}

fn opens(text: &[u8], keyring: &shared::age::Keyring) -> bool {
    let opened =
        Document::read_encrypted(text, Format::Yaml).and_then(|(mut document, metadata)| {
            file::open(&mut document, &metadata, keyring, OnMacMismatch::Fail)?;
            Ok(document)
        });
    opened.is_ok_and(|document| {
        let root = document.roots.first().cloned().map(Value::Map);
        let song = root
            .as_ref()
            .and_then(|root| root.get("stringData")?.get("song"));
        song == Some(&Value::Str(Secret::from(SONG)))
    })
}

#[cfg(test)]
mod tests {
    use shared::age::{Identity, Keyring};

    use super::*;

    #[test]
    fn the_pair_fits_or_not() {
        let [one, other] = [Identity::generate(), Identity::generate()];
        let text = encrypt(&one.recipient()).unwrap();
        assert!(!String::from_utf8_lossy(&text).contains(SONG));
        assert!(opens(&text, &Keyring::of([one])));
        assert!(!opens(&text, &Keyring::of([other])));
    }
}
