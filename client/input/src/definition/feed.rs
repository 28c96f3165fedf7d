// SPDX-License-Identifier: Apache-2.0

//! One feed of a definition.

use super::{
	fields, keys,
	mistake::{cut, Mistakes},
	reader::Reader,
	Secrets, MAX_RULES,
};
use crate::{decimal, json::Json, values};
use eventum_primitives::{
	committee::{MAX_MEMBERS, MIN_MEMBERS},
	definition::{
		ConsensusMode, Currency, Definition, EventKind, FeedInput, Fields, Gate, Limits,
		StopVoting, Text, Visibility, MAX_ANSWER, MAX_DISPUTE_TIME, MAX_JOIN_BONUS, MAX_PEOPLE,
		MAX_REPORTS, MAX_REWARD, MAX_STAKE_FACTOR, MAX_TIME,
	},
	value::{canonical_text, encode_answer},
	Balance, Moment, Ppb, PPB,
};
use sp_core::ConstU32;
use sp_crypto_hashing::blake2_256;
use sp_runtime::BoundedVec;

const DEFAULT_START_DISPUTE: Moment = 7_200_000;
const DEFAULT_DISPUTE: Moment = 86_400_000;
const DEFAULT_CROSS_VALIDATE: Ppb = PPB / 10;

/// Reads the feed at `place` of the file; with it come its long rules, if it has any.
pub(super) fn read(
	place: usize,
	json: &Json,
	limits: &Limits,
	secrets: Secrets,
) -> Result<(FeedInput, Option<Vec<u8>>), Mistakes> {
	let mut feed = Reader::new(&format!("#{}", place + 1), json, keys::FEED, keys::OLDER)?;
	if let Some(Json::Text(name)) = feed.get("name") {
		if !canonical_text(name).is_empty() {
			let short: String = name.chars().take(40).collect();
			let cut = if short.len() < name.len() { "…" } else { "" };
			feed.rename(&format!("\"{short}{cut}\""));
		}
	}
	let (text, rules) = text(&feed);
	let definition = definition(&feed, limits, secrets);
	match definition {
		Some(definition) if feed.is_sound() => match definition.check(limits) {
			Ok(()) => Ok((FeedInput { definition, text }, rules)),
			Err(error) => {
				let value = format!("refused by the chain's own check ({error:?})");
				feed.wrong("", &value, "within the bounds of docs/market.schema.json");
				Err(feed.into_mistakes())
			}
		},
		_ => Err(feed.into_mistakes()),
	}
}

fn text(feed: &Reader<'_>) -> (Text, Option<Vec<u8>>) {
	let name = feed.name("name", 128);
	let rules: BoundedVec<u8, ConstU32<{ MAX_RULES as u32 }>> = feed.text("rules");
	let rules = (!rules.is_empty()).then(|| rules.into_inner());
	let webhook_url: BoundedVec<u8, _> = feed.text("webhook_url");
	if !webhook_url.is_empty() && !is_url(&webhook_url) {
		let value = String::from_utf8_lossy(&webhook_url).into_owned();
		let right = "a URL that starts with https:// or http://, names a host and has no spaces";
		feed.wrong("webhook_url", &value, right);
	}
	let text = Text {
		name,
		description: feed.text("description"),
		rules: rules.as_ref().map(|rules| blake2_256(rules).into()),
		categories: [feed.text("category1"), feed.text("category2"), feed.text("category3")],
		location: feed.text("location"),
		webhook_url,
	};
	(text, rules)
}

/// Whether a URL can be posted to, as far as its form tells.
fn is_url(url: &[u8]) -> bool {
	let after = url.strip_prefix(b"https://").or_else(|| url.strip_prefix(b"http://"));
	let host = after.and_then(|after| after.split(|byte| b"/?#".contains(byte)).next());
	host.is_some_and(|host| !host.is_empty())
		&& url.iter().all(|byte| !byte.is_ascii_whitespace() && !byte.is_ascii_control())
}

