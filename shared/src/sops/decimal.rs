//! Floats in the digits that Go gives them: the fewest that read back as the same number and, of two texts that are
//! as near to it, the one whose last digit is even. Rust takes the greater one there, with which no MAC would fit.

/// With an exponent: `1.5e-7`.
pub(super) fn scientific(number: f64) -> String {
    let shortest = format!("{number:e}");
    let digits = shortest.split('e').next().unwrap_or_default();
    let digits = digits.bytes().filter(u8::is_ascii_digit).count();
    let even = format!("{number:.*e}", digits.saturating_sub(1));
    if even.parse() == Ok(number) {
        even
    } else {
        shortest
    }
}

/// Without an exponent: `0.00000015`.
pub(super) fn plain(number: f64) -> String {
    let text = scientific(number);
    let (sign, text) = match text.strip_prefix('-') {
        Some(text) => ("-", text),
        None => ("", text.as_str()),
    };
    let Some((digits, exponent)) = text.split_once('e') else {
        return number.to_string();
    };
    let digits = digits.replace('.', "");
    let point = exponent.parse::<isize>().unwrap_or_default() + 1;
    match usize::try_from(point) {
        Ok(0) | Err(_) => format!("{sign}0.{}{digits}", "0".repeat(point.unsigned_abs())),
        Ok(point) if point < digits.len() => {
            let (whole, part) = digits.split_at(point);
            format!("{sign}{whole}.{part}")
        }
        Ok(point) => format!("{sign}{digits}{}", "0".repeat(point - digits.len())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[expect(
        clippy::excessive_precision,
        reason = "they are the numbers' own digits"
    )]
    fn of_two_texts_that_are_as_near_the_even_one_is_taken() {
        for (number, text) in [
            (1431044366295.40625, "1431044366295.4062"),
            (273986070506371.125, "273986070506371.12"),
            (-273986070506371.125, "-273986070506371.12"),
            (273986070506371.375, "273986070506371.38"),
            (0.0, "0"),
            (-0.0, "-0"),
            (1.0, "1"),
            (0.1, "0.1"),
            (1.5e-7, "0.00000015"),
            (9007199254740992.0, "9007199254740992"),
            (1e21, "1000000000000000000000"),
            (f64::INFINITY, "inf"),
        ] {
            assert_eq!(plain(number), text);
        }
        assert_eq!(scientific(5e-324), "5e-324");
        assert_eq!(
            scientific(2_f64.powi(-1074 + 52)),
            "2.2250738585072014e-308"
        );
    }

    #[test]
    fn what_is_written_reads_back() {
        let mut bits = 0x9e37_79b9_7f4a_7c15_u64;
        for _ in 0..100_000 {
            bits = bits.rotate_left(13).wrapping_mul(0x2545_f491_4f6c_dd1d) + 1;
            let number = f64::from_bits(bits);
            if number.is_finite() {
                assert_eq!(scientific(number).parse(), Ok(number));
                assert_eq!(plain(number).parse(), Ok(number));
                assert_eq!(scientific(number).len(), format!("{number:e}").len());
            }
        }
    }
}
