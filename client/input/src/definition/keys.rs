// SPDX-License-Identifier: Apache-2.0

//! The keys that a definition may have, and their older spellings.

/// Keys of the file.
pub const MARKET: &[&str] = &["datafeeds"];

/// Keys of a feed.
pub const FEED: &[&str] = &[
	"access_fee",
	"category1",
	"category2",
	"category3",
	"consensus_mode",
	"consensus_rule",
	"cross_validate_Z",
	"data_type",
	"decimals",
	"default_value",
	"description",
	"event",
	"fields",
	"gate",
	"identity_hash",
	"location",
	"market_join_bonus",
	"max_dispute_time",
	"max_length",
	"max_people",
	"max_rounds",
	"max_time",
	"min_balance",
	"min_consensus",
	"min_people",
	"min_reputation",
	"min_validation_nodes",
	"multiple",
	"name",
	"options",
	"reporting_timestamp",
	"reward_amount",
	"reward_currency",
	"rules",
	"stake_K",
	"start_dispute_time",
	"stop_voting",
	"time_to_join",
	"validation_fee",
	"visibility",
	"webhook_url",
];

/// Older spellings of keys of a feed, with today's.
pub const OLDER: &[(&str, &str)] = &[
	("K", "stake_K"),
	("Z", "cross_validate_Z"),
	("category", "category1"),
	("info", "rules"),
	("reward", "reward_amount"),
	("start_event", "reporting_timestamp"),
	("summary", "description"),
	("time-to-join", "time_to_join"),
];

/// Keys of a field.
pub const FIELD: &[&str] = &["data_type", "decimals", "max_length", "multiple", "name", "options"];

/// Keys of an option that holds a value.
pub const OPTION: &[&str] = &["data_type", "decimals", "max_length", "name"];

/// Keys of `stop_voting`.
pub const STOP_VOTING: &[&str] = &["at", "quiet", "share"];

/// The known key that `key` looks most like, if any does.
pub fn nearest<'a>(key: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
	let folded = key.to_lowercase().replace('-', "_");
	known
		.map(|name| (strsim::normalized_damerau_levenshtein(&folded, &name.to_lowercase()), name))
		.filter(|(likeness, _)| *likeness >= 0.4)
		.max_by(|one, other| one.0.total_cmp(&other.0))
		.map(|(_, name)| name)
}
