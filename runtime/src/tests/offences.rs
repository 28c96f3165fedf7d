// SPDX-License-Identifier: Apache-2.0

//! Offences on a development chain, with the keys of its delegates: who is found guilty, what it costs,
//! and who gets it.

use super::{
	chain::{begin, block, end, key_of, pair, with_local},
	delegates::{account, keys, send, SLOTS, START},
};
use crate::{
	configs::{consensus::Producers, money::RewardPoolAccount},
	AccountId, Authorship, Balance, Balances, Block, Executive, Hash, Header, Runtime, RuntimeCall,
	RuntimeOrigin, Session, Staking, System,
};
use codec::Encode;
use eventum_offences::{Misdeed, Slash};
use eventum_primitives::{
	beacon::{self, SlotAuthor},
	dev::node_uri,
	offence::{Authored, DoubleAuthorship},
	rules::slash,
	traits::Staking as _,
};
use frame_support::{
	assert_ok,
	traits::{DisabledValidators, Get},
};
use frame_system::offchain::CreateAuthorizedTransaction;
use pallet_grandpa::{AuthorityId as GrandpaId, CurrentSetId};
use sp_consensus_grandpa::{
	localized_payload, runtime_decl_for_grandpa_api::GrandpaApi, Equivocation, EquivocationProof,
	OpaqueKeyOwnershipProof,
};
use sp_core::{crypto::VrfSecret, ed25519, sr25519, Pair};
use sp_runtime::{
	traits::{Dispatchable, Header as _},
	Digest, DigestItem,
};

/// Who reports by transaction: no delegate, so it gets nothing else.
const REPORTER: &str = "//Dave//stash";

type Evidence = DoubleAuthorship<Header>;

fn id(author: &sr25519::Pair) -> AccountId {
	author.public().0.into()
}

/// Who owned a slot, if the set has not changed since.
fn owner(slot: u64) -> sr25519::Pair {
	key_of(&Producers::author(slot).unwrap())
}

/// Seed of the keys of a delegate.
fn seed_of(delegate: &AccountId) -> String {
	(0..36).map(node_uri).find(|uri| account(uri) == *delegate).unwrap()
}

/// A header that its author made for this chain.
fn sealed(author: &sr25519::Pair, number: u32, slot: u64) -> Authored<Header> {
	let previous = Hash::repeat_byte(3);
	let epoch = Producers::epoch(slot);
	let transcript = beacon::transcript(System::block_hash(0), previous, slot, epoch);
	let logs = vec![
		DigestItem::PreRuntime(*b"aura", slot.encode()),
		beacon::digest_item(&author.vrf_sign(&transcript)),
	];
	let zero = Hash::zero();
	let mut header = Header::new(number, zero, zero, zero, Digest { logs });
	let seal = author.sign(header.hash().as_bytes());
	header.digest.push(DigestItem::Seal(*b"aura", seal.encode()));
	Authored { header, previous }
}

fn twins(author: &sr25519::Pair, slot: u64) -> Box<Evidence> {
	Box::new(DoubleAuthorship { first: sealed(author, 1, slot), second: sealed(author, 2, slot) })
}

fn report(evidence: Box<Evidence>) -> eventum_offences::Call<Runtime> {
	eventum_offences::Call::report_double_authorship { evidence }
}

/// Two votes of a delegate's key in a round of the acting set.
fn votes(delegate: &AccountId, round: u64) -> EquivocationProof<Hash, u32> {
	let set_id = CurrentSetId::<Runtime>::get();
	EquivocationProof::new(set_id, signed_twice(delegate, set_id, round))
}

fn signed_twice(delegate: &AccountId, set_id: u64, round_number: u64) -> Equivocation<Hash, u32> {
	let pair = ed25519::Pair::from_string(&seed_of(delegate), None).unwrap();
	let vote = |target| {
		let vote = finality_grandpa::Prevote::new(Hash::repeat_byte(target), 1);
		let message = finality_grandpa::Message::Prevote(vote.clone());
		let payload = localized_payload(round_number, set_id, &message);
		(vote, pair.sign(&payload).into())
	};
	let identity = pair.public().into();
	let (first, second) = (vote(1), vote(2));
	Equivocation::Prevote(finality_grandpa::Equivocation { round_number, identity, first, second })
}

/// Where a node finds the key, as it asks the runtime.
fn ownership(votes: &EquivocationProof<Hash, u32>) -> Option<OpaqueKeyOwnershipProof> {
	let key: GrandpaId = votes.offender().clone();
	<Runtime as GrandpaApi<Block>>::generate_key_ownership_proof(votes.set_id(), key)
}

