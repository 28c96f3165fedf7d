// SPDX-License-Identifier: Apache-2.0

//! Typed reading of the keys of one object. What is wrong is noted and a stand-in returned, so that
//! one pass finds every mistake; nothing that was read may be used once there are any.

use super::{
	keys::nearest,
	mistake::{shown, Mistakes},
};
use crate::{
	decimal::{self, Beyond, EVT_DECIMALS},
	json::Json,
};
use eventum_primitives::{value::canonical_text, Balance, Moment, Ppb};
use sp_core::Get;
use sp_runtime::{BoundedVec, FixedU64};
use std::{cell::RefCell, ops::RangeInclusive};

/// Later than this in seconds is a time in milliseconds by mistake (the year 5138).
const LATEST: i128 = 100_000_000_000;

/// An object whose keys are read.
pub(super) struct Reader<'a> {
	feed: String,
	/// What stands before a key in messages, such as `stop_voting.`.
	prefix: String,
	values: Vec<(&'a str, &'a Json)>,
	mistakes: RefCell<Mistakes>,
}

impl<'a> Reader<'a> {
	/// Takes an object apart; fails only if it is none. `older` are older spellings of keys.
	pub(super) fn new(
		feed: &str,
		json: &'a Json,
		known: &'static [&'static str],
		older: &'static [(&'static str, &'static str)],
	) -> Result<Self, Mistakes> {
		Self::within(feed, "", json, known, older)
	}

	/// The same for an object that is the value of `key` in another one.
	pub(super) fn within(
		feed: &str,
		key: &str,
		json: &'a Json,
		known: &'static [&'static str],
		older: &'static [(&'static str, &'static str)],
	) -> Result<Self, Mistakes> {
		let Json::Object(pairs) = json else {
			let right = format!("an object with keys of: {}", known.join(", "));
			return Err(Mistakes::one(feed, key, &json.to_string(), &right));
		};
		let prefix = if key.is_empty() { String::new() } else { format!("{key}.") };
		let reader =
			Self { feed: feed.into(), prefix, values: Vec::new(), mistakes: RefCell::default() };
		let mut values: Vec<(&str, &Json)> = Vec::new();
		for (key, value) in pairs {
			let today = older.iter().find(|(old, _)| old == key).map(|(_, today)| *today);
			let Some(key) = today.or_else(|| known.iter().find(|name| *name == key).copied())
			else {
				let all = known.iter().copied().chain(older.iter().map(|(old, _)| *old));
				// Likeness takes time; nobody is told of it any more if there are too many.
				let is_told = !reader.mistakes.borrow().is_full();
				let right = match is_told.then(|| nearest(&shown(key), all)).flatten() {
					Some(name) => format!("a known key; the nearest is \"{name}\""),
					None => format!("a known key: {}", known.join(", ")),
				};
				reader.wrong(key, "unknown key", &right);
				continue;
			};
			if values.iter().any(|(other, _)| *other == key) {
				reader.wrong(key, "given twice", "given once (older spellings count)");
			}
			values.push((key, value));
		}
		Ok(Self { values, ..reader })
	}

	/// Calls the feed something better, once its name is known.
	pub(super) fn rename(&mut self, feed: &str) {
		for mistake in &mut self.mistakes.borrow_mut().noted {
			mistake.feed = shown(feed);
		}
		self.feed = feed.into();
	}

	/// What the feed is called.
	pub(super) fn feed(&self) -> &str {
		&self.feed
	}

	/// Notes a mistake.
	pub(super) fn wrong(&self, key: &str, value: &str, right: &str) {
		let key = format!("{}{key}", self.prefix);
		self.mistakes.borrow_mut().add(&self.feed, &key, value, right);
	}

	/// Notes the mistakes of something inside, and goes on with what it gave if there were none.
	pub(super) fn inner<T>(&self, result: Result<T, Mistakes>) -> Option<T> {
		result.map_err(|mistakes| self.mistakes.borrow_mut().extend(mistakes)).ok()
	}

	/// What was wrong.
	pub(super) fn into_mistakes(self) -> Mistakes {
		self.mistakes.into_inner()
	}

	/// Whether nothing was wrong so far.
	pub(super) fn is_sound(&self) -> bool {
		self.mistakes.borrow().is_empty()
	}

	/// The value of a key; none if it is missing, `null` or `"None"`.
	pub(super) fn get(&self, key: &str) -> Option<&'a Json> {
		let value = self.values.iter().find(|(name, _)| *name == key).map(|(_, value)| *value);
		value.filter(|value| !value.is_none())
	}

	fn required(&self, key: &str, right: &str) -> Option<&'a Json> {
		let value = self.get(key);
		if value.is_none() {
			self.wrong(key, "missing", right);
		}
		value
	}

	/// Text of at most `S` bytes, empty if missing.
	pub(super) fn text<S: Get<u32>>(&self, key: &str) -> BoundedVec<u8, S> {
		let right = || format!("text of at most {} bytes", S::get());
		match self.get(key) {
			None => BoundedVec::default(),
			Some(Json::Text(text)) => text.as_bytes().to_vec().try_into().unwrap_or_else(|_| {
				self.wrong(key, &format!("{} bytes", text.len()), &right());
				BoundedVec::default()
			}),
			Some(other) => {
				self.wrong(key, &other.to_string(), &right());
				BoundedVec::default()
			}
		}
	}

	/// Text of 1 to `most` bytes that is not blank; must be there.
	pub(super) fn name<S: Get<u32>>(&self, key: &str, most: u32) -> BoundedVec<u8, S> {
		let right = format!("text of 1 to {most} bytes, not blank");
		match self.get(key) {
			Some(Json::Text(text)) if text.is_empty() => self.wrong(key, "missing", &right),
			Some(Json::Text(text)) if canonical_text(text).is_empty() => {
				self.wrong(key, &format!("\"{text}\""), &right)
			}
			Some(_) => return self.text(key),
			None => self.wrong(key, "missing", &right),
		}
		BoundedVec::default()
	}

	/// `true` or `false`.
	pub(super) fn flag(&self, key: &str, default: bool) -> bool {
		match self.get(key) {
			None => default,
			Some(Json::Bool(value)) => *value,
			Some(other) => {
				self.wrong(key, &other.to_string(), "true or false");
				default
			}
		}
	}

	/// One of several words.
	pub(super) fn word<T: Copy>(&self, key: &str, words: &[(&str, T)], default: Option<T>) -> T {
		let list = || {
			let quoted: Vec<_> = words.iter().map(|(word, _)| format!("\"{word}\"")).collect();
			quoted.join(" or ")
		};
		let stand_in = default.unwrap_or(words[0].1);
		match (self.get(key), default) {
			(None, Some(default)) => return default,
			(None, None) => self.wrong(key, "missing", &list()),
			(Some(Json::Text(text)), _) => match words.iter().find(|(word, _)| word == text) {
				Some((_, value)) => return *value,
				None => self.wrong(key, &format!("\"{text}\""), &list()),
			},
			(Some(other), _) => self.wrong(key, &other.to_string(), &list()),
		}
		stand_in
	}

	/// A whole number within bounds; without a default it must be there.
	pub(super) fn whole(&self, key: &str, range: RangeInclusive<u32>, default: Option<u32>) -> u32 {
		let (least, most) = (*range.start(), *range.end());
		let right = format!("a whole number from {least} to {most}");
		let json = match default {
			Some(default) => match self.get(key) {
				Some(json) => json,
				None => return default,
			},
			None => match self.required(key, &right) {
				Some(json) => json,
				None => return least,
			},
		};
		let number = json.digits().and_then(|text| decimal::scaled(text, 0, Beyond::Refuse).ok());
		match number.and_then(|number| u32::try_from(number).ok()) {
			Some(number) if range.contains(&number) => number,
			_ => {
				self.wrong(key, &json.to_string(), &right);
				least
			}
		}
	}

	/// A number with `places` decimals; `None` is out of its bounds or no number.
	fn number(&self, key: &str, json: &Json, places: u32, right: &str) -> Option<i128> {
		let number = json.digits().map(|text| decimal::scaled(text, places, Beyond::Refuse));
		match number {
			Some(Ok(number)) => Some(number),
			Some(Err(error @ (decimal::NotANumber::TooFine | decimal::NotANumber::TooLarge))) => {
				self.wrong(key, &format!("{json} ({error})"), right);
				None
			}
			_ => {
				self.wrong(key, &json.to_string(), right);
				None
			}
		}
	}

	/// A number within bounds, `places` decimals, in units of the last of them.
	pub(super) fn within_bounds(
		&self,
		key: &str,
		places: u32,
		range: RangeInclusive<i128>,
		default: i128,
	) -> i128 {
		let Some(json) = self.get(key) else { return default };
		let (least, most) = (*range.start(), *range.end());
		let right = format!(
			"a number from {} to {} with at most {places} decimals",
			decimal::text(least, places),
			decimal::text(most, places)
		);
		match self.number(key, json, places, &right) {
			Some(number) if range.contains(&number) => number,
			Some(_) => {
				self.wrong(key, &json.to_string(), &right);
				default
			}
			None => default,
		}
	}

	/// A factor from `least` to `most`, 9 decimals.
	pub(super) fn factor(&self, key: &str, least: u64, most: u64, default: u64) -> FixedU64 {
		const ONE: i128 = 1_000_000_000;
		let range = i128::from(least) * ONE..=i128::from(most) * ONE;
		let inner = self.within_bounds(key, 9, range, i128::from(default) * ONE);
		FixedU64::from_inner(u64::try_from(inner).unwrap_or_default())
	}

	/// An amount of EVT; none if missing.
	pub(super) fn evt(&self, key: &str) -> Option<Balance> {
		let json = self.get(key)?;
		let right = "an amount of EVT, at least 0, with at most 12 decimals";
		let number = self.number(key, json, EVT_DECIMALS, right)?;
		Balance::try_from(number).map_err(|_| self.wrong(key, &json.to_string(), right)).ok()
	}

	/// A share in parts per billion, rounded up; a decimal, or a fraction as text.
	pub(super) fn share(&self, key: &str, range: RangeInclusive<Ppb>, right: &str) -> Option<Ppb> {
		let json = self.get(key)?;
		match json.digits().map(decimal::share) {
			Some(Ok(share)) if range.contains(&share) => Some(share),
			_ => {
				self.wrong(key, &json.to_string(), right);
				None
			}
		}
	}

	/// A length of time in seconds, fractions down to milliseconds allowed; none if missing.
	pub(super) fn duration(&self, key: &str, range: RangeInclusive<Moment>) -> Option<Moment> {
		let json = self.get(key)?;
		let (least, most) = (i128::from(*range.start()), i128::from(*range.end()));
		let right = format!(
			"seconds from {} to {}, milliseconds at the finest",
			decimal::text(least, 3),
			decimal::text(most, 3)
		);
		match self.number(key, json, 3, &right)? {
			number if (least..=most).contains(&number) => Moment::try_from(number).ok(),
			_ => {
				self.wrong(key, &json.to_string(), &right);
				None
			}
		}
	}

	/// A point in time in unix seconds, later than `after`; none if missing.
	pub(super) fn time(&self, key: &str, after: Moment, what: &str) -> Option<Moment> {
		let json = self.get(key)?;
		let least = decimal::text(i128::from(after), 3);
		let right = format!("unix seconds after {least} ({what})");
		match self.number(key, json, 3, &right)? {
			number if number > LATEST * 1_000 => {
				let right = format!("{right}; this looks like milliseconds");
				self.wrong(key, &json.to_string(), &right);
				None
			}
			number if number > i128::from(after) => Moment::try_from(number).ok(),
			_ => {
				self.wrong(key, &json.to_string(), &right);
				None
			}
		}
	}
}
