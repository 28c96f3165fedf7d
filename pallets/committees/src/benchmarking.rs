// SPDX-License-Identifier: Apache-2.0

//! Benchmarks of committees.

use super::*;
use crate::pallet::{Call, Config};
use codec::Encode;
use eventum_primitives::{
	committee::{Committee, Member, MAX_MEMBERS},
	fault::{Fault, Proof, Trail, MAX_TRAIL},
	log::{chain, Head, LogEntry, SignedHead, MAX_HEIGHT},
	signing::{payload, Kind},
	traits::{CommitteeTerms, Committees as _, Draw},
};
use frame_benchmarking::v2::*;
use frame_support::{
	pallet_prelude::TransactionSource,
	traits::{
		fungible::{Inspect, Mutate},
		Authorize, Get,
	},
	BoundedVec,
};
use frame_system::RawOrigin;
use sp_application_crypto::RuntimeAppPublic;
use sp_io::hashing::blake2_256;

const FEED: FeedId = FeedId { market: 1, index: 1 };

fn operator(number: u32) -> AccountId {
	AccountId::new(("operator", number).using_encoded(blake2_256))
}

fn peer() -> PeerId {
	PeerId::truncate_from(alloc::vec![7; 64])
}

fn bond<T: Config>() -> Balance {
	T::MinBond::get().max(1_000_000_000)
}

fn fund<T: Config>(account: &AccountId) -> Result<(), BenchmarkError> {
	let amount = bond::<T>().saturating_mul(10);
	T::Currency::mint_into(account, amount.saturating_add(T::Currency::minimum_balance()))?;
	Ok(())
}

/// Registers node `number`, with a key of its own in the keystore.
fn add_node<T: Config>(number: u32) -> Result<(AccountId, vald::Public), BenchmarkError> {
	let (operator, key) = (operator(number), vald::Public::generate_pair(None));
	fund::<T>(&operator)?;
	let fee = number.into();
	Pallet::<T>::do_register(operator.clone(), key.clone(), [1; 32], peer(), fee, bond::<T>())?;
	Ok((operator, key))
}

/// A registry that is full but for `room` places. The first node is registered as nodes are; the others
/// are made up, which is quicker: their keys belong to nobody, and their bonds are not held.
fn fill<T: Config>(room: u32) -> Result<(), BenchmarkError> {
	let full = T::MaxNodes::get().saturating_sub(room);
	if NodeCount::<T>::get() == 0 {
		add_node::<T>(0)?;
	}
	let mut fees = Fees::<T>::get();
	for index in NodeCount::<T>::get()..full {
		let operator = operator(index);
		let key = sp_core::ed25519::Public::from_raw(blake2_256(&index.encode()));
		let node = Node {
			vald: key.into(),
			intake: [1; 32],
			peer: peer(),
			min_fee: index.into(),
			bond: bond::<T>(),
			set_aside: 0,
			status: Status::Online,
			index,
			changed: Pallet::<T>::block(),
		};
		let _ = fees.try_push(node.min_fee);
		Registry::<T>::insert(index, &operator);
		Keys::<T>::insert(&node.vald, &operator);
		Nodes::<T>::insert(operator, node);
	}
	NodeCount::<T>::put(full);
	Fees::<T>::put(fees);
	Ok(())
}

fn terms() -> CommitteeTerms {
	CommitteeTerms {
		size: MAX_MEMBERS,
		requester: AccountId::new([255; 32]),
		collateral: 1,
		max_fee: Balance::MAX,
	}
}

/// A draw of which the first node is a member that is asked, and `accepted` others have accepted.
fn pending<T: Config>(accepted: u32) -> Result<vald::Public, BenchmarkError> {
	let (operator, vald) = add_node::<T>(0)?;
	fill::<T>(0)?;
	let mut draw = PendingDraw::new(terms(), Step::Accepting { deadline: Moment::MAX });
	draw.size = accepted.saturating_add(1);
	let mut members: Vec<Member> = Vec::new();
	let first =
		Member { operator, vald: vald.clone(), intake: [1; 32], peer: peer(), accepted: false };
	for place in 1..=accepted {
		members.push(accepted_member::<T>(place, draw.collateral)?);
	}
	members.push(first);
	for member in &members {
		Serving::<T>::insert(&member.vald, FEED, ());
	}
	draw.members = BoundedVec::truncate_from(members);
	Draws::<T>::insert(FEED, draw);
	Ok(vald)
}