fn equivocation(votes: EquivocationProof<Hash, u32>) -> pallet_grandpa::Call<Runtime> {
	let key_owner_proof = ownership(&votes).unwrap().decode().unwrap();
	let equivocation_proof = Box::new(votes);
	pallet_grandpa::Call::report_equivocation { equivocation_proof, key_owner_proof }
}

/// Whether the owner of a slot must not make a block in it.
fn is_disabled(slot: u64) -> bool {
	let producers = pallet_aura::Authorities::<Runtime>::get().len() as u64;
	<Session as DisabledValidators>::is_disabled((slot % producers) as u32)
}

/// Makes the blocks of all slots up to this one whose owners may.
fn blocks_to(slot: u64) {
	let last: u64 = pallet_aura::CurrentSlot::<Runtime>::get().into();
	for slot in last.max(START - 1) + 1..=slot {
		if !is_disabled(slot) {
			block(slot);
		}
	}
}

/// Makes one block in this slot or soon after, as after a halt.
fn jump_to(slot: u64) {
	let slot = (slot..).find(|slot| !is_disabled(*slot)).unwrap();
	block(slot);
}

/// The first slot of the epoch in which what is booked in the first one is taken.
const TAKEN: u64 = START + 8 * SLOTS;

fn booked() -> Vec<Slash> {
	let mut all: Vec<_> = eventum_offences::Slashes::<Runtime>::iter().collect();
	all.sort_by_key(|(id, _)| *id);
	all.into_iter().map(|(_, slash)| slash).collect()
}

fn free(account: &AccountId) -> Balance {
	Balances::free_balance(account)
}

/// Lets the time pass until slashes are taken; checks that this one is, and who gets it.
fn assert_taken(delegate: &AccountId, amount: Balance, reporter: &AccountId) {
	let (stake, pool, had) =
		(Staking::own_stake(delegate), free(&RewardPoolAccount::get()), free(reporter));
	jump_to(TAKEN - SLOTS);
	assert_eq!(Staking::own_stake(delegate), stake, "it can still be cancelled");
	jump_to(TAKEN);
	assert_eq!(Staking::own_stake(delegate), stake - amount);
	let reward = amount / 10;
	assert_eq!(free(reporter), had + reward);
	assert_eq!(free(&RewardPoolAccount::get()), pool + amount - reward);
	assert!(booked().is_empty());
}

#[test]
fn who_makes_two_blocks_is_out_at_once_and_slashed() {
	with_local(|| {
		blocks_to(START + 5);
		let author = owner(START + 3);
		let (offender, stake) = (id(&author), Staking::own_stake(&id(&author)));
		let reporter = account(REPORTER);
		let had = free(&reporter);

		begin(START + 6);
		assert_ok!(send(REPORTER, report(twins(&author, START + 3))));
		assert_eq!(free(&reporter), had, "it costs nothing to report what is true");
		let again = send(REPORTER, report(twins(&author, START + 3)));
		assert_eq!(again, Err(eventum_offences::Error::<Runtime>::AlreadyReported.into()));
		assert!(free(&reporter) < had, "but what is not new");
		end();

		let slash = booked().remove(0);
		assert_eq!((slash.amount, slash.reporter), (stake / 20, Some(reporter.clone())));
		let place = Session::validators().iter().position(|one| *one == offender).unwrap();
		assert_eq!(Session::disabled_validators(), [place as u32]);
		let its_next = (START + 7..).find(|slot| id(&owner(*slot)) == offender).unwrap();
		assert!(is_disabled(its_next));

		blocks_to(START + SLOTS + 1);
		assert!(!Session::validators().contains(&offender));
		let authorities = pallet_aura::Authorities::<Runtime>::get();
		assert!(!authorities.contains(&author.public().into()));
		assert_taken(&offender, stake / 20, &reporter);
	});
}

#[test]
#[should_panic(expected = "is disabled and should not be attempting to author blocks")]
fn a_block_of_who_is_out_is_invalid() {
	with_local(|| {
		blocks_to(START + 5);
		let author = owner(START + 3);
		begin(START + 6);
		assert_ok!(send(REPORTER, report(twins(&author, START + 3))));
		end();
		let slot = (START + 7..).find(|slot| is_disabled(*slot)).unwrap();
		block(slot);
	});
}

