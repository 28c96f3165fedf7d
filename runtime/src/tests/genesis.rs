// SPDX-License-Identifier: Apache-2.0

//! Every preset makes a sound genesis.

use crate::{
	configs::money::{ReserveAccount, RewardPoolAccount},
	genesis, invariants, Balances, Clock, Runtime, RuntimeGenesisConfig, Session,
	EXISTENTIAL_DEPOSIT, TOTAL_SUPPLY,
};
use frame_support::{genesis_builder_helper, traits::PalletInfoAccess};
use sp_io::TestExternalities;

/// Runs `test` on the genesis of a preset, merged as a node merges it.
fn with_preset(id: &str, test: impl FnOnce()) {
	let mut ext = TestExternalities::new_empty();
	ext.execute_with(|| {
		let get =
			|id| genesis_builder_helper::get_preset::<RuntimeGenesisConfig>(id, genesis::preset);
		let mut config: serde_json::Value = serde_json::from_slice(&get(&None).unwrap()).unwrap();
		let patch = serde_json::from_slice(&get(&Some(id.into())).unwrap()).unwrap();
		merge(&mut config, patch);
		let json = serde_json::to_vec(&config).unwrap();
		genesis_builder_helper::build_state::<RuntimeGenesisConfig>(json).unwrap();
		test();
	});
}

fn merge(base: &mut serde_json::Value, patch: serde_json::Value) {
	match (base, patch) {
		(serde_json::Value::Object(base), serde_json::Value::Object(patch)) => {
			for (key, value) in patch {
				merge(base.entry(key).or_insert(serde_json::Value::Null), value);
			}
		}
		(base, patch) => *base = patch,
	}
}

#[test]
fn every_preset_makes_a_sound_genesis() {
	for id in genesis::preset_names() {
		with_preset(&id, || {
			assert_eq!(Balances::total_issuance(), TOTAL_SUPPLY, "{id}");
			for account in [ReserveAccount::get(), RewardPoolAccount::get()] {
				assert!(Balances::free_balance(account) > EXISTENTIAL_DEPOSIT, "{id}");
			}
			invariants::check().unwrap();

			let nodes = genesis::nodes(&id).unwrap_or_default() as usize;
			assert_eq!(Session::validators().len(), nodes, "{id}");
			assert_eq!(crate::Grandpa::grandpa_authorities().len(), nodes, "{id}");
			let producers = pallet_aura::Authorities::<Runtime>::get();
			assert_eq!(producers.len(), nodes.min(4), "{id}");
			let ranking = crate::Delegates::ranking(None, 100);
			assert_eq!(ranking.len(), nodes, "{id}");
			assert!(ranking.iter().all(|one| one.eligible && one.own_stake > 0), "{id}");
		});
	}
}

#[test]
fn presets_differ_in_time() {
	for (id, slot, epoch, session) in [
		("dev", 1_000, 60_000, 10),
		("local", 2_000, 120_000, 10),
		("mainnet", 10_000, 86_400_000, 360),
	] {
		with_preset(id, || {
			assert_eq!(Clock::slot_duration(), slot);
			assert_eq!(Clock::epoch_duration(), epoch);
			assert_eq!(Clock::session_slots(), session);
		});
	}
}

#[test]
fn only_well_spelt_ids_are_presets() {
	assert_eq!(genesis::nodes("local-1"), Some(1));
	assert_eq!(genesis::nodes("local-36"), Some(36));
	for id in ["local-0", "local-37", "local-", "local-04", "local-+4", "local4", "mainnet", ""] {
		assert_eq!(genesis::nodes(id), None, "{id}");
	}
	assert!(genesis::preset(&"local-99".into()).is_none());
	assert!(genesis::preset(&"development".into()).is_some());
}

#[test]
fn hooks_run_in_the_order_that_slots_and_sets_need() {
	let order = [
		crate::System::index(),
		crate::Timestamp::index(),
		crate::Aura::index(),
		crate::Authorship::index(),
		crate::Beacon::index(),
		Clock::index(),
		crate::Elections::index(),
		crate::Delegates::index(),
		Session::index(),
		crate::Grandpa::index(),
		Balances::index(),
		crate::Staking::index(),
	];
	assert!(order.windows(2).all(|pair| pair[0] < pair[1]));
}
