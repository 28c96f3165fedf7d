// SPDX-License-Identifier: Apache-2.0

//! A chain of the whole runtime, whose blocks tests make as nodes make them.

use crate::{
	configs::consensus::Producers, genesis, invariants, Beacon, Clock, Executive, Header, Runtime,
	RuntimeCall, RuntimeGenesisConfig, System, UncheckedExtrinsic,
};
use codec::Encode;
use eventum_primitives::{
	beacon::{self, SlotAuthor},
	dev::node_uri,
};
use frame_system::offchain::CreateAuthorizedTransaction;
use sp_core::{crypto::VrfSecret, sr25519, Pair, H256};
use sp_io::TestExternalities;
use sp_runtime::{generic::Era, traits::Header as _, BuildStorage, Digest, DigestItem};
use std::{cell::RefCell, collections::HashMap};

/// Slot of the first block of `local`.
pub(super) const FIRST: u64 = 1_003;

/// Delegates whose keys tests know.
pub(super) const KNOWN: u32 = 60;

/// The genesis of a preset.
pub(super) fn config(preset: &str) -> RuntimeGenesisConfig {
	let patch: serde_json::Value =
		serde_json::from_slice(&genesis::preset(&preset.into()).unwrap()).unwrap();
	let mut config = serde_json::to_value(RuntimeGenesisConfig::default()).unwrap();
	for (key, value) in patch.as_object().unwrap() {
		for (inner, value) in value.as_object().unwrap() {
			config[key][inner] = value.clone();
		}
	}
	serde_json::from_value(config).unwrap()
}

pub(super) fn chain(config: &RuntimeGenesisConfig) -> TestExternalities {
	TestExternalities::new(config.build_storage().unwrap())
}

/// Runs `test` after genesis of `local`, then checks what must hold after every block.
pub(super) fn with_local(test: impl FnOnce()) {
	chain(&config("local")).execute_with(|| {
		test();
		invariants::check().unwrap();
	});
}

/// The author's key of a node.
pub(super) fn key_of(public: &sr25519::Public) -> sr25519::Pair {
	thread_local! {
		static KEYS: RefCell<HashMap<sr25519::Public, sr25519::Pair>> = RefCell::default();
	}
	KEYS.with_borrow_mut(|keys| {
		if keys.is_empty() {
			let pairs = (0..KNOWN).map(|index| pair(&node_uri(index)));
			keys.extend(pairs.map(|pair| (pair.public(), pair)));
		}
		keys[public].clone()
	})
}

/// The pair of a secret URI. Deriving one takes long, so it is done once.
pub(super) fn pair(uri: &str) -> sr25519::Pair {
	thread_local! {
		static PAIRS: RefCell<HashMap<String, sr25519::Pair>> = RefCell::default();
	}
	PAIRS.with_borrow_mut(|pairs| {
		let made = || sr25519::Pair::from_string(uri, None).unwrap();
		pairs.entry(uri.into()).or_insert_with(made).clone()
	})
}

/// Begins the block in `slot` on top of the last one.
pub(super) fn begin(slot: u64) {
	let number = System::block_number() + 1;
	let parent = match number {
		1 => H256::repeat_byte(7),
		_ => System::parent_hash().0.map(|byte| byte.wrapping_add(1)).into(),
	};
	// The first block's parent is genesis.
	let genesis = if number == 1 { parent } else { System::block_hash(0) };
	let claim = Beacon::claim(slot).unwrap();
	let author = key_of(&Producers::author(slot).unwrap());
	let signature = author.vrf_sign(&claim.transcript(genesis, slot));
	let logs = vec![
		DigestItem::PreRuntime(sp_consensus_aura::AURA_ENGINE_ID, slot.encode()),
		beacon::digest_item(&signature),
	];
	let header = Header::new(number, H256::zero(), H256::zero(), parent, Digest { logs });
	Executive::initialize_block(&header);
	let now = slot * Clock::slot_duration();
	let time = RuntimeCall::Timestamp(pallet_timestamp::Call::set { now });
	Executive::apply_extrinsic(UncheckedExtrinsic::new_bare(time)).unwrap().unwrap();
}

/// Ends the block, and checks what must hold after it.
pub(super) fn end() {
	Executive::finalize_block();
	invariants::check().unwrap();
}

pub(super) fn block(slot: u64) {
	begin(slot);
	end();
}

/// Includes a proof of life of the delegate with this node's key in the block.
pub(super) fn heartbeat(index: u32) {
	let finalized = System::block_number() - 1;
	let epoch = Clock::epoch().try_into().unwrap();
	let hash = System::block_hash(finalized);
	let heartbeat = eventum_primitives::epoch::Heartbeat { epoch, finalized, hash };
	let pair = pair(&node_uri(index));
	let signature = pair.sign(&crate::Elections::heartbeat_payload(&heartbeat)).into();
	let key = pair.public().into();
	let call = eventum_elections::Call::heartbeat { heartbeat, key, signature };
	let transaction =
		<Runtime as CreateAuthorizedTransaction<RuntimeCall>>::create_authorized_transaction(
			call.into(),
		);
	Executive::apply_extrinsic(transaction).unwrap().unwrap();
}

/// A transaction that the account of a seed signs.
pub(super) fn signed(uri: &str, call: RuntimeCall, tip: u128) -> UncheckedExtrinsic {
	let pair = pair(uri);
	let account: crate::AccountId = pair.public().0.into();
	let extension: crate::TxExtension = (
		frame_system::AuthorizeCall::new(),
		frame_system::CheckNonZeroSender::new(),
		frame_system::CheckSpecVersion::new(),
		frame_system::CheckTxVersion::new(),
		frame_system::CheckGenesis::new(),
		frame_system::CheckEra::from(Era::Immortal),
		frame_system::CheckNonce::from(System::account_nonce(&account)),
		frame_system::CheckWeight::new(),
		pallet_transaction_payment::ChargeTransactionPayment::from(tip),
		frame_metadata_hash_extension::CheckMetadataHash::new(false),
		frame_system::WeightReclaim::new(),
	);
	let payload = crate::SignedPayload::new(call.clone(), extension.clone()).unwrap();
	let signature = payload.using_encoded(|bytes| pair.sign(bytes));
	UncheckedExtrinsic::new_signed(call, account.into(), signature.into(), extension)
}
