//! How long ago something was, as kubectl says it.

use jiff::SignedDuration;

/// A duration in one or two units, the fewer the longer it is.
/// See <https://pkg.go.dev/k8s.io/apimachinery/pkg/util/duration#HumanDuration>.
pub fn age(duration: SignedDuration) -> String {
    let seconds = duration.as_secs().max(0);
    let (minutes, hours, days, years) = (
        seconds / 60,
        seconds / 3600,
        seconds / 86_400,
        seconds / 31_536_000,
    );
    match seconds {
        ..120 => format!("{seconds}s"),
        120..600 => two(minutes, "m", seconds % 60, "s"),
        600..10_800 => format!("{minutes}m"),
        10_800..28_800 => two(hours, "h", minutes % 60, "m"),
        28_800..172_800 => format!("{hours}h"),
        172_800..691_200 => two(days, "d", hours % 24, "h"),
        691_200..63_072_000 => format!("{days}d"),
        63_072_000..252_288_000 => two(years, "y", days % 365, "d"),
        _ => format!("{years}y"),
    }
}

fn two(large: i64, large_unit: &str, small: i64, small_unit: &str) -> String {
    match small {
        0 => format!("{large}{large_unit}"),
        small => format!("{large}{large_unit}{small}{small_unit}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ages_are_said_as_kubectl_says_them() {
        for (seconds, text) in [
            (-5, "0s"),
            (119, "119s"),
            (120, "2m"),
            (599, "9m59s"),
            (10_799, "179m"),
            (28_799, "7h59m"),
            (172_799, "47h"),
            (691_199, "7d23h"),
            (691_200, "8d"),
            (63_072_000 + 86_400, "2y1d"),
            (315_360_000, "10y"),
        ] {
            assert_eq!(age(SignedDuration::from_secs(seconds)), text);
        }
    }
}
