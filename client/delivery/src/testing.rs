// SPDX-License-Identifier: Apache-2.0

//! Committees, feeds and outcomes for tests.

use crate::entry::{Content, Key, State};
use eventum_primitives::{
	apis::{FeedView, Stage},
	committee::{Committee, Member},
	definition::{
		ConsensusMode, Currency, Definition, EventKind, Field, FieldType, Fields, Gate, ScalarType,
		StopVoting, Text, Visibility,
	},
	outcome::{Certificate, EndedBy, Outcome, Push, RoundResult},
	rules::fee::FeeTerms,
	vald, FeedId, Hash, Sequence,
};
use sp_core::{ed25519, Pair};
use sp_runtime::{BoundedVec, FixedU64};
use std::sync::Arc;

pub(crate) const FEED: FeedId = FeedId { market: 12, index: 0 };
pub(crate) const FINAL: Push = Push::Final { ended_by: EndedBy::Quiet, ends_feed: true };

/// The signing pair of a member.
pub(crate) fn pair(member: u8) -> ed25519::Pair {
	ed25519::Pair::from_seed(&[member + 1; 32])
}

pub(crate) fn committee(members: u8) -> Committee {
	let members: Vec<Member> = (0..members)
		.map(|index| Member {
			operator: [index; 32].into(),
			vald: vald::Public::from(pair(index).public()),
			intake: [0; 32],
			peer: BoundedVec::default(),
			accepted: true,
		})
		.collect();
	Committee {
		seed: Hash::repeat_byte(7),
		members: BoundedVec::truncate_from(members),
		collateral: 0,
	}
}

pub(crate) fn outcome(push: Push, sequence: Sequence) -> Outcome {
	Outcome {
		feed: FEED,
		round: 3,
		sequence,
		view: 0,
		block: Hash::repeat_byte(1),
		spec_version: 1,
		cut: Hash::repeat_byte(2),
		push,
		result: RoundResult::Agreed(Hash::repeat_byte(3)),
		agreed: 19,
		total: 24,
		at: 1_517_846_400_000,
		first_at: 1_517_846_394_877,
		start_event: 1_517_788_800_123,
		answer: BoundedVec::truncate_from(vec![0, 1]),
		detail: Hash::repeat_byte(4),
		excused: Default::default(),
	}
}

pub(crate) fn certificate(outcome: Outcome) -> Certificate {
	let signature = ed25519::Signature::from_raw([9; 64]);
	let signatures = (0..3).map(|member| (member, signature)).collect();
	Certificate { outcome, signatures: BoundedVec::truncate_from(signatures) }
}

pub(crate) fn field(name: &str, field_type: FieldType) -> Field {
	Field { name: BoundedVec::truncate_from(name.into()), field_type }
}

/// A feed with the fields that posts to `url`.
pub(crate) fn feed(fields: Vec<Field>, url: &str) -> FeedView {
	let bytes = |text: &str| text.as_bytes().to_vec();
	FeedView {
		requester: [1; 32].into(),
		definition: Definition {
			fields: Fields::truncate_from(fields),
			event: EventKind::Single,
			min_people: 20,
			max_people: 200,
			min_consensus: 10,
			consensus_rule: 666_666_667,
			consensus_mode: ConsensusMode::Confirmations,
			reward: 1,
			currency: Currency::Evt,
			stake_factor: FixedU64::from_u32(1),
			join_bonus: FixedU64::from_u32(1),
			committee_size: 4,
			gate: Gate::default(),
			time_to_join: 0,
			reporting_timestamp: None,
			stop_voting: StopVoting::default(),
			start_dispute_time: 0,
			max_dispute_time: 0,
			cross_validate: 0,
			visibility: Visibility::Public { tag_key: [0; 32], access_secret: [0; 32] },
			validation_fee: None,
			default_value: None,
		},
		text: Text {
			name: BoundedVec::truncate_from(bytes("UCL Final - Ronaldo scores")),
			description: BoundedVec::truncate_from(bytes("His \"first\" goal")),
			rules: Some(Hash::repeat_byte(0xab)),
			categories: [
				BoundedVec::truncate_from(bytes("Sports")),
				BoundedVec::truncate_from(bytes("Football")),
				BoundedVec::default(),
			],
			location: BoundedVec::default(),
			webhook_url: BoundedVec::truncate_from(bytes(url)),
		},
		stage: Stage::Reporting,
		joined: 24,
		reporting_from: None,
		end: None,
		committee: None,
		final_rounds: 0,
		settled_rounds: 0,
		next_stake: 0,
		rekeyed: 0,
		fee: FeeTerms::Fixed(1),
		average_reputation: 345,
	}
}

/// A feed with one boolean field.
pub(crate) fn simple_feed(url: &str) -> FeedView {
	feed(vec![field("scores", FieldType::Scalar(ScalarType::Boolean))], url)
}

/// A post of the push with this number.
pub(crate) fn entry(sequence: Sequence) -> (Key, Arc<Content>, State) {
	let key = Key { feed: FEED, round: 3, sequence, member: 0 };
	let content = Content {
		url: "https://example.com/hook".into(),
		id: format!("12-0-3-{sequence}"),
		body: "{}".into(),
		key: pair(0).public().into(),
	};
	let state = State {
		host: "example.com:443".into(),
		due: 0,
		since: 0,
		attempts: 0,
		is_final: false,
		regardless: false,
	};
	(key, Arc::new(content), state)
}
