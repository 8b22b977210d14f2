//! The keys of the encapsulation, and what is sent.

use aes_gcm::aead::consts::U32;
use aes_gcm::aead::generic_array::typenum::{Sum, Unsigned};
use hpke::{Deserializable, HpkeError, Serializable};
use ml_kem::{Ciphertext, EncodedSizeUser, KemCore, MlKem768};
use sha3::Shake256;
use sha3::digest::{ExtendableOutput, Update, XofReader};
use x25519_dalek::{PublicKey as Point, StaticSecret};
use zeroize::Zeroizing;

type PqPublic = <MlKem768 as KemCore>::EncapsulationKey;
type PqPrivate = <MlKem768 as KemCore>::DecapsulationKey;
type PqPublicSize = <PqPublic as EncodedSizeUser>::EncodedSize;
type PqCiphertextSize = <MlKem768 as KemCore>::CiphertextSize;

/// A private key: the seed, and what it unfolds to.
#[derive(Clone)]
pub(super) struct Private {
    pub(super) seed: Zeroizing<[u8; 32]>,
    pub(super) pq: PqPrivate,
    pub(super) curve: StaticSecret,
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
    pub(super) pq: PqPublic,
    pub(super) curve: Point,
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
    pub(super) pq: Ciphertext<MlKem768>,
    pub(super) curve: Point,
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
