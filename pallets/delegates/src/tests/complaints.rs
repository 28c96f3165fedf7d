// SPDX-License-Identifier: Apache-2.0

//! Complaints.

use crate::{
	mock::{Delegates, *},
	*,
};
use eventum_primitives::apis::ComplaintView;
use frame_support::{assert_noop, assert_ok};
use sp_runtime::{DispatchError, TokenError};

fn text(text: &str) -> Text<MAX_TEXT> {
	text.as_bytes().to_vec().try_into().unwrap()
}

/// Account `voter` votes for delegate 1 and complains about it.
fn complain(voter: u8, words: &str) -> sp_runtime::DispatchResult {
	Supports::mutate(|all| all.push((account(voter), account(1))));
	Delegates::complain(by(voter), account(1), voter.into(), EVIDENCE, text(words))
}

#[test]
fn a_voter_complains_and_takes_it_back() {
	run(|| {
		register(1);
		assert_ok!(complain(2, "It promised, but did not pay."));
		let event = Event::<Test>::Complained { delegate: account(1), by: account(2) };
		System::assert_last_event(event.into());
		assert_eq!(held(2), DEPOSIT);
		let expected = ComplaintView {
			by: account(2),
			evidence: EVIDENCE,
			text: text("It promised, but did not pay."),
			at: 77_000,
		};
		assert_eq!(Delegates::complaints(account(1), None, 9), [expected]);

		assert_ok!(complain(2, "It never paid."));
		assert_eq!(held(2), DEPOSIT, "one deposit for one complaint");
		let all = Delegates::complaints(account(1), None, 9);
		assert_eq!(
			all.iter().map(|one| one.text.clone()).collect::<Vec<_>>(),
			[text("It never paid.")]
		);

		let back = |number| Delegates::withdraw_complaint(by(number), account(1));
		assert_noop!(back(3), Error::<Test>::NoComplaint);
		let none = RuntimeOrigin::none();
		let unsigned = Delegates::withdraw_complaint(none, account(1));
		assert_noop!(unsigned, DispatchError::BadOrigin);
		assert_ok!(back(2));
		let event = Event::<Test>::ComplaintWithdrawn { delegate: account(1), by: account(2) };
		System::assert_last_event(event.into());
		assert_eq!((held(2), Delegates::complaints(account(1), None, 9)), (0, vec![]));
	});
}

#[test]
fn complain_refuses() {
	run(|| {
		register(1);
		let complain_as = |number, delegate, bucket| {
			Delegates::complain(by(number), account(delegate), bucket, EVIDENCE, text("So."))
		};
		assert_noop!(complain_as(2, 1, 2), Error::<Test>::NoVoter);
		Supports::set(vec![(account(2), account(1)), (account(20), account(1))]);
		assert_noop!(complain_as(2, 1, 3), Error::<Test>::NoVoter);
		assert_noop!(complain_as(2, 3, 2), Error::<Test>::NotRegistered);
		assert_noop!(complain_as(20, 1, 20), TokenError::FundsUnavailable);
		let bytes = vec![0xff].try_into().unwrap();
		let unreadable = Delegates::complain(by(2), account(1), 2, EVIDENCE, bytes);
		assert_noop!(unreadable, Error::<Test>::NotText);
		let none = RuntimeOrigin::none();
		let unsigned = Delegates::complain(none, account(1), 2, EVIDENCE, text("So."));
		assert_noop!(unsigned, DispatchError::BadOrigin);
	});
}

#[test]
fn complaints_outlast_votes_and_the_delegate() {
	run(|| {
		register(1);
		for voter in 2..=5 {
			assert_ok!(complain(voter, "So."));
		}
		Supports::take();
		assert_ok!(Delegates::retire(by(1)));
		Epoch::set(18);
		assert_ok!(Delegates::resign(by(1)));
		let first = Delegates::complaints(account(1), None, 3);
		let last = first.last().map(|one| one.by.clone());
		let rest = Delegates::complaints(account(1), last, 3);
		let mut all: Vec<_> = first.into_iter().chain(rest).map(|one| one.by).collect();
		all.sort();
		assert_eq!(all, (2..=5).map(account).collect::<Vec<_>>());
		assert_ok!(Delegates::withdraw_complaint(by(3), account(1)));
		assert_eq!(held(3), 0);
	});
}