#[test]
fn a_node_reports_for_the_author_of_the_block() {
	with_local(|| {
		blocks_to(START + 5);
		let author = owner(START + 3);
		let (offender, stake) = (id(&author), Staking::own_stake(&id(&author)));
		begin(START + 6);
		let evidence = twins(&author, START + 3);
		let call = eventum_offences::Call::report_double_authorship_unsigned { evidence };
		let transaction = || {
			<Runtime as CreateAuthorizedTransaction<RuntimeCall>>::create_authorized_transaction(
				call.clone().into(),
			)
		};
		assert_ok!(Executive::apply_extrinsic(transaction()).unwrap());
		assert!(Executive::apply_extrinsic(transaction()).is_err(), "it is known");
		let reporter = Authorship::author().unwrap();
		assert_ne!(reporter, offender);
		end();
		let slash = booked().remove(0);
		assert_eq!((slash.amount, slash.reporter), (stake / 20, Some(reporter)));
		jump_to(TAKEN);
		assert_eq!(Staking::own_stake(&offender), stake - stake / 20);
	});
}

#[test]
fn equivocators_of_finality_are_out_and_pay_for_each_other() {
	with_local(|| {
		blocks_to(START + 5);
		let members = Session::validators();
		let count = members.len() as u32;
		let stakes: Vec<_> = members.iter().map(Staking::own_stake).collect();
		let [one, other] = [&members[0], &members[1]];
		let reporter = account(REPORTER);
		begin(START + 6);
		let first = slash::equivocation(1, count).mul_floor(stakes[0]);
		assert_ok!(send(REPORTER, equivocation(votes(one, 7))));
		assert_eq!(booked()[0].amount, first);
		let again = send(REPORTER, equivocation(votes(one, 7)));
		assert_eq!(again, Err(pallet_grandpa::Error::<Runtime>::DuplicateOffenceReport.into()));

		assert_ok!(send(REPORTER, equivocation(votes(other, 7))));
		let share = slash::equivocation(2, count);
		let amounts: Vec<_> = booked().iter().map(|slash| slash.amount).collect();
		let both = share.mul_floor(stakes[0]);
		assert_eq!(amounts, [first, both - first, share.mul_floor(stakes[1])]);
		assert!(Session::disabled_validators().contains(&0));
		end();

		blocks_to(START + SLOTS + 1);
		assert!(!Session::validators().contains(one) && !Session::validators().contains(other));
		let had = free(&reporter);
		jump_to(TAKEN);
		assert_eq!(Staking::own_stake(one), stakes[0] - both);
		assert_eq!(Staking::own_stake(other), stakes[1] - share.mul_floor(stakes[1]));
		let reward: Balance = amounts.iter().map(|amount| amount / 10).sum();
		assert_eq!(free(&reporter), had + reward);
	});
}

#[test]
fn the_finality_gadget_reports_without_a_signature() {
	with_local(|| {
		blocks_to(START + 5);
		let offender = Session::validators().remove(0);
		begin((START + 6..).find(|slot| id(&owner(*slot)) != offender).unwrap());
		let pallet_grandpa::Call::report_equivocation { equivocation_proof, key_owner_proof } =
			equivocation(votes(&offender, 7))
		else {
			unreachable!()
		};
		let call = pallet_grandpa::Call::report_equivocation_unsigned {
			equivocation_proof,
			key_owner_proof,
		};
		let transaction = || crate::UncheckedExtrinsic::new_bare(call.clone().into());
		assert_ok!(Executive::apply_extrinsic(transaction()).unwrap());
		assert!(Executive::apply_extrinsic(transaction()).is_err(), "it is known");
		assert_eq!(booked()[0].reporter, Authorship::author());
		end();
	});
}

#[test]
fn forged_votes_and_wrong_owners_are_refused() {
	with_local(|| {
		blocks_to(START + 5);
		let offender = Session::validators().remove(0);
		begin(START + 6);
		let honest = votes(&offender, 7);
		let set_id = honest.set_id();
		let forged = EquivocationProof::new(set_id, signed_twice(&offender, set_id + 1, 7));
		let key_owner_proof = ownership(&honest).unwrap().decode().unwrap();
		let call = pallet_grandpa::Call::report_equivocation {
			equivocation_proof: Box::new(forged),
			key_owner_proof,
		};
		let invalid = pallet_grandpa::Error::<Runtime>::InvalidEquivocationProof.into();
		assert_eq!(send(REPORTER, call), Err(invalid));

		let mut key_owner_proof: eventum_offences::KeyOwnership =
			ownership(&honest).unwrap().decode().unwrap();
		key_owner_proof.members = 1;
		let call = pallet_grandpa::Call::report_equivocation {
			equivocation_proof: Box::new(honest),
			key_owner_proof,
		};
		let invalid = pallet_grandpa::Error::<Runtime>::InvalidKeyOwnershipProof.into();
		assert_eq!(send(REPORTER, call), Err(invalid));
		assert!(booked().is_empty());
		end();
	});
}

