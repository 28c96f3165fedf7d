// SPDX-License-Identifier: Apache-2.0

use super::*;
use alloc::{collections::BTreeSet, vec, vec::Vec};
use codec::Encode;

const NOW: Moment = 1_000_000;
const LIMITS: Limits = Limits { now: NOW, existential_deposit: 10, min_dispute_time: 1_000 };

pub(crate) fn name(text: &str) -> Name {
	Name::truncate_from(text.as_bytes().to_vec())
}

pub(crate) fn scalar(text: &str, scalar: ScalarType) -> Field {
	Field { name: name(text), field_type: FieldType::Scalar(scalar) }
}

pub(crate) fn choice(text: &str, options: &[(&str, Option<ScalarType>)], multiple: bool) -> Field {
	let options = options
		.iter()
		.map(|(label, value)| ChoiceOption { name: name(label), value: value.clone() })
		.collect();
	let options = BoundedVec::truncate_from(options);
	Field { name: name(text), field_type: FieldType::Categorical { options, multiple } }
}

pub(crate) fn fields(fields: Vec<Field>) -> Fields {
	Fields::truncate_from(fields)
}

fn sound() -> Definition {
	Definition {
		fields: fields(vec![scalar("", ScalarType::Boolean)]),
		event: EventKind::Single,
		min_people: 20,
		max_people: 200,
		min_consensus: 20,
		consensus_rule: 666_666_667,
		consensus_mode: ConsensusMode::Confirmations,
		reward: 30_000,
		currency: Currency::Evt,
		stake_factor: FixedU64::from_u32(1),
		join_bonus: FixedU64::from_rational(11, 10),
		committee_size: 4,
		gate: Gate::default(),
		time_to_join: NOW + 1,
		reporting_timestamp: Some(NOW + 10),
		stop_voting: StopVoting { at: Some(NOW + 20), share: None, quiet: None },
		start_dispute_time: 0,
		max_dispute_time: 1_000,
		cross_validate: PPB / 10,
		visibility: Visibility::Public { tag_key: [1; 32], access_secret: [2; 32] },
		validation_fee: None,
		default_value: None,
	}
}

fn series(max_rounds: u32, max_time: Moment) -> Definition {
	let stop_voting = StopVoting { at: None, share: Some(PPB), quiet: Some(5) };
	Definition { event: EventKind::Multiple { max_rounds, max_time }, stop_voting, ..sound() }
}

fn text() -> Text {
	let bytes = |text: &str| text.as_bytes().to_vec();
	Text {
		name: BoundedVec::truncate_from(bytes("UCL Final")),
		description: BoundedVec::truncate_from(bytes("Report when he scores")),
		rules: None,
		categories: Default::default(),
		location: Default::default(),
		webhook_url: Default::default(),
	}
}

/// A change that makes a sound definition unsound.
type Mistake = fn(&mut Definition);