fn accepted_member<T: Config>(place: u32, collateral: Balance) -> Result<Member, BenchmarkError> {
	let operator = Registry::<T>::get(place).ok_or("the registry is too small")?;
	let vald = Nodes::<T>::mutate(&operator, |slot| {
		slot.as_mut().map(|node| {
			node.set_aside = node.set_aside.saturating_add(collateral);
			node.vald.clone()
		})
	});
	let vald = vald.ok_or("the node is not registered")?;
	Ok(Member { operator, vald, intake: [1; 32], peer: peer(), accepted: true })
}

impl<T: Config> Pallet<T> {
	/// Gives a feed a complete committee whose members have these keys: what benchmarks of other pallets
	/// need.
	pub fn seat(feed: FeedId, keys: Vec<vald::Public>) -> Result<(), BenchmarkError> {
		let collateral = 1;
		let mut members = Vec::new();
		for (vald, number) in keys.into_iter().zip(0..) {
			let operator = operator(number);
			fund::<T>(&operator)?;
			let fee = number.into();
			Self::do_register(operator, vald.clone(), [1; 32], peer(), fee, bond::<T>())?;
			members.push(accepted_member::<T>(number, collateral)?);
			Serving::<T>::insert(vald, feed, ());
		}
		let members = BoundedVec::truncate_from(members);
		Committees::<T>::insert(feed, Committee { seed: Hash::zero(), members, collateral });
		Ok(())
	}
}

/// A complete committee of most members, of which the last can sign.
fn complete<T: Config>() -> Result<vald::Public, BenchmarkError> {
	let key = pending::<T>(MAX_MEMBERS - 1)?;
	Pallet::<T>::do_accept(FEED, &key)?;
	Ok(key)
}

/// A head of the last member, published with as many others as can be.
fn published<T: Config>(key: &vald::Public, head: Head) -> Result<SignedHead, BenchmarkError> {
	let member = (MAX_MEMBERS - 1) as u8;
	let proof = alloc::vec![Hash::repeat_byte(5); MAX_HEIGHT];
	let leaf = Hash::from((member, head).using_encoded(blake2_256));
	let climb = |node: Hash, other: &Hash| Hash::from((node, other).using_encoded(blake2_256));
	let root = proof.iter().fold(leaf, climb);
	let message = payload(Kind::Head, &Pallet::<T>::genesis_hash(), &root);
	let signature = key.sign(&message).ok_or("the key cannot sign")?.into();
	Ok(SignedHead { member, head, root, leaves: u32::MAX, leaf: 0, proof, signature })
}

/// The proof that the last member has shown two logs, the later with `entries` more entries.
fn fault<T: Config>(key: &vald::Public, entries: u32) -> Result<Fault, BenchmarkError> {
	let entry = LogEntry { report: Hash::repeat_byte(1), at: 1 };
	let entries = alloc::vec![entry; entries as usize];
	let before = Hash::zero();
	let hash = entries.iter().fold(before, chain_up);
	let head = |number, length, hash| Head { feed: FEED, round: 0, number, length, hash, upto: 1 };
	let earlier = published::<T>(key, head(1, 0, Hash::repeat_byte(3)))?;
	let later = published::<T>(key, head(2, entries.len() as u32, hash))?;
	let trail = Trail { before, entries: BoundedVec::truncate_from(entries) };
	let proof = Proof::Logs { earlier, later, trail };
	Ok(Fault { feed: FEED, member: (MAX_MEMBERS - 1) as u8, proof })
}

fn chain_up(hash: Hash, entry: &LogEntry) -> Hash {
	chain(&hash, entry)
}

#[benchmarks(where <T as frame_system::Config>::RuntimeCall: From<Call<T>>)]
mod benchmarks {
	use super::*;

