// SPDX-License-Identifier: Apache-2.0

//! What must always hold of the state of our pallets, checked on demand: after tests, and by anyone
//! on a running chain through the runtime API `InvariantsApi`.

use crate::{
	Balances, Beacon, Clock, Committees, Delegates, Elections, Markets, Offences, Reputation,
	Rewards, Session, Staking, TOTAL_SUPPLY,
};
use alloc::{format, string::String};
use sp_runtime::TryRuntimeError;

type Check = fn() -> Result<(), TryRuntimeError>;

/// Every pallet's own check, then what holds between them.
pub fn check() -> Result<(), String> {
	let pallets: [(&str, Check); 10] = [
		("clock", Clock::do_try_state),
		("beacon", Beacon::do_try_state),
		("offences", Offences::do_try_state),
		("elections", Elections::do_try_state),
		("delegates", Delegates::do_try_state),
		("staking", Staking::do_try_state),
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
	if Session::validators() != Elections::active().members.into_inner() {
		return Err("session: the validators are not those that are elected".into());
	}
	Ok(())
}
