// SPDX-License-Identifier: Apache-2.0

//! Bytes that a round takes on chain; `scripts/bench-chain.sh` runs it.
//!
//! The two transactions of a round are made as nodes make them: the certificate of its outcome, signed by
//! a quorum, and the detail of who voted, agreed, and when. Reports come evenly over ten seconds.

use codec::Encode;
use eventum_primitives::{
	bits::Bits,
	outcome::{Certificate, Detail, EndedBy, Outcome, Push, RoundResult},
	rules::quorum::quorum,
	FeedId, Hash,
};
use eventum_runtime::{Runtime, RuntimeCall};
use frame_system::offchain::CreateAuthorizedTransaction;
use sp_core::ed25519::Signature;

const FEED: FeedId = FeedId { market: 100_000, index: 0 };
/// Over which time reports come, in milliseconds.
const SPAN: u32 = 10_000;

fn size(call: RuntimeCall) -> usize {
	let make = <Runtime as CreateAuthorizedTransaction<RuntimeCall>>::create_authorized_transaction;
	make(call).encoded_size()
}

fn main() {
	let mut arguments = std::env::args().skip(1).map(|number| number.parse().expect("a number"));
	let reporters: u32 = arguments.next().expect("reporters");
	let members: u32 = arguments.next().expect("members");

	let (mut voted, mut agreed) = (Bits::new(reporters), Bits::new(reporters));
	for index in 0..reporters {
		voted.set(index);
		// One in ten says something else.
		if index % 10 != 9 {
			agreed.set(index);
		}
	}
	let times = (0..reporters).map(|index| codec::Compact(index * SPAN / reporters));
	let times = times.collect::<Vec<_>>().try_into().expect("no more than may join");
	let agreeing = agreed.count();
	let detail = Detail { voted, agreed, times };
	let outcome = Outcome {
		feed: FEED,
		round: 1_000,
		sequence: 1,
		view: 0,
		block: Hash::repeat_byte(1),
		spec_version: 1,
		cut: Hash::repeat_byte(2),
		push: Push::Final { ended_by: EndedBy::Quiet, ends_feed: false },
		result: RoundResult::Agreed(Hash::repeat_byte(3)),
		agreed: agreeing,
		total: reporters,
		at: 1_800_000_010_000,
		first_at: 1_800_000_000_000,
		start_event: 1_800_000_005_000,
		answer: vec![0; 16].try_into().expect("a short answer"),
		detail: detail.hash(),
		excused: Bits::default(),
	};
	let signatures = (0..quorum(members)).map(|member| (member as u8, Signature::default()));
	let signatures = signatures.collect::<Vec<_>>().try_into().expect("no more than members");
	let certificate = Certificate { outcome, signatures };
	let certificate = size(eventum_markets::Call::submit_certificate { certificate }.into());
	let call = eventum_markets::Call::submit_detail { feed: FEED, round: 1_000, detail };
	println!("{certificate} {}", size(call.into()));
}
