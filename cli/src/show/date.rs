// SPDX-License-Identifier: Apache-2.0

//! Points in time for people.

use eventum_primitives::Moment;

/// A point in time as people write it, to the minute, UTC: `2026-11-20 16:05`.
pub fn date(moment: Moment) -> String {
	let minutes = moment / 60_000;
	let (days, minute) = (minutes / 1_440, minutes % 1_440);
	let (year, month, day) = civil(days);
	format!("{year}-{month:02}-{day:02} {:02}:{:02}", minute / 60, minute % 60)
}

/// Year, month and day of the Gregorian calendar so many days after 1970-01-01. Years begin in March
/// here, so that the leap day is the last.
fn civil(days: u64) -> (u64, u64, u64) {
	// 719,468 days before 1970-01-01 a period of 400 years (146,097 days) began.
	let days = days.saturating_add(719_468);
	let (periods, day) = (days / 146_097, days % 146_097);
	let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
	let day = day - (365 * year + year / 4 - year / 100);
	// Lengths of months from March on repeat: 153 days in five months.
	let month = (5 * day + 2) / 153;
	let day = day - (153 * month + 2) / 5 + 1;
	let (month, next) = if month < 10 { (month + 3, 0) } else { (month - 9, 1) };
	(400 * periods + year + next, month, day)
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn dates_are_those_of_the_calendar() {
		for (seconds, shown) in [
			(0, "1970-01-01 00:00"),
			(951_782_400, "2000-02-29 00:00"),
			(951_868_800, "2000-03-01 00:00"),
			(1_709_164_799, "2024-02-28 23:59"),
			(1_709_164_800, "2024-02-29 00:00"),
			(1_798_761_599, "2026-12-31 23:59"),
			(4_107_542_400, "2100-03-01 00:00"),
		] {
			assert_eq!(date(seconds * 1_000), shown);
		}
	}
}
