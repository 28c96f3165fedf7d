// SPDX-License-Identifier: Apache-2.0

//! `try_state` finds what it must.

use crate::{mock::*, *};
use eventum_primitives::traits::Slashes as _;

fn detects(break_it: impl FnOnce()) {
	chain().execute_with(|| {
		note(1, 1);
		Offences::absent(&account(1), 9);
		Offences::absent(&account(2), 9);
		Offences::do_try_state().unwrap();
		break_it();
		assert!(Offences::do_try_state().is_err());
	});
}

#[test]
fn try_state_detects_sets_that_are_lost_or_out_of_order() {
	detects(|| Sets::<Test>::remove(0));
	detects(|| Starts::<Test>::mutate(|starts| starts.as_mut().reverse()));
	detects(|| Starts::<Test>::mutate(|starts| starts.truncate(1)));
	detects(|| Starts::<Test>::mutate(|starts| starts[1].slot = NOW + 1));
	detects(|| {
		Sets::<Test>::mutate(1, |set| {
			if let Some(set) = set {
				set.producers = 7;
			}
		});
	});
}

#[test]
fn try_state_detects_wrong_charges() {
	let charge = Charge { stake: 5, amount: 5 };
	detects(|| Charges::<Test>::insert(2, account(1), charge));
	detects(|| Charges::<Test>::insert(1, account(1), Charge { amount: 6, ..charge }));
}

#[test]
fn try_state_detects_wrong_slashes() {
	let change = |id, change: fn(&mut Slash)| {
		detects(|| Slashes::<Test>::mutate(id, |slash| slash.iter_mut().for_each(change)));
	};
	change(0, |slash| slash.amount = 0);
	change(0, |slash| slash.due = 19);
	change(1, |slash| slash.due = 17);
	change(1, |slash| slash.reporter = Some(account(2)));
	change(1, |slash| slash.offender.misdeed = Misdeed::DoubleAuthorship { slot: 1 });
	detects(|| Records::<Test>::remove(account(1)));
	detects(|| FirstSlash::<Test>::put(1));
	detects(|| NextSlash::<Test>::put(1));
	detects(|| {
		FirstSlash::<Test>::put(3);
	});
}
