//! Shamir's secret sharing over GF(2^8), as HashiCorp Vault does it: a share is its bytes and its x coordinate.
//!
//! See <https://github.com/hashicorp/vault/tree/main/shamir>.

use zeroize::Zeroizing;

use crate::failure::{Failure, Result};

/// A share: as many bytes as the secret has, and one for the x coordinate.
pub type Share = Zeroizing<Vec<u8>>;

/// Splits a secret into shares of which `threshold` make it again.
///
/// # Errors
/// When the numbers make no sense, or the system has no randomness.
pub fn split(secret: &[u8], parts: usize, threshold: usize) -> Result<Vec<Share>> {
    if !(2..=255).contains(&threshold) || !(threshold..=255).contains(&parts) {
        return Err(Failure::new(format!(
            "shamir_threshold must be from 2 to the number of key groups ({parts}), not {threshold}"
        )));
    }
    let mut shares: Vec<Share> = (0..parts)
        .map(|_| Zeroizing::new(Vec::with_capacity(secret.len() + 1)))
        .collect();
    let mut coefficients = Zeroizing::new(vec![0; threshold]);
    for byte in secret {
        getrandom::fill(&mut coefficients)
            .map_err(|_| Failure::new("the system has no randomness"))?;
        coefficients[0] = *byte;
        for (x, share) in (1u8..).zip(&mut shares) {
            let y = coefficients
                .iter()
                .rev()
                .fold(0, |y, coefficient| multiply(y, x) ^ coefficient);
            share.push(y);
        }
    }
    for (x, share) in (1u8..).zip(&mut shares) {
        share.push(x);
    }
    Ok(shares)
}

/// Makes the secret from shares; none where they do not fit each other.
pub fn combine(shares: &[Share]) -> Option<Zeroizing<Vec<u8>>> {
    let length = shares.first()?.len();
    if length < 2 || shares.iter().any(|share| share.len() != length) {
        return None;
    }
    let xs: Vec<u8> = shares.iter().map(|share| share[length - 1]).collect();
    let distinct = (1..xs.len()).all(|at| !xs[..at].contains(&xs[at]));
    if !distinct || xs.contains(&0) {
        return None;
    }
    let at_zero = |byte: usize| {
        let terms = shares.iter().zip(&xs).map(|(share, x)| {
            let others = xs.iter().filter(|other| *other != x);
            let weight = others.fold(1, |weight, other| {
                multiply(weight, divide(*other, *other ^ *x))
            });
            multiply(share[byte], weight)
        });
        terms.fold(0, |sum, term| sum ^ term)
    };
    Some(Zeroizing::new((0..length - 1).map(at_zero).collect()))
}

/// The product modulo x^8 + x^4 + x^3 + x + 1, in constant time.
fn multiply(a: u8, b: u8) -> u8 {
    let mut product = 0u8;
    for bit in (0..8).rev() {
        let carry = (product >> 7).wrapping_neg() & 0x1b;
        let add = ((b >> bit) & 1).wrapping_neg() & a;
        product = (product << 1) ^ carry ^ add;
    }
    product
}

/// The quotient: the inverse is the 254th power.
fn divide(a: u8, b: u8) -> u8 {
    let inverse = (0..254).fold(1, |power, _| multiply(power, b));
    multiply(a, inverse)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_threshold_of_shares_makes_the_secret() {
        let secret = [7u8, 0, 255, 42];
        let shares = split(&secret, 4, 3).unwrap();
        for left_out in 0..4 {
            let mut some = shares.clone();
            some.remove(left_out);
            assert_eq!(*combine(&some).unwrap(), secret);
        }
        assert_ne!(*combine(&shares[..2]).unwrap(), secret);
        assert!(combine(&[shares[0].clone(), shares[0].clone()]).is_none());
        assert!(split(&secret, 2, 3).is_err());
    }

    #[test]
    fn every_number_times_its_inverse_is_one() {
        assert!((1..=255).all(|number| multiply(number, divide(1, number)) == 1));
        // An example of FIPS 197, 4.2.
        assert_eq!(multiply(0x57, 0x83), 0xc1);
    }
}
