// SPDX-License-Identifier: Apache-2.0

//! What delegates share, and from when on.

use crate::{
	mock::{Delegates, *},
	*,
};
use frame_support::{assert_noop, assert_ok};
use sp_runtime::DispatchError;

#[test]
fn a_plan_takes_effect_after_a_full_epoch() {
	run(|| {
		register(1);
		Epoch::set(20);
		assert_ok!(Delegates::set_plan(by(1), plan(50, 60)));
		let event =
			Event::<Test>::PlanChanged { delegate: account(1), plan: plan(50, 60), from: 22 };
		System::assert_last_event(event.into());
		let at = |epoch| Delegates::plan_at(&account(1), epoch);
		assert_eq!((at(9), at(10)), (plan(0, 0), plan(10, 20)));
		assert_eq!((at(20), at(21), at(22)), (plan(10, 20), plan(10, 20), plan(50, 60)));
		assert_eq!(Delegates::plan_at(&account(2), 20), plan(0, 0));

		assert_noop!(Delegates::set_plan(by(1), plan(0, 0)), Error::<Test>::NoticeRuns);
		Epoch::set(21);
		assert_noop!(Delegates::set_plan(by(1), plan(0, 0)), Error::<Test>::NoticeRuns);
		Epoch::set(22);
		assert_noop!(Delegates::set_plan(by(1), plan(50, 60)), Error::<Test>::NothingChanges);
		assert_ok!(Delegates::set_plan(by(1), plan(0, 0)));
		assert_eq!((at(23), at(24)), (plan(50, 60), plan(0, 0)));
	});
}

#[test]
fn set_plan_refuses() {
	run(|| {
		register(1);
		assert_noop!(Delegates::set_plan(by(2), plan(1, 1)), Error::<Test>::NotRegistered);
		let unsigned = Delegates::set_plan(RuntimeOrigin::none(), plan(1, 1));
		assert_noop!(unsigned, DispatchError::BadOrigin);
	});
}

#[test]
fn the_newest_plans_are_remembered() {
	run(|| {
		register(1);
		for change in 0..100u8 {
			Epoch::mutate(|epoch| *epoch += 2);
			assert_ok!(Delegates::set_plan(by(1), plan(change, 100)));
		}
		let plans = PlansOf::<Test>::get(account(1));
		assert_eq!(plans.len(), MAX_PLANS as usize);
		assert_eq!(plans.last(), Some(&(212, plan(99, 100))));
		assert_eq!(plans.first(), Some(&(86, plan(36, 100))));
	});
}