	#[benchmark]
	fn register() -> Result<(), BenchmarkError> {
		fill::<T>(1)?;
		let operator = operator(u32::MAX);
		fund::<T>(&operator)?;
		let key = vald::Public::generate_pair(None);
		let payload = Pallet::<T>::registration(&operator, &[1; 32], &peer());
		let proof = key.sign(&payload).ok_or("the key cannot sign")?;

		#[extrinsic_call]
		_(RawOrigin::Signed(operator.clone()), key, [1; 32], peer(), 0, bond::<T>(), proof);

		assert!(Nodes::<T>::contains_key(operator));
		Ok(())
	}

	#[benchmark]
	fn update() -> Result<(), BenchmarkError> {
		fill::<T>(0)?;
		let fee = Some(Balance::MAX);

		#[extrinsic_call]
		_(RawOrigin::Signed(operator(0)), fee, Some([2; 32]), Some(peer()));

		assert_eq!(Nodes::<T>::get(operator(0)).map(|node| node.min_fee), fee);
		Ok(())
	}

	#[benchmark]
	fn bond_more() -> Result<(), BenchmarkError> {
		add_node::<T>(0)?;

		#[extrinsic_call]
		_(RawOrigin::Signed(operator(0)), bond::<T>());

		let raised = Nodes::<T>::get(operator(0)).map(|node| node.bond);
		assert_eq!(raised, Some(bond::<T>().saturating_mul(2)));
		Ok(())
	}

	#[benchmark]
	fn rest() -> Result<(), BenchmarkError> {
		add_node::<T>(0)?;

		#[extrinsic_call]
		_(RawOrigin::Signed(operator(0)), true);

		assert_eq!(Nodes::<T>::get(operator(0)).map(|node| node.status), Some(Status::Resting));
		Ok(())
	}

	#[benchmark]
	fn unregister() -> Result<(), BenchmarkError> {
		fill::<T>(0)?;
		let leaver = Registry::<T>::get(0).ok_or("the registry is empty")?;

		#[extrinsic_call]
		_(RawOrigin::Signed(leaver.clone()));

		assert!(!Nodes::<T>::contains_key(leaver));
		Ok(())
	}

	#[benchmark]
	fn accept() -> Result<(), BenchmarkError> {
		let key = pending::<T>(MAX_MEMBERS - 1)?;
		let payload = Pallet::<T>::acceptance(FEED, 0);
		let signature = key.sign(&payload).ok_or("the key cannot sign")?;

		#[extrinsic_call]
		_(RawOrigin::Authorized, FEED, key, signature);

		assert!(Committees::<T>::contains_key(FEED));
		Ok(())
	}

	#[benchmark]
	fn online() -> Result<(), BenchmarkError> {
		let (operator, key) = add_node::<T>(0)?;
		Pallet::<T>::mark_offline(&operator);
		let payload = Pallet::<T>::word(&key, Pallet::<T>::block());
		let signature = key.sign(&payload).ok_or("the key cannot sign")?;

		#[extrinsic_call]
		_(RawOrigin::Authorized, key, signature);

		assert_eq!(Nodes::<T>::get(operator).map(|node| node.status), Some(Status::Online));
		Ok(())
	}

	#[benchmark]
	fn authorize_accept() -> Result<(), BenchmarkError> {
		let key = pending::<T>(MAX_MEMBERS - 1)?;
		let payload = Pallet::<T>::acceptance(FEED, 0);
		let signature = key.sign(&payload).ok_or("the key cannot sign")?;
		let call: <T as frame_system::Config>::RuntimeCall =
			Call::accept { feed: FEED, key, signature }.into();

		#[block]
		{
			call.authorize(TransactionSource::InBlock)
				.ok_or("the call authorizes itself")?
				.map_err(|_| "the acceptance is good")?;
		}

		Ok(())
	}

	#[benchmark]
	fn authorize_online() -> Result<(), BenchmarkError> {
		let (operator, key) = add_node::<T>(0)?;
		Pallet::<T>::mark_offline(&operator);
		let payload = Pallet::<T>::word(&key, Pallet::<T>::block());
		let signature = key.sign(&payload).ok_or("the key cannot sign")?;
		let call: <T as frame_system::Config>::RuntimeCall = Call::online { key, signature }.into();

		#[block]
		{
			call.authorize(TransactionSource::InBlock)
				.ok_or("the call authorizes itself")?
				.map_err(|_| "the word is good")?;
		}

		Ok(())
	}