fn definition(feed: &Reader<'_>, limits: &Limits, secrets: Secrets) -> Option<Definition> {
	only_public(feed);
	let fields = fields::read(feed);
	let default_value = fields.as_ref().and_then(|fields| default_value(feed, fields));
	let min_people = feed.whole("min_people", 1..=MAX_PEOPLE, None);
	let max_people = feed.whole("max_people", min_people..=MAX_PEOPLE, None);
	let event = event(feed, max_people);
	let rule = "at least 0.5 and less than 1: a decimal, or a fraction as text such as \"2/3\"";
	let consensus_rule = feed.share("consensus_rule", PPB / 2..=PPB - 1, rule);
	if feed.get("consensus_rule").is_none() {
		feed.wrong("consensus_rule", "missing", rule);
	}
	feed.word("reward_currency", &[("EVT", ())], Some(()));
	let in_future = "which is now";
	let time_to_join = feed.time("time_to_join", limits.now, in_future);
	if feed.get("time_to_join").is_none() {
		feed.wrong("time_to_join", "missing", "unix seconds: the last moment to join");
	}
	let joined_by = time_to_join.unwrap_or(limits.now);
	let reporting_timestamp =
		feed.time("reporting_timestamp", joined_by.saturating_sub(1), "the time_to_join");
	let stop_voting = stop_voting(feed, &event, reporting_timestamp.unwrap_or(joined_by));
	let dispute_bounds = limits.min_dispute_time..=MAX_DISPUTE_TIME;
	let cross = "a share from 0 to 1: a decimal, or a fraction as text";
	Some(Definition {
		event,
		min_people,
		max_people,
		min_consensus: feed.whole("min_consensus", 1..=max_people, None),
		consensus_rule: consensus_rule.unwrap_or(PPB / 2),
		consensus_mode: feed.word(
			"consensus_mode",
			&[("confirmations", ConsensusMode::Confirmations), ("final", ConsensusMode::Final)],
			Some(ConsensusMode::Confirmations),
		),
		reward: reward(feed, max_people, limits),
		currency: Currency::Evt,
		stake_factor: feed.factor("stake_K", 0, MAX_STAKE_FACTOR, 1),
		join_bonus: feed.factor("market_join_bonus", 1, MAX_JOIN_BONUS, 1),
		committee_size: feed.whole(
			"min_validation_nodes",
			MIN_MEMBERS..=MAX_MEMBERS,
			Some(MIN_MEMBERS),
		),
		gate: Gate {
			min_reputation: feed.within_bounds("min_reputation", 2, -1_000..=1_000, 0) as i32,
			min_balance: feed.evt("min_balance").unwrap_or(0),
			any: feed.word("gate", &[("all", false), ("any", true)], Some(false)),
		},
		time_to_join: joined_by,
		reporting_timestamp,
		stop_voting,
		start_dispute_time: feed
			.duration("start_dispute_time", 0..=MAX_DISPUTE_TIME)
			.unwrap_or(DEFAULT_START_DISPUTE),
		max_dispute_time: feed
			.duration("max_dispute_time", dispute_bounds)
			.unwrap_or(DEFAULT_DISPUTE),
		cross_validate: feed
			.share("cross_validate_Z", 0..=PPB, cross)
			.unwrap_or(DEFAULT_CROSS_VALIDATE),
		visibility: Visibility::Public {
			tag_key: secrets.tag_key,
			access_secret: secrets.access_secret,
		},
		validation_fee: feed.evt("validation_fee"),
		default_value,
		fields: fields?,
	})
}

