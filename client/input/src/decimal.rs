// SPDX-License-Identifier: Apache-2.0

//! Exact decimal numbers as integers of a fixed number of places; no floating point.

use eventum_primitives::{Balance, Ppb, PPB};
use std::fmt;

/// Decimal places of EVT.
pub const EVT_DECIMALS: u32 = 12;
/// Places that the exponent of a number may move the point by.
const MAX_EXPONENT: u64 = 60;

/// What happens to digits beyond the last place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Beyond {
	/// There must be none.
	Refuse,
	/// To the nearest, ties to even.
	HalfEven,
	/// Away from zero.
	Up,
}

/// Why a text is not the number that is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotANumber {
	/// Not a decimal number; NaN and infinities are none.
	Malformed,
	/// Digits beyond the last place.
	TooFine,
	/// Beyond 128 bits.
	TooLarge,
}

impl fmt::Display for NotANumber {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		f.write_str(match self {
			Self::Malformed => "not a decimal number",
			Self::TooFine => "more decimal places than there are",
			Self::TooLarge => "too large",
		})
	}
}

/// `text` × 10^`places` as an integer.
pub fn scaled(text: &str, places: u32, beyond: Beyond) -> Result<i128, NotANumber> {
	let (negative, unsigned) = match text.strip_prefix('-') {
		Some(rest) => (true, rest),
		None => (false, text),
	};
	let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
		Some((mantissa, exponent)) => {
			let exponent: i64 = exponent.parse().map_err(|_| NotANumber::Malformed)?;
			(mantissa, exponent)
		}
		None => (unsigned, 0),
	};
	let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
	let dotted = mantissa.contains('.');
	let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
	if whole.is_empty() || !digits(whole) || !digits(fraction) || (dotted && fraction.is_empty()) {
		return Err(NotANumber::Malformed);
	}
	if exponent.unsigned_abs() > MAX_EXPONENT {
		return Err(NotANumber::TooLarge);
	}
	let all: Vec<u8> = whole.bytes().chain(fraction.bytes()).map(|byte| byte - b'0').collect();
	let keep = whole.len() as i64 + exponent + i64::from(places);
	let kept = usize::try_from(keep).unwrap_or(0);
	let mut value: u128 = 0;
	for place in 0..kept {
		let digit = all.get(place).copied().unwrap_or(0);
		value = value
			.checked_mul(10)
			.and_then(|value| value.checked_add(u128::from(digit)))
			.ok_or(NotANumber::TooLarge)?;
	}
	let rest = all.get(kept.min(all.len())..).unwrap_or_default();
	if rest.iter().any(|digit| *digit != 0) {
		let up = match beyond {
			Beyond::Refuse => return Err(NotANumber::TooFine),
			Beyond::Up => true,
			// A point left of the first digit means zeroes between the two.
			Beyond::HalfEven if keep < 0 => false,
			Beyond::HalfEven => {
				let tie = rest[0] == 5 && rest[1..].iter().all(|digit| *digit == 0);
				if tie {
					value % 2 == 1
				} else {
					rest[0] >= 5
				}
			}
		};
		value = value.checked_add(u128::from(up)).ok_or(NotANumber::TooLarge)?;
	}
	// The lowest number is one further from zero than the highest.
	let signed =
		if negative { 0_i128.checked_sub_unsigned(value) } else { i128::try_from(value).ok() };
	signed.ok_or(NotANumber::TooLarge)
}

/// An amount of EVT, exact to 12 decimal places.
pub fn evt(text: &str) -> Result<Balance, String> {
	scaled(text, EVT_DECIMALS, Beyond::Refuse)
		.map_err(|error| error.to_string())
		.and_then(|value| Balance::try_from(value).map_err(|_| "less than nothing".into()))
		.map_err(|error| {
			format!("{text} is no amount of EVT ({error}): write it like 12.5, at most 12 decimals")
		})
}