	#[benchmark]
	fn report_fault() -> Result<(), BenchmarkError> {
		let key = complete::<T>()?;
		let fault = Box::new(fault::<T>(&key, 1)?);

		#[extrinsic_call]
		_(RawOrigin::Authorized, fault);

		assert!(ProvenFalse::<T>::get(FEED) != 0);
		Ok(())
	}

	/// `e` entries of a log are shown.
	#[benchmark]
	fn authorize_report_fault(e: Linear<0, MAX_TRAIL>) -> Result<(), BenchmarkError> {
		let key = complete::<T>()?;
		let fault = Box::new(fault::<T>(&key, e)?);
		let call: <T as frame_system::Config>::RuntimeCall = Call::report_fault { fault }.into();

		#[block]
		{
			call.authorize(TransactionSource::InBlock)
				.ok_or("the call authorizes itself")?
				.map_err(|_| "the proof is good")?;
		}

		Ok(())
	}

	#[benchmark]
	fn request() -> Result<(), BenchmarkError> {
		#[block]
		{
			Pallet::<T>::request(FEED, terms())?;
		}

		assert!(Draws::<T>::contains_key(FEED));
		Ok(())
	}

	/// `n` places are looked at; as many members are drawn as can be.
	#[benchmark]
	fn draw(n: Linear<{ MAX_MEMBERS }, { T::MaxDrawReads::get() }>) -> Result<(), BenchmarkError> {
		fill::<T>(T::MaxNodes::get().saturating_sub(n))?;
		let now = Pallet::<T>::block();
		let step = Step::Seeding { frozen_at: now, nodes: n };
		let pending = PendingDraw::new(terms(), step);
		// All but a committee ask too much, so that every place is looked at before the last member is
		// found.
		let order: Vec<u32> = sampling::order(Hash::zero(), FEED, 0, n).collect();
		let unfit = n.saturating_sub(MAX_MEMBERS) as usize;
		for index in order.into_iter().take(unfit) {
			let operator = Registry::<T>::get(index).ok_or("the registry is too small")?;
			Nodes::<T>::mutate_extant(&operator, |node| node.status = Status::Resting);
		}
		let outcome;

		#[block]
		{
			outcome = Pallet::<T>::draw_members(FEED, pending, Hash::zero(), now, n);
		}

		assert_eq!(outcome, Draw::Pending);
		assert_eq!(Draws::<T>::get(FEED).map(|one| one.missing()), Some(0));
		Ok(())
	}

	/// `m` members have not accepted.
	#[benchmark]
	fn replace(m: Linear<1, { MAX_MEMBERS }>) -> Result<(), BenchmarkError> {
		fill::<T>(0)?;
		let mut pending = PendingDraw::new(terms(), Step::Accepting { deadline: 0 });
		for place in 0..m {
			let mut member = accepted_member::<T>(place, 0)?;
			member.accepted = false;
			Serving::<T>::insert(&member.vald, FEED, ());
			let _ = pending.members.try_push(member);
		}
		let outcome;

		#[block]
		{
			outcome = Pallet::<T>::drop_missing(FEED, pending);
		}

		assert_eq!(outcome, Draw::Pending);
		Ok(())
	}

	/// None of `m` members has served.
	#[benchmark]
	fn dismiss(m: Linear<4, { MAX_MEMBERS }>) -> Result<(), BenchmarkError> {
		let key = pending::<T>(m.saturating_sub(1))?;
		Pallet::<T>::do_accept(FEED, &key)?;
		assert!(Committees::<T>::contains_key(FEED));
		let served = alloc::vec![false; m as usize];

		#[block]
		{
			Pallet::<T>::do_dismiss(FEED, &served);
		}

		assert!(!Committees::<T>::contains_key(FEED));
		Ok(())
	}

	impl_benchmark_test_suite! {
		Pallet,
		crate::mock::benchmark_chain(),
		crate::mock::Test
	}
}
