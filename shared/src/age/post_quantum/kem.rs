//! MLKEM768-X25519 (X-Wing) as a key encapsulation for HPKE, id 0x647a.
//!
//! See <https://datatracker.ietf.org/doc/draft-connolly-cfrg-xwing-kem/> and draft-ietf-hpke-pq.

use aes_gcm::aead::consts::U32;
use aes_gcm::aead::generic_array::GenericArray;
use hpke::kem::SharedSecret;
use hpke::{Deserializable, HpkeError};
use ml_kem::kem::{Decapsulate, Encapsulate};
use rand::{CryptoRng, RngCore};
use sha3::digest::{ExtendableOutput, Update, XofReader};
use sha3::{Digest, Sha3_256, Shake256};
use x25519_dalek::{PublicKey as Point, StaticSecret};
use zeroize::Zeroizing;

use super::keys::{Encapped, Private, Public};

const LABEL: &[u8] = br"\.//^\";

/// The encapsulation.
pub(super) struct Kem;

impl hpke::Kem for Kem {
    type PublicKey = Public;
    type PrivateKey = Private;
    type EncappedKey = Encapped;
    type NSecret = U32;
    const KEM_ID: u16 = 0x647a;

    fn sk_to_pk(private: &Private) -> Public {
        Public {
            pq: private.pq.encapsulation_key().clone(),
            curve: Point::from(&private.curve),
        }
    }

    fn derive_keypair(ikm: &[u8]) -> (Private, Public) {
        let mut seed = Zeroizing::new([0; 32]);
        Shake256::default()
            .chain(ikm)
            .chain(b"HPKE-v1KEM")
            .chain(Self::KEM_ID.to_be_bytes())
            .chain(13u16.to_be_bytes())
            .chain(b"DeriveKeyPair")
            .chain(32u16.to_be_bytes())
            .finalize_xof()
            .read(seed.as_mut_slice());
        let private = match Private::from_bytes(seed.as_slice()) {
            Ok(private) => private,
            Err(_) => unreachable!("a seed of 32 bytes is a key"),
        };
        let public = Self::sk_to_pk(&private);
        (private, public)
    }

    fn decap(
        private: &Private,
        sender: Option<&Public>,
        encapped: &Encapped,
    ) -> Result<SharedSecret<Self>, HpkeError> {
        let curve = private.curve.diffie_hellman(&encapped.curve);
        if sender.is_some() || !curve.was_contributory() {
            return Err(HpkeError::DecapError);
        }
        let pq = private
            .pq
            .decapsulate(&encapped.pq)
            .map_err(|()| HpkeError::DecapError)?;
        let own = Point::from(&private.curve);
        Ok(combine(&pq, curve.as_bytes(), &encapped.curve, &own))
    }

    fn encap<R: CryptoRng + RngCore>(
        public: &Public,
        sender: Option<(&Private, &Public)>,
        random: &mut R,
    ) -> Result<(SharedSecret<Self>, Encapped), HpkeError> {
        let once = StaticSecret::random_from_rng(&mut *random);
        let curve = once.diffie_hellman(&public.curve);
        if sender.is_some() || !curve.was_contributory() {
            return Err(HpkeError::EncapError);
        }
        let (ciphertext, pq) = public
            .pq
            .encapsulate(random)
            .map_err(|()| HpkeError::EncapError)?;
        let encapped = Encapped {
            pq: ciphertext,
            curve: Point::from(&once),
        };
        let secret = combine(&pq, curve.as_bytes(), &encapped.curve, &public.curve);
        Ok((secret, encapped))
    }
}

fn combine(pq: &[u8], curve: &[u8], sent: &Point, own: &Point) -> SharedSecret<Kem> {
    let secret = <Sha3_256 as Digest>::new()
        .chain_update(pq)
        .chain_update(curve)
        .chain_update(sent.as_bytes())
        .chain_update(own.as_bytes())
        .chain_update(LABEL)
        .finalize();
    SharedSecret(GenericArray::clone_from_slice(&secret))
}
