// SPDX-License-Identifier: Apache-2.0

//! What the tests of this crate share.

use crate::seal::SecretKey;
use eventum_primitives::{
	committee::{Committee, Member, MemberIndex},
	definition::{
		ConsensusMode, Currency, Definition, EventKind, Field, FieldType, Gate, ScalarType,
		StopVoting, Visibility,
	},
	report::{Body, Report},
	AccountId, FeedId, Hash, EVT, PPB,
};
use sp_core::{ed25519, Pair};
use sp_runtime::FixedU64;

pub(crate) fn genesis() -> Hash {
	Hash::repeat_byte(0xab)
}

pub(crate) fn feed() -> FeedId {
	FeedId { market: 12, index: 3 }
}

pub(crate) fn reporter() -> ed25519::Pair {
	ed25519::Pair::from_seed(&[4; 32])
}

pub(crate) fn report() -> Report {
	let body = Body {
		genesis: genesis(),
		feed: feed(),
		round: 1,
		reporter: AccountId::new([5; 32]),
		tag: Hash::repeat_byte(6),
		sealed: vec![7; 60].try_into().unwrap(),
		sent_at: 1_700_000_000_000,
	};
	let signature = reporter().sign(&body.signed_bytes()).0;
	Report { body, signature }
}

pub(crate) fn vald(member: MemberIndex) -> ed25519::Pair {
	ed25519::Pair::from_seed(&[100 + member; 32])
}

pub(crate) fn intake_key(member: MemberIndex) -> SecretKey {
	SecretKey::new(&[50 + member; 32])
}

pub(crate) fn committee() -> Committee {
	let members = (0..4).map(|index| Member {
		operator: AccountId::new([index; 32]),
		vald: vald(index).public().into(),
		intake: intake_key(index).public(),
		peer: Default::default(),
		accepted: true,
	});
	Committee {
		seed: Hash::zero(),
		members: members.collect::<Vec<_>>().try_into().unwrap(),
		collateral: EVT,
	}
}

pub(crate) fn definition() -> Definition {
	let field = |name: &str, scalar| Field {
		name: name.as_bytes().to_vec().try_into().unwrap(),
		field_type: FieldType::Scalar(scalar),
	};
	Definition {
		fields: vec![
			field("held", ScalarType::Boolean),
			field("where", ScalarType::Text { max_length: 24 }),
		]
		.try_into()
		.unwrap(),
		event: EventKind::Multiple { max_rounds: 3, max_time: 3_600_000 },
		min_people: 4,
		max_people: 10,
		min_consensus: 3,
		consensus_rule: PPB / 2,
		consensus_mode: ConsensusMode::Confirmations,
		reward: 10 * EVT,
		currency: Currency::Evt,
		stake_factor: FixedU64::from_u32(2),
		join_bonus: FixedU64::from_u32(1),
		committee_size: 4,
		gate: Gate::default(),
		time_to_join: 0,
		reporting_timestamp: None,
		stop_voting: StopVoting::default(),
		start_dispute_time: 0,
		max_dispute_time: 60_000,
		cross_validate: 0,
		visibility: Visibility::Public { tag_key: [1; 32], access_secret: [2; 32] },
		validation_fee: None,
		default_value: None,
	}
}
