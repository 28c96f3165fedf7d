// SPDX-License-Identifier: Apache-2.0

//! What must always hold of the state of our pallets, checked on demand: after tests, and by anyone
//! on a running chain through the runtime API `InvariantsApi`.

use crate::{
	configs::consensus::MAX_DELEGATES, AccountId, Balances, Beacon, Clock, Committees, Markets,
	Reputation, Rewards, Session, TOTAL_SUPPLY,
};
use alloc::{format, string::String};
use sp_runtime::TryRuntimeError;

type Check = fn() -> Result<(), TryRuntimeError>;

/// Every pallet's own check, then what holds between them.
pub fn check() -> Result<(), String> {
	let pallets: [(&str, Check); 6] = [
		("clock", Clock::do_try_state),
		("beacon", Beacon::do_try_state),
		("reputation", Reputation::do_try_state),
		("rewards", Rewards::do_try_state),
		("committees", Committees::do_try_state),
		("markets", Markets::do_try_state),
	];
	for (name, check) in pallets {
		check().map_err(|error| format!("{name}: {error:?}"))?;
	}
	if Balances::total_issuance() != TOTAL_SUPPLY {
		return Err("balances: the total supply has changed".into());
	}
	let validators: alloc::vec::Vec<AccountId> = Session::validators();
	if validators.len() > MAX_DELEGATES as usize {
		return Err("session: more validators than there can be delegates".into());
	}
	Ok(())
}
