// SPDX-License-Identifier: Apache-2.0

//! The chain, feed and committee that the published test vectors of `eventum-wire` are about, and
//! what their owners have signed. Nobody else can sign: what passes for signed must be one of these.

use codec::DecodeAll;
use eventum_primitives::{
	bits::Bits,
	committee::{Committee, Member, MemberIndex},
	log::{Head, SignedHead},
	outcome::{Certificate, Detail, EndedBy, Outcome, Push, RoundResult},
	report::{tag, Report, ReportKey},
	AccountId, FeedId, Hash, EVT,
};
use eventum_wire::{heads, seal::SecretKey, Receipt};
use sp_core::{ed25519, Pair};
use std::sync::LazyLock;

/// The published vectors.
pub(crate) static VECTORS: LazyLock<serde_json::Value> = LazyLock::new(|| {
	serde_json::from_str(include_str!("../../client/wire/vectors.json")).expect("vectors are JSON")
});

/// The bytes that each vector has under a key.
pub(crate) fn vectors(key: &str) -> Vec<Vec<u8>> {
	let vectors = VECTORS["reports"].as_array().expect("a list of vectors");
	vectors.iter().map(|vector| bytes(&vector[key])).collect()
}

fn bytes(value: &serde_json::Value) -> Vec<u8> {
	let digits = value.as_str().and_then(|text| text.strip_prefix("0x"));
	hex::decode(digits.expect("hex")).expect("hex")
}

/// What the reporter of the vectors has signed.
pub(crate) static REPORTS: LazyLock<Vec<Report>> = LazyLock::new(|| all("report"));
/// What member 2 has promised.
pub(crate) static RECEIPTS: LazyLock<Vec<Receipt>> = LazyLock::new(|| all("receipt"));
/// What the committee has certified.
pub(crate) static CERTIFICATES: LazyLock<Vec<Certificate>> = LazyLock::new(certificates);
/// What member 1 has published.
pub(crate) static HEADS: LazyLock<Vec<SignedHead>> = LazyLock::new(signed_heads);

fn all<T: DecodeAll>(key: &str) -> Vec<T> {
	let read = |bytes: Vec<u8>| T::decode_all(&mut &bytes[..]).expect("vectors are read");
	vectors(key).into_iter().map(read).collect()
}

pub(crate) fn genesis() -> Hash {
	Hash::repeat_byte(0xab)
}

pub(crate) const FEED: FeedId = FeedId { market: 12, index: 3 };
pub(crate) const ROUND: u32 = 1;
pub(crate) const TAG_KEY: [u8; 32] = [1; 32];
pub(crate) const ACCESS_SECRET: [u8; 32] = [2; 32];

pub(crate) fn report_key() -> ReportKey {
	ReportKey::Ed25519(ed25519::Pair::from_seed(&[4; 32]).public())
}

fn vald(member: MemberIndex) -> ed25519::Pair {
	ed25519::Pair::from_seed(&[100 + member; 32])
}

/// The secret that opens envelopes for a member.
pub(crate) fn intake_key(member: MemberIndex) -> SecretKey {
	SecretKey::new(&[member.wrapping_add(50); 32])
}

/// Four members; three make a quorum.
pub(crate) static COMMITTEE: LazyLock<Committee> = LazyLock::new(|| {
	let members = (0..4).map(|index| Member {
		operator: AccountId::new([index; 32]),
		vald: vald(index).public().into(),
		intake: intake_key(index).public(),
		peer: vec![0; 38].try_into().expect("a peer id"),
		accepted: true,
	});
	let members = members.collect::<Vec<_>>().try_into().expect("four members");
	Committee { seed: Hash::zero(), members, collateral: EVT }
});

/// A detail of ten reporters: who voted (with the time) and whether it agreed.
pub(crate) fn some_detail() -> Detail {
	let votes = [(0, true, 0), (1, true, 250), (3, false, 900), (6, true, 70_000), (9, true, 10)];
	let (mut voted, mut agreed) = (Bits::new(10), Bits::new(10));
	for (index, agrees, _) in votes {
		voted.set(index);
		if agrees {
			agreed.set(index);
		}
	}
	let times = votes.iter().map(|(_, _, time)| codec::Compact(*time)).collect::<Vec<_>>();
	Detail { voted, agreed, times: times.try_into().expect("five times") }
}

fn outcome(sequence: u32, push: Push, result: RoundResult, answer: &[u8]) -> Outcome {
	let agreed = if result == RoundResult::None { 0 } else { 4 };
	Outcome {
		feed: FEED,
		round: ROUND,
		sequence,
		view: 2,
		block: Hash::repeat_byte(7),
		spec_version: 1,
		cut: Hash::repeat_byte(8),
		push,
		result,
		agreed,
		total: 5,
		at: 1_700_000_070_000,
		first_at: 1_700_000_000_000,
		start_event: 1_700_000_000_250,
		answer: answer.to_vec().try_into().expect("a short answer"),
		detail: some_detail().hash(),
		excused: Bits::default(),
	}
}

fn certificates() -> Vec<Certificate> {
	let answer = vectors("canonical").remove(0);
	let agreed = RoundResult::Agreed(tag(&TAG_KEY, &genesis(), FEED, ROUND, &answer));
	let last = Push::Final { ended_by: EndedBy::Quiet, ends_feed: true };
	let outcomes = [
		(outcome(1, Push::Provisional, agreed, &answer), vec![0, 1, 2]),
		(outcome(2, Push::Corrected, RoundResult::None, &[]), vec![0, 2, 3]),
		(outcome(3, last, RoundResult::Undetermined, &[]), vec![0, 1, 2, 3]),
	];
	let signed = |(outcome, members): (Outcome, Vec<MemberIndex>)| {
		let payload = outcome.payload(&genesis());
		let signatures = members.into_iter().map(|member| (member, vald(member).sign(&payload)));
		let signatures = signatures.collect::<Vec<_>>().try_into().expect("few signatures");
		Certificate { outcome, signatures }
	};
	outcomes.into_iter().map(signed).collect()
}

fn signed_heads() -> Vec<SignedHead> {
	let head = |index, number| {
		let feed = FeedId { market: 12, index };
		let (hash, upto) = (Hash::repeat_byte(9), 1_700_000_000_000);
		(1, Head { feed, round: ROUND, number, length: 2, hash, upto })
	};
	let heads = [head(3, 7), head(4, 1), head(5, 2)];
	heads::sign(&genesis(), &heads, |payload| Some(vald(1).sign(payload))).expect("member 1 signs")
}
