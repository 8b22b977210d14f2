//! MLKEM768-X25519 (X-Wing) as a key encapsulation for HPKE, id 0x647a.
//!
//! See <https://datatracker.ietf.org/doc/draft-connolly-cfrg-xwing-kem/> and draft-ietf-hpke-pq.

use aes_gcm::aead::consts::U32;
use aes_gcm::aead::generic_array::GenericArray;
use aes_gcm::aead::generic_array::typenum::{Sum, Unsigned};
use hpke::kem::SharedSecret;
use hpke::{Deserializable, HpkeError, Serializable};
use ml_kem::kem::{Decapsulate, Encapsulate};
use ml_kem::{Ciphertext, EncodedSizeUser, KemCore, MlKem768};
use rand::{CryptoRng, RngCore};
use sha3::digest::{ExtendableOutput, Update, XofReader};
use sha3::{Digest, Sha3_256, Shake256};
use x25519_dalek::{PublicKey as Point, StaticSecret};
use zeroize::Zeroizing;

const LABEL: &[u8] = br"\.//^\";
type PqPublic = <MlKem768 as KemCore>::EncapsulationKey;
type PqPrivate = <MlKem768 as KemCore>::DecapsulationKey;
type PqPublicSize = <PqPublic as EncodedSizeUser>::EncodedSize;
type PqCiphertextSize = <MlKem768 as KemCore>::CiphertextSize;

/// The encapsulation.
pub(super) struct Kem;

/// A private key: the seed, and what it unfolds to.
#[derive(Clone)]
pub(super) struct Private {
    seed: Zeroizing<[u8; 32]>,
    pq: PqPrivate,
    curve: StaticSecret,
}

impl PartialEq for Private {
    fn eq(&self, other: &Self) -> bool {
        self.seed == other.seed
    }
}

impl Eq for Private {}

impl Deserializable for Private {
    fn from_bytes(encoded: &[u8]) -> Result<Self, HpkeError> {
        let seed: [u8; 32] = encoded
            .try_into()
            .map_err(|_| HpkeError::IncorrectInputLength(32, encoded.len()))?;
        let seed = Zeroizing::new(seed);
        let mut stream = Shake256::default().chain(seed.as_slice()).finalize_xof();
        let mut parts = [
            Zeroizing::new([0; 32]),
            Zeroizing::new([0; 32]),
            Zeroizing::new([0; 32]),
        ];
        for part in &mut parts {
            stream.read(part.as_mut_slice());
        }
        let [d, z, curve] = parts;
        let (pq, _) = MlKem768::generate_deterministic(&(*d).into(), &(*z).into());
        let curve = StaticSecret::from(*curve);
        Ok(Self { seed, pq, curve })
    }
}

impl Serializable for Private {
    type OutputSize = U32;

    fn write_exact(&self, out: &mut [u8]) {
        out.copy_from_slice(self.seed.as_slice());
    }
}

/// A public key.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Public {
    pq: PqPublic,
    curve: Point,
}

impl Eq for Public {}

impl Deserializable for Public {
    fn from_bytes(encoded: &[u8]) -> Result<Self, HpkeError> {
        let size = Self::OutputSize::to_usize();
        if encoded.len() != size {
            return Err(HpkeError::IncorrectInputLength(size, encoded.len()));
        }
        let (pq, curve) = encoded.split_at(PqPublicSize::to_usize());
        let pq = PqPublic::from_bytes(pq.try_into().map_err(|_| HpkeError::ValidationError)?);
        let curve: [u8; 32] = curve.try_into().map_err(|_| HpkeError::ValidationError)?;
        let key = Self {
            pq,
            curve: Point::from(curve),
        };
        // Numbers beyond the modulus do not come back as they were.
        if key.to_bytes().as_slice() == encoded {
            Ok(key)
        } else {
            Err(HpkeError::ValidationError)
        }
    }
}

impl Serializable for Public {
    type OutputSize = Sum<PqPublicSize, U32>;

    fn write_exact(&self, out: &mut [u8]) {
        let (pq, curve) = out.split_at_mut(PqPublicSize::to_usize());
        pq.copy_from_slice(&self.pq.as_bytes());
        curve.copy_from_slice(self.curve.as_bytes());
    }
}

/// What the sender sends.
#[derive(Clone)]
pub(super) struct Encapped {
    pq: Ciphertext<MlKem768>,
    curve: Point,
}

impl Deserializable for Encapped {
    fn from_bytes(encoded: &[u8]) -> Result<Self, HpkeError> {
        let size = Self::OutputSize::to_usize();
        if encoded.len() != size {
            return Err(HpkeError::IncorrectInputLength(size, encoded.len()));
        }
        let (pq, curve) = encoded.split_at(PqCiphertextSize::to_usize());
        let curve: [u8; 32] = curve.try_into().map_err(|_| HpkeError::ValidationError)?;
        Ok(Self {
            pq: pq.try_into().map_err(|_| HpkeError::ValidationError)?,
            curve: Point::from(curve),
        })
    }
}

impl Serializable for Encapped {
    type OutputSize = Sum<PqCiphertextSize, U32>;

    fn write_exact(&self, out: &mut [u8]) {
        let (pq, curve) = out.split_at_mut(PqCiphertextSize::to_usize());
        pq.copy_from_slice(&self.pq);
        curve.copy_from_slice(self.curve.as_bytes());
    }
}

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
