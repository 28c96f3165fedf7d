// SPDX-License-Identifier: Apache-2.0

//! Tests of the beacon.

use crate::{mock::*, *};
use eventum_primitives::beacon::{digest_item, transcript, BEACON_ENGINE_ID};
use frame_support::{assert_err, assert_ok, traits::Hooks};
use sp_core::{crypto::VrfSecret, Pair};
use sp_runtime::DigestItem;

#[test]
fn outputs_are_chained_kept_and_accumulated() {
	run(|| {
		block_in(5);
		let first = Beacon::current();
		let gathered = Beacon::accumulated();
		assert_ne!(first, H256::zero());
		assert_eq!(gathered, beacon::accumulate(H256::zero(), first));
		block_in(8);
		assert_ne!(Beacon::current(), first);
		assert_eq!(Beacon::output_at(1), Some(first));
		assert_eq!(Beacon::output_at(2), Some(Beacon::current()));
		assert_eq!(Beacon::output_at(3), None);
		assert_eq!(Beacon::accumulated(), beacon::accumulate(gathered, Beacon::current()));
	});
}

#[test]
fn history_is_bounded() {
	run(|| {
		for slot in 1..=u64::from(HISTORY) + 10 {
			block_in(slot);
			assert_ok!(Beacon::do_try_state());
		}
		assert_eq!(OutputAt::<Test>::iter().count() as u32, HISTORY);
		assert_eq!(Beacon::output_at(10), None);
		assert!(Beacon::output_at(11).is_some());
	});
}

#[test]
fn history_is_bounded_from_the_first_block_on() {
	run(|| {
		for slot in 1..=u64::from(HISTORY) {
			block_in(slot);
		}
		assert_eq!(OutputAt::<Test>::iter().count() as u32, HISTORY);
		block_in(1_000);
		assert_eq!(OutputAt::<Test>::iter().count() as u32, HISTORY);
	});
}

#[test]
fn claim_names_owner_previous_output_and_epoch() {
	run(|| {
		block_in(5);
		let claim = Beacon::claim(31).unwrap();
		assert_eq!(claim.author, producer(1).public().0);
		assert_eq!(claim.previous, Beacon::current());
		assert_eq!(claim.epoch, 3);
	});
}

#[test]
fn block_without_signature_is_refused() {
	run(|| {
		begin(5, vec![]);
		assert_err!(Beacon::verify(), Refusal::NoSignature);
	});
	run(|| {
		begin(5, vec![DigestItem::PreRuntime(BEACON_ENGINE_ID, vec![1, 2, 3])]);
		assert_err!(Beacon::verify(), Refusal::NoSignature);
	});
	run(|| {
		let item = honest(5);
		begin(5, vec![item.clone(), item]);
		assert_err!(Beacon::verify(), Refusal::NoSignature);
	});
}

#[test]
fn block_without_producers_is_refused() {
	run(|| {
		let item = honest(5);
		begin(5, vec![item]);
		Producers::set(0);
		assert_eq!(Beacon::claim(5), None);
		assert_err!(Beacon::verify(), Refusal::NoAuthor);
	});
}

#[test]
fn signature_for_anything_else_is_refused() {
	let sign = |number, data| digest_item(&producer(number).vrf_sign(&data));
	run(|| {
		let zero = H256::zero();
		for item in [
			sign(0, transcript(GENESIS, zero, 5, 0)),
			sign(1, transcript(zero, zero, 5, 0)),
			sign(1, transcript(GENESIS, GENESIS, 5, 0)),
			sign(1, transcript(GENESIS, zero, 7, 0)),
			sign(1, transcript(GENESIS, zero, 5, 1)),
		] {
			begin(5, vec![item]);
			assert_err!(Beacon::verify(), Refusal::BadSignature);
			System::set_block_number(0);
		}
		begin(5, vec![sign(1, transcript(GENESIS, zero, 5, 0))]);
		assert_ok!(Beacon::verify());
	});
}

#[test]
#[should_panic(expected = "invalid block: beacon: NoSignature")]
fn hook_panics_so_that_importers_drop_the_block() {
	run(|| {
		begin(5, vec![]);
		Beacon::on_initialize(1);
	});
}

#[test]
fn signature_of_the_previous_block_cannot_be_replayed() {
	run(|| {
		let item = honest(5);
		begin(5, vec![item.clone()]);
		Beacon::on_initialize(1);
		begin(5, vec![item]);
		assert_err!(Beacon::verify(), Refusal::BadSignature);
		System::set_block_number(1);
	});
}

#[test]
fn randomness_depends_on_subject_and_block() {
	run(|| {
		block_in(5);
		let (one, at) = Beacon::random(b"one");
		assert_eq!(at, 1);
		assert_ne!(one, Beacon::random(b"two").0);
		block_in(6);
		assert_ne!(one, Beacon::random(b"one").0);
	});
}

#[test]
fn try_state_detects_foreign_outputs() {
	run(|| {
		block_in(5);
		OutputAt::<Test>::insert(2, GENESIS);
		assert!(Beacon::do_try_state().is_err());
		OutputAt::<Test>::remove(2);
		Output::<Test>::put(GENESIS);
		assert!(Beacon::do_try_state().is_err());
		Output::<Test>::put(OutputAt::<Test>::get(1).unwrap());
	});
}

#[cfg(feature = "runtime-benchmarks")]
#[test]
fn signature_of_the_benchmark_is_good() {
	use crate::benchmarking::{digest_item, AUTHOR, SLOT};
	let author = producer(1);
	assert_eq!(author.public().0, AUTHOR);
	let data = transcript(H256::zero(), H256::zero(), SLOT, 0);
	let signature = beacon::find_signature([&digest_item()]).unwrap();
	let better = codec::Encode::encode(&author.vrf_sign(&data));
	assert!(
		author.public().vrf_verify(&data, &signature),
		"the transcript changed; take {better:?}"
	);
}
