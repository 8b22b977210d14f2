//! Points in time as sops writes them: RFC 3339 with as many digits of a second as needed, the offset kept.

/// A point in time, in the one form that enters ciphertext and MAC.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Time(String);

impl Time {
    /// The RFC 3339 text.
    pub fn text(&self) -> &str {
        &self.0
    }

    /// The text without fractions of a second.
    pub fn seconds(&self) -> String {
        match self.0.split_once('.') {
            Some((whole, rest)) => {
                let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
                format!("{whole}{}", &rest[digits..])
            }
            None => self.0.clone(),
        }
    }

    /// Reads what decrypted text of `type:time` holds.
    pub fn from_rfc3339(text: &str) -> Option<Self> {
        let (date, rest) = text.split_once('T')?;
        let strict = date.len() == 10 && rest.as_bytes().get(2) == Some(&b':');
        if strict { Self::from_yaml(text) } else { None }
    }

    /// Reads a plain YAML scalar by the forms of go-yaml: a date; a date, spaces and a time without a zone;
    /// a date, `T` or `t`, and a time with a zone. Months, days, hours and so on may have one digit.
    pub fn from_yaml(text: &str) -> Option<Self> {
        let (year, rest) = text.split_at_checked(4)?;
        let year: u16 = all_digits(year)?.parse().ok()?;
        let rest = rest.strip_prefix('-')?;
        let (month, rest) = number(rest)?;
        let rest = rest.strip_prefix('-')?;
        let (day, rest) = number(rest)?;
        if !is_date(year, month, day) {
            return None;
        }
        let date = format!("{year:04}-{month:02}-{day:02}T");
        if rest.is_empty() {
            return Some(Self(date + "00:00:00Z"));
        }
        if let Some(rest) = rest.strip_prefix(' ') {
            let (clock, rest) = clock(rest.trim_start_matches(' '))?;
            return rest.is_empty().then(|| Self(date + &clock + "Z"));
        }
        let (clock, rest) = clock(rest.strip_prefix(['T', 't'])?)?;
        Some(Self(date + &clock + &zone(rest)?))
    }
}

fn all_digits(text: &str) -> Option<&str> {
    text.bytes()
        .all(|byte| byte.is_ascii_digit())
        .then_some(text)
}

/// One or two digits, and what follows.
fn number(text: &str) -> Option<(u8, &str)> {
    let length = text.bytes().take(2).take_while(u8::is_ascii_digit).count();
    let (digits, rest) = text.split_at(length);
    Some((digits.parse().ok()?, rest))
}

fn is_date(year: u16, month: u8, day: u8) -> bool {
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let days = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => return false,
    };
    (1..=days).contains(&day)
}

/// Hours, minutes, seconds and at most nine digits of a second, and what follows.
fn clock(text: &str) -> Option<(String, &str)> {
    let (hour, rest) = number(text)?;
    let (minute, rest) = number(rest.strip_prefix(':')?)?;
    let (second, mut rest) = number(rest.strip_prefix(':')?)?;
    if hour > 23 || minute > 59 || second > 59 {
        return None;
    }
    let mut text = format!("{hour:02}:{minute:02}:{second:02}");
    if let Some(fraction) = rest.strip_prefix(['.', ',']) {
        let length = fraction.bytes().take_while(u8::is_ascii_digit).count();
        if length == 0 {
            return None;
        }
        let digits = fraction[..length.min(9)].trim_end_matches('0');
        if !digits.is_empty() {
            text = text + "." + digits;
        }
        rest = &fraction[length..];
    }
    Some((text, rest))
}

/// `Z`, or an offset of two digits each; no offset at all is `Z` too.
fn zone(text: &str) -> Option<String> {
    if text == "Z" {
        return Some("Z".to_owned());
    }
    let offset = text.strip_prefix(['+', '-'])?;
    let (hours, minutes) = offset.split_once(':')?;
    if hours.len() != 2 || minutes.len() != 2 {
        return None;
    }
    let (hours, minutes) = (
        all_digits(hours)?.parse::<u8>().ok()?,
        all_digits(minutes)?.parse::<u8>().ok()?,
    );
    if hours > 23 || minutes > 59 {
        return None;
    }
    if hours == 0 && minutes == 0 {
        return Some("Z".to_owned());
    }
    Some(text.to_owned())
}