/// A share as parts per billion, rounded up; a decimal or a fraction such as `2/3`.
pub fn share(text: &str) -> Result<Ppb, NotANumber> {
	let Some((top, bottom)) = text.split_once('/') else {
		let value = scaled(text, 9, Beyond::Up)?;
		return Ppb::try_from(value).map_err(|_| NotANumber::TooLarge);
	};
	let part = |text: &str| text.trim().parse::<u64>().map_err(|_| NotANumber::Malformed);
	let (top, bottom) = (u128::from(part(top)?), u128::from(part(bottom)?));
	if bottom == 0 {
		return Err(NotANumber::Malformed);
	}
	Ppb::try_from((top * u128::from(PPB)).div_ceil(bottom)).map_err(|_| NotANumber::TooLarge)
}

/// `value` / 10^`places` in decimal notation, without needless zeroes.
pub fn text(value: i128, places: u32) -> String {
	let digits = format!("{:0>width$}", value.unsigned_abs(), width = places as usize + 1);
	let (whole, fraction) = digits.split_at(digits.len() - places as usize);
	let fraction = fraction.trim_end_matches('0');
	let sign = if value < 0 { "-" } else { "" };
	let point = if fraction.is_empty() { "" } else { "." };
	format!("{sign}{whole}{point}{fraction}")
}

/// An amount of EVT for people.
pub fn evt_text(amount: Balance) -> String {
	text(i128::try_from(amount).unwrap_or(i128::MAX), EVT_DECIMALS)
}

/// Hundredths, such as a reputation, for people: `3.05`.
pub fn hundredths(value: i32) -> String {
	let sign = if value < 0 { "-" } else { "" };
	format!("{sign}{}.{:02}", value.unsigned_abs() / 100, value.unsigned_abs() % 100)
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn decimals_are_exact() {
		let half_even = |text| scaled(text, 1, Beyond::HalfEven);
		assert_eq!(scaled("12.5", 12, Beyond::Refuse), Ok(12_500_000_000_000));
		assert_eq!(scaled("1.5e3", 0, Beyond::Refuse), Ok(1_500));
		assert_eq!(scaled("-0.001", 3, Beyond::Refuse), Ok(-1));
		assert_eq!(scaled("0.1234567890123", 12, Beyond::Refuse), Err(NotANumber::TooFine));
		assert_eq!(half_even("0.25"), Ok(2));
		assert_eq!(half_even("0.35"), Ok(4));
		assert_eq!(half_even("0.2500001"), Ok(3));
		assert_eq!(half_even("-0.35"), Ok(-4));
		assert_eq!(half_even("0.0500"), Ok(0));
		assert_eq!(half_even("0.009e-5"), Ok(0));
		for text in ["1e40", "1e61", "1e-61", "1e9223372036854775807", "1e-9223372036854775808"] {
			assert_eq!(scaled(text, 0, Beyond::HalfEven), Err(NotANumber::TooLarge), "{text}");
		}
		for end in [i128::MIN, i128::MAX] {
			assert_eq!(scaled(&text(end, 6), 6, Beyond::Refuse), Ok(end));
		}
		let beyond =
			["170141183460469231731687303715884105728", "-170141183460469231731687303715884105729"];
		for text in beyond {
			assert_eq!(scaled(text, 0, Beyond::Refuse), Err(NotANumber::TooLarge), "{text}");
		}
		for text in ["", "-", ".5", "5.", "NaN", "inf", "1e", "0x10", "1_000", "+1", " 1", "1.-5"] {
			assert_eq!(scaled(text, 2, Beyond::HalfEven), Err(NotANumber::Malformed), "{text}");
		}
	}

	#[test]
	fn shares_round_up() {
		assert_eq!(share("2/3"), Ok(666_666_667));
		assert_eq!(share("1/2"), Ok(500_000_000));
		assert_eq!(share("0.5"), Ok(500_000_000));
		assert_eq!(share("0.6666666661"), Ok(666_666_667));
		assert_eq!(share("2/0"), Err(NotANumber::Malformed));
		assert_eq!(share("-0.1"), Err(NotANumber::TooLarge));
	}

	#[test]
	fn amounts_read_back() {
		assert_eq!(evt_text(1_050_000_000_000), "1.05");
		assert_eq!(evt_text(1), "0.000000000001");
		assert_eq!(evt("30"), Ok(30_000_000_000_000));
		assert!(evt("-1").unwrap_err().contains("12.5"));
		assert_eq!(hundredths(305), "3.05");
		assert_eq!(hundredths(-7), "-0.07");
	}
}
