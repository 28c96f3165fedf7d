// SPDX-License-Identifier: Apache-2.0

//! What governance and former delegates can do.

use crate::{mock::*, Error, Event, SetSize};
use eventum_primitives::epoch::Size;
use frame_support::{assert_noop, assert_ok};
use sp_runtime::DispatchError;

#[test]
fn governance_sets_the_size() {
	run(|| {
		let size = Size { members: 36, producers: 24 };
		assert_ok!(Elections::set_size(RuntimeOrigin::root(), size));
		assert_eq!(SetSize::<Test>::get(), size);
		System::assert_last_event(Event::<Test>::SizeSet { size }.into());
		let signed = RuntimeOrigin::signed(account_of(1));
		assert_noop!(Elections::set_size(signed, size), DispatchError::BadOrigin);
	});
}

#[test]
fn sizes_are_bounded() {
	run(|| {
		for (members, producers) in [(0, 0), (4, 0), (4, 5), (37, 24), (36, 25)] {
			let size = Size { members, producers };
			assert_noop!(
				Elections::set_size(RuntimeOrigin::root(), size),
				Error::<Test>::InvalidSize
			);
		}
	});
}

#[test]
#[should_panic(expected = "elections genesis")]
fn a_genesis_with_too_many_producers_is_none() {
	chain(4, Size { members: 4, producers: 5 });
}

#[test]
fn keys_are_dropped_by_who_is_no_delegate() {
	run(|| {
		let by = |number| RuntimeOrigin::signed(account_of(number));
		Operators::mutate(|all| all.insert(account_of(50), account_of(1)));
		assert_noop!(Elections::purge_keys(by(1)), Error::<Test>::StillDelegate);
		assert_noop!(Elections::purge_keys(by(50)), Error::<Test>::StillDelegate);
		assert_noop!(Elections::purge_keys(RuntimeOrigin::none()), DispatchError::BadOrigin);
		assert_ok!(Elections::purge_keys(by(51)));
		assert_eq!(Purged::get(), accounts([51]));
	});
}