#[test]
fn who_may_cancels_a_slash_in_time() {
	with_local(|| {
		blocks_to(START + 5);
		let author = owner(START + 3);
		let (offender, stake) = (id(&author), Staking::own_stake(&id(&author)));
		begin(START + 6);
		assert_ok!(send(REPORTER, report(twins(&author, START + 3))));
		end();
		jump_to(TAKEN - SLOTS);
		let slot = pallet_aura::CurrentSlot::<Runtime>::get();
		begin((u64::from(slot) + 1..).find(|slot| !is_disabled(*slot)).unwrap());
		let cancel = || RuntimeCall::from(eventum_offences::Call::cancel_slash { id: 0 });
		let refused = send(&seed_of(&offender), cancel());
		assert_eq!(refused, Err(sp_runtime::DispatchError::BadOrigin));
		assert_ok!(cancel().dispatch(RuntimeOrigin::root()));
		end();
		jump_to(TAKEN);
		assert_eq!((Staking::own_stake(&offender), booked()), (stake, vec![]));
		let late = cancel().dispatch(RuntimeOrigin::root()).map_err(|error| error.error);
		assert_eq!(late.unwrap_err(), eventum_offences::Error::<Runtime>::NoSlash.into());
	});
}

#[test]
fn replacing_a_key_does_not_dodge_a_slash() {
	with_local(|| {
		blocks_to(START + 5);
		let author = owner(START + 3);
		let (offender, stake) = (id(&author), Staking::own_stake(&id(&author)));
		let equivocated = votes(&offender, 7);
		let seed = seed_of(&offender);
		begin(START + 6);
		assert_ok!(send(&seed, keys(&node_uri(40), &seed)));
		end();
		// The new keys act from the session after the next one on.
		blocks_to(START + 25);
		assert!(Session::validators().contains(&offender));
		let authorities = pallet_aura::Authorities::<Runtime>::get();
		assert!(!authorities.contains(&author.public().into()));
		assert!(authorities.contains(&pair(&node_uri(40)).public().into()));
		assert_ne!(CurrentSetId::<Runtime>::get(), equivocated.set_id());

		begin(START + 26);
		let dodge = |slot| send(REPORTER, report(twins(&author, slot)));
		assert_ok!(dodge(START + 3));
		assert_ok!(send(REPORTER, equivocation(equivocated)));
		// What the old key signs for a slot of the new one is no block.
		let new = pair(&node_uri(40)).public();
		let slot = (START + 21..).find(|slot| Producers::author(*slot) == Some(new)).unwrap();
		assert_eq!(dodge(slot), Err(eventum_offences::Error::<Runtime>::BadSeal.into()));
		end();
		let slashes = booked();
		assert!(slashes.iter().all(|slash| slash.offender.account == offender));
		assert_eq!(slashes[0].offender.misdeed, Misdeed::DoubleAuthorship { slot: START + 3 });
		let taken: Balance = slashes.iter().map(|slash| slash.amount).sum();
		jump_to(TAKEN);
		assert_eq!(Staking::own_stake(&offender), stake - taken);
	});
}

#[test]
fn who_is_absent_for_an_epoch_is_slashed_a_little() {
	with_local(|| {
		blocks_to(START + SLOTS);
		let absent = Session::validators().remove(0);
		let stake = Staking::own_stake(&absent);
		for slot in START + SLOTS + 1..=START + 2 * SLOTS + 5 {
			if id(&owner(slot)) != absent {
				block(slot);
			}
		}
		let slashes = booked();
		let slash = slashes.iter().find(|slash| slash.offender.account == absent).unwrap();
		let epoch = u32::try_from(Producers::epoch(START + SLOTS)).unwrap();
		assert_eq!(slash.offender.misdeed, Misdeed::Absence { epoch });
		assert_eq!((slash.amount, slash.reporter.clone()), (stake / 1_000, None));
	});
}

#[test]
fn own_buckets_are_bound_until_nothing_can_be_slashed() {
	use crate::configs::offences::LIABLE_EPOCHS;
	let least = <Runtime as eventum_delegates::Config>::ReportEpochs::get();
	assert_eq!((least, LIABLE_EPOCHS), (16, 16));
}
