// SPDX-License-Identifier: Apache-2.0

//! Registering, changing, retiring and resigning.

use crate::{
	mock::{Delegates, *},
	*,
};
use eventum_primitives::traits::{Candidates as _, Delegates as _, Staking as _};
use frame_support::{assert_noop, assert_ok, traits::Hooks};
use sp_runtime::{BuildStorage, DispatchError, Percent};

fn try_register(number: u8, name: &str) -> sp_runtime::DispatchResult {
	Delegates::register(by(number), number.into(), profile(name), plan(0, 0))
}

#[test]
fn a_delegate_registers() {
	run(|| {
		assert_ok!(Delegates::register(by(1), 1, profile("Anna"), plan(10, 20)));
		assert!(Delegates::is_delegate(&account(1)));
		assert_eq!(World::own_stake(&account(1)), MIN_STAKE);
		let accounts = Accounts { operator: account(1), reward: account(1) };
		let expected = Delegate { accounts, standing: Standing::Active, trusted_from: 0 };
		assert_eq!(crate::Delegates::<Test>::get(account(1)), Some(expected));
		let name = profile("Anna").name;
		let event = Event::<Test>::Registered { delegate: account(1), name, plan: plan(10, 20) };
		System::assert_last_event(event.into());
		assert!(!Delegates::is_delegate(&account(2)));
	});
}

#[test]
fn register_refuses() {
	run(|| {
		register(1);
		assert_noop!(try_register(1, "other"), Error::<Test>::AlreadyRegistered);
		assert_noop!(try_register(2, "no"), Error::<Test>::InvalidName);
		assert_noop!(try_register(2, "DELEGATE-1"), Error::<Test>::NameTaken);
		let mut spoilt = profile("anna");
		spoilt.web = vec![0xff].try_into().unwrap();
		let unreadable = Delegates::register(by(2), 2, spoilt, plan(0, 0));
		assert_noop!(unreadable, Error::<Test>::NotText);
		Stakes::mutate(|stakes| stakes.insert(account(2), MIN_STAKE - 1));
		assert_noop!(try_register(2, "anna"), Error::<Test>::StakeTooSmall);
		assert_noop!(
			Delegates::register(by(3), 2, profile("anna"), plan(0, 0)),
			DispatchError::Other("no such bucket")
		);
		Keyed::mutate(|keyed| keyed.retain(|one| *one != account(3)));
		assert_noop!(try_register(3, "anna"), Error::<Test>::NoSessionKeys);
		let none = RuntimeOrigin::none();
		let unsigned = Delegates::register(none, 4, profile("anna"), plan(0, 0));
		assert_noop!(unsigned, DispatchError::BadOrigin);
		MaxDelegates::set(1);
		assert_noop!(try_register(4, "anna"), Error::<Test>::TooManyDelegates);
	});
}

#[test]
fn a_profile_is_changed() {
	run(|| {
		register(1);
		register(2);
		let mut changed = profile("Delegate-1");
		changed.description = "We make blocks.".as_bytes().to_vec().try_into().unwrap();
		changed.group = eventum_primitives::delegate::Group::Technology;
		assert_ok!(Delegates::set_profile(by(1), changed.clone()));
		assert_eq!(Profiles::<Test>::get(account(1)), Some(changed.clone()));
		let event =
			Event::<Test>::ProfileChanged { delegate: account(1), name: changed.name.clone() };
		System::assert_last_event(event.into());

		assert_noop!(Delegates::set_profile(by(1), changed), Error::<Test>::NothingChanges);
		let set = |name| Delegates::set_profile(by(1), profile(name));
		assert_noop!(set("delegate-2"), Error::<Test>::NameTaken);
		assert_noop!(set("a b"), Error::<Test>::InvalidName);
		let mut spoilt = profile("delegate-1");
		spoilt.description = vec![0xff].try_into().unwrap();
		assert_noop!(Delegates::set_profile(by(1), spoilt), Error::<Test>::NotText);
		let strangers = Delegates::set_profile(by(3), profile("anna"));
		assert_noop!(strangers, Error::<Test>::NotRegistered);
		let unsigned = Delegates::set_profile(RuntimeOrigin::none(), profile("anna"));
		assert_noop!(unsigned, DispatchError::BadOrigin);

		// A name that was given up is free.
		assert_ok!(set("other"));
		assert_ok!(Delegates::set_profile(by(2), profile("delegate-1")));
	});
}

