// SPDX-License-Identifier: Apache-2.0

use crate::{mock::*, Error, Event};
use frame_support::{assert_noop, assert_ok};

fn set(number: u32, key: u32) -> sp_runtime::DispatchResult {
	Markets::set_report_key(RuntimeOrigin::signed(person(number)), FEED, report_key(key))
}

#[test]
fn a_key_can_be_changed_until_joining_ends() {
	ExtBuilder::build_and_execute(|| {
		assert_ok!(create(vec![definition()]));
		join_all(3);
		assert_ok!(set(1, 77));
		System::assert_last_event(
			Event::ReportKeySet { feed: FEED, account: person(1), key: report_key(77) }.into(),
		);
		let keys: Vec<_> = Markets::reporters(FEED, 0).into_iter().map(|each| each.key).collect();
		assert_eq!(keys, [report_key(0), report_key(77), report_key(2)]);
		assert_noop!(set(9, 9), Error::<Test>::NotJoined);
		block_at(START + HOUR);
		assert_noop!(set(1, 78), Error::<Test>::NotJoining);
	});
}