/// What this version of the chain does not have yet must be left out.
fn only_public(feed: &Reader<'_>) {
	match feed.get("visibility") {
		None => {}
		Some(Json::Text(word)) if word == "public" => {}
		Some(Json::Text(word)) if word == "private" || word == "shared" => {
			let right = "\"public\": private and shared feeds are not offered by this version yet";
			feed.wrong("visibility", &format!("\"{word}\""), right);
		}
		Some(other) => feed.wrong("visibility", &other.to_string(), "\"public\""),
	}
	for (key, right) in [
		("identity_hash", "null: credential classes are not offered by this version yet"),
		("access_fee", "left out: only shared feeds have one"),
	] {
		if let Some(json) = feed.get(key) {
			feed.wrong(key, &json.to_string(), right);
		}
	}
}

fn event(feed: &Reader<'_>, max_people: u32) -> EventKind {
	let series = feed.word("event", &[("single", false), ("multiple", true)], Some(false));
	if !series {
		for key in ["max_rounds", "max_time"] {
			if let Some(json) = feed.get(key) {
				feed.wrong(key, &json.to_string(), "left out: it belongs to event \"multiple\"");
			}
		}
		return EventKind::Single;
	}
	let most = (MAX_REPORTS / u64::from(max_people.max(1))) as u32;
	let max_rounds = feed.whole("max_rounds", 1..=most, None);
	let max_time = feed.duration("max_time", 1..=MAX_TIME);
	if feed.get("max_time").is_none() {
		feed.wrong("max_time", "missing", "seconds, at most 90 days: a series has an absolute end");
	}
	EventKind::Multiple { max_rounds, max_time: max_time.unwrap_or(1) }
}

fn reward(feed: &Reader<'_>, max_people: u32, limits: &Limits) -> Balance {
	let least = limits.existential_deposit.saturating_mul(Balance::from(max_people));
	let right = format!(
		"an amount of EVT, at least {} (the existential deposit for each of max_people) and at most {}",
		decimal::evt_text(least),
		decimal::evt_text(MAX_REWARD)
	);
	match (feed.get("reward_amount"), feed.evt("reward_amount")) {
		(None, _) => feed.wrong("reward_amount", "missing", &right),
		(Some(_), Some(amount)) if (least..=MAX_REWARD).contains(&amount) => return amount,
		(Some(json), Some(_)) => feed.wrong("reward_amount", &json.to_string(), &right),
		(Some(_), None) => {}
	}
	least
}

fn stop_voting(feed: &Reader<'_>, event: &EventKind, start: Moment) -> StopVoting {
	let needed = "{\"at\": unix seconds}: a single event has an absolute end";
	let Some(json) = feed.get("stop_voting") else {
		if *event == EventKind::Single {
			feed.wrong("stop_voting", "missing", needed);
		}
		return StopVoting::default();
	};
	let read = || {
		let stop = Reader::within(feed.feed(), "stop_voting", json, keys::STOP_VOTING, &[])?;
		let share = "a share above 0 and at most 1: a decimal, or a fraction as text";
		let voting = StopVoting {
			at: stop.time("at", start, "when joining is over and reporting starts"),
			share: stop.share("share", 1..=PPB, share),
			quiet: stop.duration("quiet", 1..=MAX_TIME),
		};
		if stop.get("at").is_none() && *event == EventKind::Single {
			stop.wrong("at", "missing", "unix seconds: a single event has an absolute end");
		}
		stop.into_mistakes().none().map(|()| voting)
	};
	feed.inner(read()).unwrap_or_default()
}

fn default_value(
	feed: &Reader<'_>,
	fields: &Fields,
) -> Option<BoundedVec<u8, ConstU32<MAX_ANSWER>>> {
	let json = feed.get("default_value")?;
	let read = values::answer_from_json(fields, json).and_then(|answer| {
		encode_answer(fields, &answer).map_err(|error| format!("not of its type ({error:?})"))
	});
	match read {
		Ok(bytes) => bytes.try_into().ok(),
		Err(error) => {
			let right = format!("null, or a value of this feed's type: {}", cut(&error, 400));
			feed.wrong("default_value", &json.to_string(), &right);
			None
		}
	}
}
