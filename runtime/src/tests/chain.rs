// SPDX-License-Identifier: Apache-2.0

//! A chain in memory: genesis of a preset, and blocks as authors make them.

use crate::{
	configs::consensus::Producers, genesis, invariants, AccountId, Beacon, Executive, Header,
	RuntimeCall, RuntimeGenesisConfig, System, UncheckedExtrinsic,
};
use codec::Encode;
use eventum_primitives::{
	beacon::{self, SlotAuthor},
	dev::node_uri,
};
use sp_core::{crypto::VrfSecret, sr25519, Pair, H256};
use sp_io::TestExternalities;
use sp_runtime::{generic::Era, traits::Header as _, BuildStorage, Digest, DigestItem};
use std::{
	collections::BTreeMap,
	sync::{LazyLock, Mutex},
};

/// Slot of the first block.
pub(super) const FIRST: u64 = 1_003;

/// The state after genesis of a preset.
pub(super) fn genesis_of(preset: &str) -> TestExternalities {
	let patch: serde_json::Value =
		serde_json::from_slice(&genesis::preset(&preset.into()).unwrap()).unwrap();
	let mut config = serde_json::to_value(RuntimeGenesisConfig::default()).unwrap();
	for (key, value) in patch.as_object().unwrap() {
		for (inner, value) in value.as_object().unwrap() {
			config[key][inner] = value.clone();
		}
	}
	let config: RuntimeGenesisConfig = serde_json::from_value(config).unwrap();
	TestExternalities::new(config.build_storage().unwrap())
}

/// Runs `test` after genesis of `local`, then checks what must hold after every block.
pub(super) fn with_local(test: impl FnOnce()) {
	genesis_of("local").execute_with(|| {
		test();
		invariants::check().unwrap();
	});
}

/// The pair of a secret URI. Deriving one takes long, so it is done once.
pub(super) fn pair(uri: &str) -> sr25519::Pair {
	static PAIRS: LazyLock<Mutex<BTreeMap<String, sr25519::Pair>>> = LazyLock::new(Mutex::default);
	let mut pairs = PAIRS.lock().unwrap();
	let made = || sr25519::Pair::from_string(uri, None).unwrap();
	pairs.entry(uri.into()).or_insert_with(made).clone()
}

/// The author of a slot.
pub(super) fn key(slot: u64) -> sr25519::Pair {
	let owner = Producers::author(slot).unwrap();
	(0..36).map(|index| pair(&node_uri(index))).find(|pair| pair.public() == owner).unwrap()
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
	let signature = key(slot).vrf_sign(&claim.transcript(genesis, slot));
	let logs = vec![
		DigestItem::PreRuntime(sp_consensus_aura::AURA_ENGINE_ID, slot.encode()),
		beacon::digest_item(&signature),
	];
	let header = Header::new(number, H256::zero(), H256::zero(), parent, Digest { logs });
	Executive::initialize_block(&header);
	let time = RuntimeCall::Timestamp(pallet_timestamp::Call::set { now: slot * 2_000 });
	Executive::apply_extrinsic(UncheckedExtrinsic::new_bare(time)).unwrap().unwrap();
}

/// Ends the block.
pub(super) fn end() {
	Executive::finalize_block();
	invariants::check().unwrap();
}

/// An empty block.
pub(super) fn block(slot: u64) {
	begin(slot);
	end();
}

/// A call as the account of a secret URI sends it.
pub(super) fn signed(uri: &str, call: RuntimeCall, tip: u128) -> UncheckedExtrinsic {
	let pair = pair(uri);
	let account: AccountId = pair.public().0.into();
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
