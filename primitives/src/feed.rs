// SPDX-License-Identifier: Apache-2.0

//! Names of markets, feeds and rounds.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use core::fmt;
use scale_info::TypeInfo;
use serde::{Deserialize, Serialize};

/// Number of a market, counted from 0 in order of creation.
pub type MarketId = u64;
/// Number of a round within its feed, from 0; a single-event feed has round 0 only.
pub type Round = u32;
/// Number of a push within its round, from 1. Receivers ignore lower numbers than they have seen.
pub type Sequence = u32;
/// Place of a reporter in the order of joining, from 0.
pub type JoinIndex = u32;

/// A feed: a market and the place of the feed within it.
#[derive(
	Clone,
	Copy,
	Debug,
	PartialEq,
	Eq,
	PartialOrd,
	Ord,
	Hash,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
	Serialize,
	Deserialize,
)]
pub struct FeedId {
	/// The market.
	pub market: MarketId,
	/// The place within the market, from 0.
	pub index: u16,
}

impl fmt::Display for FeedId {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		write!(f, "{}/{}", self.market, self.index)
	}
}

impl core::str::FromStr for FeedId {
	type Err = &'static str;

	/// Reads `market/index`, or `market` alone for its first feed.
	fn from_str(text: &str) -> Result<Self, Self::Err> {
		let (market, index) = text.split_once('/').unwrap_or((text, "0"));
		match (market.parse(), index.parse()) {
			(Ok(market), Ok(index)) => Ok(Self { market, index }),
			_ => Err("a feed is written market/index, for example 12/0"),
		}
	}
}
