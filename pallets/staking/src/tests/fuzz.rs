// SPDX-License-Identifier: Apache-2.0

//! Any sequence of calls, beside a model that pays every bucket by itself for every reward.

use crate::{mock::*, *};
use eventum_primitives::traits::Staking as _;
use proptest::prelude::*;
use sp_core::U256;
use std::collections::BTreeMap;

const RICH: Balance = 10_000_000_000_000_000;
/// Binary places of what the model owes.
const PLACES: u32 = 64;

/// What the model knows of a bucket.
struct Known {
	owner: u8,
	delegate: AccountId,
	votes: Balance,
	earning: Balance,
}

#[derive(Default)]
struct Model {
	buckets: BTreeMap<BucketId, Known>,
	/// What each owner has earned, exactly, in units of 2^−64.
	earned: BTreeMap<u8, U256>,
	/// How often a bucket of each was credited: a unit may be lost each time.
	credits: BTreeMap<u8, u128>,
}

/// One thing that happens: what, by whom, with which buckets, and how much.
type Step = (u8, u8, u64, u64, u64);

fn step() -> impl Strategy<Value = Step> {
	(0u8..22, 1u8..=4, 0u64..12, 0u64..12, 0u64..1_000_000_000_000)
}

impl Model {
	fn credited(&mut self, id: BucketId) {
		if let Some(known) = self.buckets.get(&id) {
			*self.credits.entry(known.owner).or_default() += 1;
		}
	}

	/// The bucket has the votes that the chain says (whose sum is checked elsewhere); no more of them
	/// earn than before, with `more`.
	fn weighed(&mut self, id: BucketId, more: Balance) {
		self.credited(id);
		let known = self.buckets.get_mut(&id).unwrap();
		known.votes = bucket(id).votes;
		known.earning = (known.earning + more).min(known.votes);
		known.delegate = bucket(id).delegate;
	}

	fn rewarded(&mut self, delegate: &AccountId, asked: Balance, taken: Balance) {
		let mut voting: Vec<_> =
			self.buckets.values_mut().filter(|known| known.delegate == *delegate).collect();
		let sum: Balance = voting.iter().map(|known| known.earning).sum();
		assert_eq!(taken, if sum > 0 { asked } else { 0 }, "all, or nothing if nobody earns");
		voting.retain(|known| known.earning > 0);
		for known in voting {
			let share = (U256::from(taken) << PLACES) * U256::from(known.earning) / U256::from(sum);
			let earned = self.earned.entry(known.owner).or_default();
			*earned += share;
		}
	}

