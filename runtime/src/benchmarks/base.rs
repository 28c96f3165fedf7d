// SPDX-License-Identifier: Apache-2.0

//! What every block and every transaction costs beside what calls and extensions are charged for.

use crate::{
	benchmarks::Helper, AccountId, Balances, Executive, Header, Runtime, RuntimeCall,
	SignedPayload, System, UncheckedExtrinsic, EVT,
};
use codec::Encode;
use eventum_beacon::{
	benchmarking::{digest_item, AUTHOR, SLOT},
	BenchmarkHelper,
};
use frame_benchmarking::v2::*;
use frame_support::traits::fungible::Mutate;
use frame_system::offchain::CreateAuthorizedTransaction;
use sp_consensus_aura::{sr25519::AuthorityId, AURA_ENGINE_ID};
use sp_core::{sr25519, H256};
use sp_runtime::{traits::Header as _, Digest, DigestItem, RuntimeAppPublic};

/// The runtime as a whole, to the benchmarks.
pub struct Pallet<T>(core::marker::PhantomData<T>);

/// Configuration of the benchmarks.
pub trait Config: frame_system::Config {}
impl Config for Runtime {}

/// Header of the second block, in the slot that there is a beacon signature for. (Benchmarks never begin
/// before the first.)
fn next_header() -> Header {
	Helper::give_slot(SLOT, sr25519::Public::from_raw(AUTHOR));
	// Aura wants a new one.
	pallet_aura::CurrentSlot::<Runtime>::kill();
	frame_system::BlockHash::<Runtime>::insert(0, H256::zero());
	System::set_block_number(1);
	let slot = DigestItem::PreRuntime(AURA_ENGINE_ID, SLOT.encode());
	let digest = Digest { logs: [slot, digest_item()].into() };
	Header::new(2, H256::zero(), H256::zero(), H256::zero(), digest)
}

fn timestamp() -> UncheckedExtrinsic {
	let now = SLOT.saturating_mul(crate::Clock::slot_duration());
	UncheckedExtrinsic::new_bare(RuntimeCall::Timestamp(pallet_timestamp::Call::set { now }))
}

/// A remark that says nothing, signed by an account with funds.
fn remark() -> UncheckedExtrinsic {
	let call = RuntimeCall::System(frame_system::Call::remark { remark: Default::default() });
	let signer = AuthorityId::generate_pair(None);
	let account = AccountId::from(sr25519::Public::from(signer.clone()));
	Balances::set_balance(&account, EVT);
	let extension = <Runtime as CreateAuthorizedTransaction<RuntimeCall>>::create_extension();
	let payload = SignedPayload::new(call, extension).expect("the extensions have what they need");
	let signature = payload.using_encoded(|bytes| signer.sign(&bytes));
	let signature = sr25519::Signature::from(signature.expect("the key was just made"));
	let (call, extension, _) = payload.deconstruct();
	UncheckedExtrinsic::new_signed(call, account.into(), signature.into(), extension)
}

#[benchmarks]
mod benchmarks {
	use super::*;

	/// A block without transactions.
	#[benchmark]
	fn empty_block() {
		let (header, timestamp) = (next_header(), timestamp());
		let made;

		#[block]
		{
			Executive::initialize_block(&header);
			let _ = Executive::apply_extrinsic(timestamp);
			made = Executive::finalize_block();
		}

		assert_eq!(made.number, 2);
	}

	/// A transaction that does nothing.
	#[benchmark]
	fn empty_extrinsic() {
		Executive::initialize_block(&next_header());
		let transaction = remark();
		let outcome;

		#[block]
		{
			outcome = Executive::apply_extrinsic(transaction);
		}

		assert_eq!(outcome, Ok(Ok(())));
	}
}