#[test]
fn accounts_are_named() {
	run(|| {
		register(1);
		register(2);
		let accounts =
			|operator, reward| Accounts { operator: account(operator), reward: account(reward) };
		let set = |number, accounts| Delegates::set_accounts(by(number), accounts);
		assert_ok!(set(1, accounts(11, 12)));
		let event =
			Event::<Test>::AccountsChanged { delegate: account(1), accounts: accounts(11, 12) };
		System::assert_last_event(event.into());
		assert_eq!(Delegates::served_by(&account(11)), Some(account(1)));
		assert_eq!(Delegates::served_by(&account(1)), Some(account(1)));
		assert_eq!(Delegates::served_by(&account(12)), None);

		assert_noop!(set(1, accounts(11, 12)), Error::<Test>::NothingChanges);
		assert_noop!(set(2, accounts(11, 2)), Error::<Test>::OperatorTaken);
		assert_noop!(set(2, accounts(1, 2)), Error::<Test>::OperatorTaken);
		assert_noop!(set(3, accounts(3, 3)), Error::<Test>::NotRegistered);
		let none = RuntimeOrigin::none();
		let unsigned = Delegates::set_accounts(none, accounts(1, 1));
		assert_noop!(unsigned, DispatchError::BadOrigin);

		// The same reward account may serve several; an operator's keeps its own.
		assert_ok!(set(2, accounts(2, 12)));
		assert_ok!(set(1, accounts(11, 13)));
		assert_ok!(set(1, accounts(14, 13)));
		assert_ok!(set(2, accounts(11, 12)));
		assert_ok!(set(2, accounts(2, 12)));
		assert_eq!(Delegates::served_by(&account(11)), None);
		Keyed::mutate(|keyed| keyed.push(account(14)));
		assert_noop!(try_register(14, "operator"), Error::<Test>::OperatorTaken);
	});
}

#[test]
fn a_delegate_retires_and_stands_again() {
	run(|| {
		register(1);
		Seated::set(vec![account(1)]);
		assert_noop!(Delegates::retire(by(1)), Error::<Test>::Seated);
		Seated::take();
		assert_noop!(Delegates::activate(by(1)), Error::<Test>::NothingChanges);
		assert_ok!(Delegates::retire(by(1)));
		System::assert_last_event(Event::<Test>::Retired { delegate: account(1) }.into());
		assert_noop!(Delegates::retire(by(1)), Error::<Test>::NothingChanges);
		assert!(Delegates::is_delegate(&account(1)), "votes for it may stay and come");

		Keyed::take();
		assert_noop!(Delegates::activate(by(1)), Error::<Test>::NoSessionKeys);
		Keyed::set(vec![account(1)]);
		Stakes::mutate(|stakes| stakes.insert(account(1), MIN_STAKE - 1));
		assert_noop!(Delegates::activate(by(1)), Error::<Test>::StakeTooSmall);
		Stakes::mutate(|stakes| stakes.insert(account(1), MIN_STAKE));
		assert_ok!(Delegates::activate(by(1)));
		System::assert_last_event(Event::<Test>::Activated { delegate: account(1) }.into());

		let none = RuntimeOrigin::none;
		for strangers in [Delegates::retire(by(2)), Delegates::activate(by(2))] {
			assert_eq!(strangers, Err(Error::<Test>::NotRegistered.into()));
		}
		for unsigned in [Delegates::retire(none()), Delegates::activate(none())] {
			assert_eq!(unsigned, Err(DispatchError::BadOrigin));
		}
	});
}

#[test]
fn a_delegate_resigns_when_nothing_can_be_reported_any_more() {
	run(|| {
		register(1);
		let accounts = Accounts { operator: account(11), reward: account(1) };
		assert_ok!(Delegates::set_accounts(by(1), accounts));
		assert_noop!(Delegates::resign(by(1)), Error::<Test>::NotRetired);
		assert_ok!(Delegates::retire(by(1)));
		Epoch::set(17);
		assert_noop!(Delegates::resign(by(1)), Error::<Test>::StillAccountable);
		Epoch::set(18);
		assert_noop!(Delegates::resign(by(2)), Error::<Test>::NotRegistered);
		assert_noop!(Delegates::resign(RuntimeOrigin::none()), DispatchError::BadOrigin);
		assert_ok!(Delegates::resign(by(1)));
		System::assert_last_event(Event::<Test>::Resigned { delegate: account(1) }.into());
		assert!(!Delegates::is_delegate(&account(1)));
		assert_eq!((World::own_stake(&account(1)), Bound::get()), (0, vec![]));
		assert_eq!(Delegates::served_by(&account(11)), None);
		assert_ok!(try_register(2, "delegate-1"));
		register_again();
	});
}

fn register_again() {
	assert_ok!(try_register(1, "again"));
}

#[test]
fn genesis_registers() {
	let delegates =
		vec![(account(20), b"Anna".to_vec(), 10, 100), (account(21), b"Bert".to_vec(), 0, 0)];
	chain(delegates).execute_with(|| {
		assert_ok!(Delegates::do_try_state());
		assert!(Delegates::is_delegate(&account(20)) && Delegates::is_delegate(&account(21)));
		let plan = Delegates::plan_at(&account(20), 10);
		assert_eq!((plan.blocks, plan.epochs), (Percent::from_percent(10), Percent::one()));
	});
}

#[test]
#[should_panic(expected = "must be able to register")]
fn genesis_refuses_a_name_twice() {
	chain(vec![(account(20), b"Anna".to_vec(), 0, 0), (account(21), b"anna".to_vec(), 0, 0)]);
}

#[test]
#[should_panic(expected = "name too long")]
fn genesis_refuses_a_long_name() {
	let delegates = vec![(account(20), vec![b'a'; 33], 0, 0)];
	let delegates = GenesisConfig::<Test> { delegates, ..Default::default() };
	let _ = RuntimeGenesisConfig { delegates, ..Default::default() }.build_storage();
}

#[test]
fn integrity_holds() {
	Delegates::integrity_test();
}