	fn play(&mut self, (what, number, one, two, size): Step) {
		let amount = Balance::from(size);
		let days = (size % 1_051) as u32;
		let delegate = [ANNA, BERT, account(number)][(size % 3) as usize].clone();
		let next = NextBucket::<Test>::get();
		match what {
			0..=2 => {
				let done =
					Staking::create(by(number), delegate.clone(), amount, days, size % 2 == 0);
				if done.is_ok() {
					let known = Known { owner: number, delegate, votes: 0, earning: 0 };
					self.buckets.insert(next, known);
					self.weighed(next, 0);
				}
			}
			3 if Staking::add(by(number), one, amount).is_ok() => self.weighed(one, 0),
			4 if Staking::extend(by(number), one, days).is_ok() => self.weighed(one, 0),
			5 if Staking::set_auto_renew(by(number), one, size % 2 == 0).is_ok() => {
				self.weighed(one, 0)
			}
			6 if Staking::move_votes(by(number), one, delegate.clone()).is_ok() => {
				self.buckets.get_mut(&one).unwrap().earning = 0;
				self.weighed(one, 0);
			}
			7 if Staking::split(by(number), one, amount / 10).is_ok() => {
				let before = self.buckets[&one].earning;
				self.weighed(one, 0);
				let rest = before - self.buckets[&one].earning;
				let known = Known { owner: number, delegate, votes: 0, earning: 0 };
				self.buckets.insert(next, known);
				self.weighed(next, rest);
			}
			8 if Staking::merge(by(number), one, two).is_ok() => {
				self.credited(one);
				let gone = self.buckets.remove(&one).unwrap();
				self.weighed(two, gone.earning);
			}
			9 if Staking::transfer(by(number), one, account(two as u8 % 4 + 1)).is_ok() => {
				self.credited(one);
				self.buckets.get_mut(&one).unwrap().owner = two as u8 % 4 + 1;
			}
			10 if Staking::unlock(by(number), one).is_ok() => self.weighed(one, 0),
			11 if Staking::withdraw(by(number), one).is_ok() => {
				self.buckets.remove(&one).unwrap();
			}
			12 | 13 => {
				next_epoch();
				self.buckets.values_mut().for_each(|known| known.earning = known.votes);
			}
			14..=16 => {
				let asked = amount % 100_000_000 + 1;
				let taken = reward(delegate.clone(), asked);
				self.rewarded(&delegate, asked, taken);
			}
			17 => pass_days(size % 400),
			18 => {
				let into = match Voters::<Test>::get(account(number)).payout {
					Payout::Compound(id) => Some(id),
					_ => None,
				};
				if claim(number, &[one, two]).is_ok() {
					self.credited(one);
					self.credited(two);
					let ours =
						|id: &BucketId| self.buckets.get(id).is_some_and(|b| b.owner == number);
					if let Some(id) = into.filter(ours) {
						self.weighed(id, 0);
					}
				}
			}
			19 => {
				let payout = match size % 3 {
					0 => Payout::Free,
					1 => Payout::Compound(one),
					_ => Payout::Forward(account(50)),
				};
				let _ = Staking::set_payout(by(number), payout);
			}
			20 if Staking::bind_own(&delegate, &account(number), one).is_ok() => {
				let known = self.buckets.get_mut(&one).unwrap();
				if known.delegate != delegate {
					known.earning = 0;
				}
				self.weighed(one, 0);
			}
			21 => {
				if let Some(id) = Own::<Test>::get(&delegate) {
					Staking::slash_own(&delegate, amount.min(bucket(id).amount / 2), &POOL);
					self.weighed(id, 0);
					if size % 5 == 0 {
						Staking::release_own(&delegate);
						self.weighed(id, 0);
					}
				}
			}
			_ => {}
		}
	}

	fn check(&self) {
		Staking::do_try_state().unwrap();
		assert_eq!(Balances::total_issuance(), 256 * RICH + EXISTENTIAL_DEPOSIT);
		let epoch = Epoch::get();
		assert_eq!(Buckets::<Test>::iter_keys().count(), self.buckets.len());
		for (id, known) in &self.buckets {
			assert_eq!(bucket(*id).owner, account(known.owner));
			assert_eq!(bucket(*id).earning(epoch), known.earning, "what earns of bucket {id}");
		}
		for delegate in [ANNA, BERT, account(1)] {
			let of = self.buckets.values().filter(|known| known.delegate == delegate);
			let votes: Balance = of.map(|known| known.votes).sum();
			assert_eq!(Staking::votes(&delegate), votes);
		}
	}

	/// Each owner has got, or is owed, what it earned but for a unit for each time that a bucket was
	/// credited.
	fn check_earnings(&self) {
		for number in 1..=4 {
			let paid: Balance = System::events()
				.into_iter()
				.filter_map(|record| match record.event {
					RuntimeEvent::Staking(Event::Paid { owner, amount, .. }) => {
						(owner == account(number)).then_some(amount)
					}
					_ => None,
				})
				.sum();
			let got = U256::from(paid + owed(number));
			let exact = self.earned.get(&number).copied().unwrap_or_default();
			let buckets = self.buckets.values().filter(|known| known.owner == number).count();
			let credits = self.credits.get(&number).copied().unwrap_or(0) + buckets as u128;
			// The model, too, rounds down: by 2^−64 for each bucket and reward.
			assert!(got << PLACES <= exact + 100_000, "{number} has got more than its share");
			let least = exact.saturating_sub(U256::from(credits) << PLACES);
			assert!(got << PLACES >= least, "{number} has got less than its share: {got} {exact}");
		}
	}
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(256))]

	#[test]
	fn whatever_happens_votes_holds_and_earnings_are_right(
		steps in prop::collection::vec(step(), 1..160),
	) {
		chain_with(RICH, vec![]).execute_with(|| {
			let mut model = Model::default();
			for step in steps {
				model.play(step);
				model.check();
			}
			model.check_earnings();
		});
	}
}
