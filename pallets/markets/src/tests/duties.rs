// SPDX-License-Identifier: Apache-2.0

use crate::{mock::*, types::*, Call};
use codec::{Decode, Encode};
use eventum_primitives::{
	duties::{Certificates, Details, CERTIFICATES_KEY, DETAILS_KEY},
	outcome::{EndedBy, Outcome, RoundResult},
};
use frame_support::{assert_ok, traits::Hooks};
use sp_core::offchain::{
	testing, OffchainDbExt, OffchainWorkerExt, StorageKind, TransactionPoolExt,
};

/// Runs `test` as an off-chain worker would be run; gives it the pool.
pub(super) fn off_chain(test: impl FnOnce(&dyn Fn() -> Vec<Call<Test>>)) {
	let mut ext = ExtBuilder::build();
	let (offchain, _) = testing::TestOffchainExt::new();
	let (pool, state) = testing::TestTransactionPoolExt::new();
	ext.register_extension(OffchainDbExt::new(offchain.clone()));
	ext.register_extension(OffchainWorkerExt::new(offchain));
	ext.register_extension(TransactionPoolExt::new(pool));
	let take = move || {
		let all = std::mem::take(&mut state.write().transactions);
		all.into_iter()
			.map(|bytes| match Extrinsic::decode(&mut &bytes[..]).unwrap().function {
				RuntimeCall::Markets(call) => call,
				other => panic!("not ours: {other:?}"),
			})
			.collect::<Vec<_>>()
	};
	ext.execute_with(|| test(&take));
}

fn leave_certificates(certificates: Certificates) {
	let bytes = certificates.encode();
	sp_io::offchain::local_storage_set(StorageKind::PERSISTENT, CERTIFICATES_KEY, &bytes);
}

fn leave_details(details: Details) {
	sp_io::offchain::local_storage_set(StorageKind::PERSISTENT, DETAILS_KEY, &details.encode());
}

#[test]
fn nothing_left_nothing_done() {
	off_chain(|pool| {
		Markets::offchain_worker(1);
		assert!(pool().is_empty());
		let rubbish = [255; 9];
		sp_io::offchain::local_storage_set(StorageKind::PERSISTENT, CERTIFICATES_KEY, &rubbish);
		Markets::offchain_worker(2);
		assert!(pool().is_empty());
	});
}

#[test]
fn certificates_are_handed_in_until_they_are_on_chain() {
	off_chain(|pool| {
		reporting(definition(), 3);
		let votes = detail(3, &[(0, true, 0), (1, true, 0), (2, true, 0)]);
		let good = outcome(0, agreed_on_yes(0), &votes, EndedBy::All, true);
		let bad = Outcome { result: RoundResult::None, ..good.clone() };
		let certificate = sign(good.clone(), &[0, 1, 2]);
		leave_certificates(vec![sign(bad, &[0, 1, 2]), certificate.clone()]);

		Markets::offchain_worker(10);
		let call = Call::submit_certificate { certificate: certificate.clone() };
		assert_eq!(pool(), std::slice::from_ref(&call));
		// Not again at once, but again if it does not get in.
		Markets::offchain_worker(11);
		Markets::offchain_worker(12);
		assert!(pool().is_empty());
		Markets::offchain_worker(13);
		assert_eq!(pool(), std::slice::from_ref(&call));

		assert_ok!(submit(call));
		Markets::offchain_worker(20);
		assert!(pool().is_empty());

		// The member whose signature is missing on chain hands it in.
		let late = sign(good, &[0, 1, 3]);
		leave_certificates(vec![late.clone()]);
		Markets::offchain_worker(21);
		assert_eq!(pool(), [Call::submit_certificate { certificate: late }]);
	});
}

#[test]
fn a_certificate_that_a_fork_drops_is_handed_in_again() {
	off_chain(|pool| {
		reporting(definition(), 3);
		let votes = detail(3, &[(0, true, 0), (1, true, 0), (2, true, 0)]);
		let good = outcome(0, agreed_on_yes(0), &votes, EndedBy::All, true);
		let certificate = sign(good, &[0, 1, 2]);
		leave_certificates(vec![certificate.clone()]);
		Markets::offchain_worker(10);
		let call = Call::submit_certificate { certificate };
		assert_eq!(pool(), std::slice::from_ref(&call));
		// Block 11 has it, and some are made upon that block; then others win.
		let dropped = frame_support::storage::with_transaction(|| {
			assert_ok!(submit(call.clone()));
			for block in 11..15 {
				Markets::offchain_worker(block);
			}
			assert!(pool().is_empty(), "the chain has it");
			sp_runtime::TransactionOutcome::Rollback(Ok::<_, sp_runtime::DispatchError>(()))
		});
		assert_ok!(dropped);
		Markets::offchain_worker(15);
		assert_eq!(pool(), std::slice::from_ref(&call));
		assert_ok!(submit(call));
	});
}

#[test]
fn details_are_handed_in_when_their_time_has_come() {
	off_chain(|pool| {
		reporting(definition(), 3);
		let votes = detail(3, &[(0, true, 0), (1, true, 0), (2, true, 0)]);
		let good = outcome(0, agreed_on_yes(0), &votes, EndedBy::All, true);
		assert_ok!(submit_certificate(sign(good, &[0, 1, 2])));
		leave_details(vec![(FEED, 0, votes.clone()), (FEED, 1, votes.clone())]);
		Markets::offchain_worker(10);
		assert!(pool().is_empty());

		run_until(|state| matches!(state, FeedState::Reckoning { .. }));
		Markets::offchain_worker(20);
		let call = Call::submit_detail { feed: FEED, round: 0, detail: votes };
		assert_eq!(pool(), std::slice::from_ref(&call));
		assert_ok!(submit(call));
		Markets::offchain_worker(30);
		assert!(pool().is_empty());
	});
}