#[test]
fn every_mistake_has_its_own_error() {
	use DefinitionError as E;
	const ED: Balance = LIMITS.existential_deposit;
	let invalid = || Name::truncate_from(vec![0xff]);
	assert_eq!(sound().check(&LIMITS), Ok(()));
	assert_eq!(series(5_000, MAX_TIME).check(&LIMITS), Ok(()));

	let mut met = BTreeSet::new();
	let mut refused = |error: E, definition: Definition| {
		assert_eq!(definition.check(&LIMITS), Err(error), "{definition:?}");
		met.insert(error.encode());
	};

	let with_fields = |list: Vec<Field>| Definition { fields: fields(list), ..sound() };
	let boolean = |label: &str| scalar(label, ScalarType::Boolean);
	let words = |max_length| scalar("", ScalarType::Text { max_length });
	let options = |labels: &[&str]| {
		choice("", &labels.iter().map(|label| (*label, None)).collect::<Vec<_>>(), false)
	};
	refused(E::FieldCount, with_fields(vec![]));
	refused(E::FieldNames, with_fields(vec![boolean("a"), boolean("")]));
	refused(E::FieldNames, with_fields(vec![boolean("a"), boolean("b"), boolean("a")]));
	refused(E::FieldNames, with_fields(vec![Field { name: invalid(), ..boolean("") }]));
	refused(E::Options, with_fields(vec![options(&["only"])]));
	refused(E::Options, with_fields(vec![options(&["one", ""])]));
	refused(E::Options, with_fields(vec![options(&["one", "two", "one"])]));
	refused(E::Decimals, with_fields(vec![scalar("", ScalarType::Float { decimals: 13 })]));
	let held = Some(ScalarType::Float { decimals: 13 });
	refused(E::Decimals, with_fields(vec![choice("", &[("one", None), ("two", held)], true)]));
	refused(E::TextLength, with_fields(vec![words(0)]));
	refused(E::TextLength, with_fields(vec![words(257)]));
	let long = |label| scalar(label, ScalarType::Text { max_length: 256 });
	refused(E::AnswerTooLong, with_fields(vec![long("a"), long("b"), long("c"), long("d")]));
	let default = |bytes: &[u8]| Definition {
		default_value: Some(BoundedVec::truncate_from(bytes.to_vec())),
		..sound()
	};
	assert_eq!(default(&[0, 1]).check(&LIMITS), Ok(()));
	refused(E::DefaultValue, default(&[0, 2]));
	refused(E::DefaultValue, default(&[0, 1, 0]));
	refused(E::DefaultValue, default(&[1]));
	refused(E::MaxRounds, series(0, 1));
	refused(E::MaxRounds, series(5_001, 1));
	refused(E::MaxTime, series(1, 0));
	refused(E::MaxTime, series(1, MAX_TIME + 1));

	let changes: [(E, Mistake); 31] = [
		(E::People, |d| d.min_people = 0),
		(E::People, |d| d.min_people = 201),
		(E::People, |d| d.max_people = MAX_PEOPLE + 1),
		(E::MinConsensus, |d| d.min_consensus = 0),
		(E::MinConsensus, |d| d.min_consensus = 201),
		(E::ConsensusRule, |d| d.consensus_rule = PPB / 2 - 1),
		(E::ConsensusRule, |d| d.consensus_rule = PPB),
		(E::Reward, |d| d.reward = ED * 200 - 1),
		(E::Reward, |d| d.reward = (Balance::MAX >> 40) + 1),
		(E::StakeFactor, |d| d.stake_factor = FixedU64::from_rational(201, 10)),
		(E::JoinBonus, |d| d.join_bonus = FixedU64::from_rational(99, 100)),
		(E::JoinBonus, |d| d.join_bonus = FixedU64::from_rational(201, 100)),
		(E::CommitteeSize, |d| d.committee_size = 3),
		(E::CommitteeSize, |d| d.committee_size = 65),
		(E::MinReputation, |d| d.gate.min_reputation = -1_001),
		(E::MinReputation, |d| d.gate.min_reputation = 1_001),
		(E::TimeToJoin, |d| d.time_to_join = NOW),
		(E::ReportingTimestamp, |d| d.reporting_timestamp = Some(NOW)),
		(E::StopAt, |d| d.stop_voting.at = None),
		(E::StopAt, |d| d.stop_voting.at = Some(NOW + 10)),
		(E::StopAt, |d| {
			d.reporting_timestamp = None;
			d.stop_voting.at = Some(NOW + 1);
		}),
		(E::StopShare, |d| d.stop_voting.share = Some(0)),
		(E::StopShare, |d| d.stop_voting.share = Some(PPB + 1)),
		(E::StopQuiet, |d| d.stop_voting.quiet = Some(0)),
		(E::StopQuiet, |d| d.stop_voting.quiet = Some(MAX_TIME + 1)),
		(E::DisputeTime, |d| d.max_dispute_time = 999),
		(E::DisputeTime, |d| d.max_dispute_time = MAX_DISPUTE_TIME + 1),
		(E::DisputeTime, |d| d.start_dispute_time = MAX_DISPUTE_TIME + 1),
		(E::CrossValidate, |d| d.cross_validate = PPB + 1),
		(E::FieldCount, |d| d.fields = Fields::default()),
		(E::DefaultValue, |d| d.default_value = Some(BoundedVec::default())),
	];
	for (error, change) in changes {
		let mut definition = sound();
		change(&mut definition);
		refused(error, definition);
	}

	let mut refused = |error: E, text: Text| {
		assert_eq!(text.check(), Err(error), "{text:?}");
		met.insert(error.encode());
	};
	refused(E::Text, Text { name: Default::default(), ..text() });
	refused(E::Text, Text { location: BoundedVec::truncate_from(vec![0xff]), ..text() });
	let url = |url: &[u8]| BoundedVec::truncate_from(url.to_vec());
	refused(E::WebhookUrl, Text { webhook_url: url(b"ftp://example.com"), ..text() });

	let scale_info::TypeDef::Variant(all) = E::type_info().type_def else { panic!("an enum") };
	assert_eq!(met.len(), all.variants.len(), "an error that no mistake here leads to");
}

#[test]
fn bounds_themselves_are_allowed() {
	let changes: [Mistake; 8] = [
		|d| (d.min_people, d.min_consensus) = (200, 200),
		|d| d.consensus_rule = PPB / 2,
		|d| d.reward = LIMITS.existential_deposit * 200,
		|d| (d.stake_factor, d.join_bonus) = (FixedU64::from_u32(20), FixedU64::from_u32(2)),
		|d| d.committee_size = 64,
		|d| d.gate.min_reputation = -1_000,
		|d| d.reporting_timestamp = None,
		|d| (d.start_dispute_time, d.cross_validate) = (MAX_DISPUTE_TIME, PPB),
	];
	for change in changes {
		let mut definition = sound();
		change(&mut definition);
		assert_eq!(definition.check(&LIMITS), Ok(()), "{definition:?}");
	}
	let posted = Text { webhook_url: BoundedVec::truncate_from(b"https://x".to_vec()), ..text() };
	assert_eq!(posted.check(), Ok(()));
	assert_eq!(text().check(), Ok(()));
}

#[test]
fn a_feed_ends_at_the_first_of_its_ends() {
	assert_eq!(sound().end(NOW), NOW + 20);
	assert_eq!(series(3, 100).end(NOW), NOW + 100);
	let mut both = series(3, 100);
	both.stop_voting.at = Some(NOW + 60);
	assert_eq!((both.end(NOW), both.end(Moment::MAX)), (NOW + 60, NOW + 60));
	assert_eq!((both.max_rounds(), sound().max_rounds()), (3, 1));
}
