// SPDX-License-Identifier: Apache-2.0

//! Market definitions: from the JSON that a requester writes to what is sent to the chain.
//!
//! Free of network code. Every mistake in a file is found in one go (the first
//! [`MAX_MISTAKES`] are told), and each names the feed, the
//! key, the value, and what would be right; a market is made whole or not at all.

mod feed;
mod fields;
pub mod keys;
mod mistake;
mod reader;

#[cfg(test)]
mod absurd;
#[cfg(test)]
mod tests;

pub use mistake::{Mistake, Mistakes, MAX_MISTAKES};

use crate::json::Json;
use eventum_primitives::definition::{FeedInput, Limits, MAX_FEEDS};
use reader::Reader;

/// Bytes that a definition file has at most.
pub const MAX_FILE: usize = 1024 * 1024;
/// Bytes of the long rules of one feed.
pub const MAX_RULES: usize = 64 * 1024;

/// The two secrets of a feed, made by the requester.
#[derive(Clone, Copy, Debug)]
pub struct Secrets {
	/// Makes tags.
	pub tag_key: [u8; 32],
	/// X25519 secret that opens sealed values.
	pub access_secret: [u8; 32],
}

/// A market as it is sent to the chain.
#[derive(Clone, Debug)]
pub struct Market {
	/// Its feeds.
	pub feeds: Vec<FeedInput>,
	/// Long rules, which are kept as preimages; without repetitions.
	pub rules: Vec<Vec<u8>>,
}

/// Reads a definition file; `secrets` is asked once for each feed.
pub fn parse(
	text: &str,
	limits: &Limits,
	mut secrets: impl FnMut() -> Secrets,
) -> Result<Market, Mistakes> {
	let whole = |value: &str, right: &str| Mistakes::one("", "", value, right);
	if text.len() > MAX_FILE {
		let size = format!("{} bytes", text.len());
		return Err(whole(&size, "a definition file of at most 1 MiB"));
	}
	// Some editors begin a file with a mark of its byte order.
	let text = text.strip_prefix('\u{feff}').unwrap_or(text);
	let json = Json::parse(text).map_err(|error| whole(&error, "valid JSON, at most 16 deep"))?;
	let market = Reader::new("", &json, keys::MARKET, &[])?;
	let feeds = match market.get("datafeeds") {
		Some(Json::List(feeds)) if (1..=MAX_FEEDS as usize).contains(&feeds.len()) => feeds,
		other => {
			let value = match other {
				Some(Json::List(feeds)) => format!("a list of {}", feeds.len()),
				Some(json) => json.to_string(),
				None => "missing".into(),
			};
			market.wrong("datafeeds", &value, "a list of 1 to 64 feeds");
			return Err(market.into_mistakes());
		}
	};
	let mut mistakes = market.into_mistakes();
	let (mut inputs, mut rules) = (Vec::new(), Vec::<Vec<u8>>::new());
	for (place, json) in feeds.iter().enumerate() {
		match feed::read(place, json, limits, secrets()) {
			Ok((input, text)) => {
				inputs.push(input);
				rules.extend(text.filter(|text| !rules.contains(text)));
			}
			Err(more) => mistakes.extend(more),
		}
	}
	mistakes.none().map(|()| Market { feeds: inputs, rules })
}
