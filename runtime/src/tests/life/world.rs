// SPDX-License-Identifier: Apache-2.0

//! A chain, and what happens on it block after block.

use super::{
	committee::Counted,
	dice::Dice,
	ledger::{Ledger, Seen},
};
use crate::{
	configs::{
		governance::{dynamic_params, RuntimeParameters},
		markets::AgendaBudget,
		system::{RuntimeBlockWeights, MAX_BLOCK_WEIGHT},
	},
	tests::chain::{begin, chain, config, end, signed, FIRST},
	Clock, Executive, Runtime, RuntimeCall, RuntimeEvent, RuntimeOrigin, System,
	UncheckedExtrinsic, EVT,
};
use codec::Encode;
use eventum_primitives::{dev::node_uri, FeedId, Moment};
use frame_support::{
	dispatch::{DispatchClass, GetDispatchInfo},
	storage::{with_transaction_unchecked, TransactionOutcome},
	weights::{constants::WEIGHT_REF_TIME_PER_MILLIS, Weight},
};
use frame_system::offchain::CreateAuthorizedTransaction;
use sp_io::TestExternalities;
use sp_runtime::{traits::Dispatchable, MultiAddress};
use std::{cell::RefCell, collections::BTreeMap};

/// Validation nodes, and people whom genesis gives funds.
pub(super) const NODES: u32 = 10;
/// People besides, who have less.
pub(super) const CROWD: u32 = 70;
/// Blocks in which people do things.
const BUSY: u64 = 120;
/// Time that members have to accept.
pub(super) const ACCEPT_WINDOW: Moment = 20_000;
/// Rounds of replacement.
pub(super) const REPLACEMENTS: u32 = 3;
/// Time for certificates, and for details.
pub(super) const GRACE: Moment = 60_000;

/// Whether a transaction was executed; why it failed, or is not in the block.
pub(super) type Applied = Result<(), String>;

/// A chain.
pub(super) struct World {
	ext: TestExternalities,
	pub(super) dice: Dice,
	slot: u64,
	/// Which nodes do what they should: accept, sign, come back.
	pub(super) alive: Vec<bool>,
	/// What is known off chain of feeds that report.
	pub(super) counted: BTreeMap<FeedId, Counted>,
	pub(super) ledger: Ledger,
	/// Whether people still do things.
	pub(super) busy: bool,
}

/// Errors that the runtime has written down. Some paths should never be taken; those who do not trust
/// in that log an error instead of failing.
struct Errors;

thread_local! {
	static ERRORS: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
}

impl log::Log for Errors {
	fn enabled(&self, metadata: &log::Metadata) -> bool {
		metadata.level() == log::Level::Error && metadata.target().starts_with("runtime")
	}

	fn log(&self, record: &log::Record) {
		if self.enabled(record.metadata()) {
			let said = format!("{}: {}", record.target(), record.args());
			ERRORS.with_borrow_mut(|errors| errors.push(said));
		}
	}

	fn flush(&self) {}
}

/// Has what the runtime logs as an error noticed.
pub(super) fn heed_errors() {
	static LOGGER: Errors = Errors;
	if log::set_logger(&LOGGER).is_ok() {
		log::set_max_level(log::LevelFilter::Error);
	}
}

pub(super) fn person(index: u32) -> String {
	match index.checked_sub(NODES) {
		None => node_uri(index),
		Some(index) => format!("//Crowd//{index}"),
	}
}

/// Operator of a validation node.
pub(super) fn operator(index: u32) -> String {
	format!("{}//stash", node_uri(index))
}

impl World {
	pub(super) fn new(dice: Dice) -> Self {
		let mut world = Self {
			ext: chain(&config(&format!("local-{NODES}"))),
			dice,
			slot: FIRST,
			alive: vec![true; NODES as usize],
			counted: BTreeMap::new(),
			ledger: Ledger::default(),
			busy: true,
		};
		world.block(1, Self::set_up);
		world
	}

	/// Shorter times than genesis has, and funds for the crowd.
	fn set_up(&mut self) {
		use dynamic_params::{committees, markets};
		let parameters = [
			RuntimeParameters::Markets(markets::Parameters::CertificateGrace(
				markets::CertificateGrace,
				Some(GRACE),
			)),
			RuntimeParameters::Markets(markets::Parameters::HistoryEpochs(
				markets::HistoryEpochs,
				Some(1),
			)),
			RuntimeParameters::Committees(committees::Parameters::AcceptWindow(
				committees::AcceptWindow,
				Some(ACCEPT_WINDOW),
			)),
			RuntimeParameters::Committees(committees::Parameters::MaxReplacements(
				committees::MaxReplacements,
				Some(REPLACEMENTS),
			)),
		];
		for key_value in parameters {
			let call = pallet_parameters::Call::set_parameter { key_value };
			RuntimeCall::Parameters(call).dispatch(RuntimeOrigin::root()).unwrap();
		}
		let gift = |index| {
			let account = crate::genesis::account(&person(NODES + index)).unwrap();
			let dest = MultiAddress::Id(account);
			pallet_balances::Call::transfer_keep_alive { dest, value: 2_000 * EVT }.into()
		};
		let calls = (0..CROWD).map(gift).collect();
		let batch = pallet_utility::Call::batch_all { calls };
		self.send("//Alice", batch.into()).unwrap();
	}

	/// Blocks in which people do things, then blocks until all is over.
	pub(super) fn play(&mut self) {
		for _ in 0..BUSY {
			let gap = match self.dice.within(0..=99) {
				0 => self.dice.within(10..=300),
				1..=20 => self.dice.within(2..=5),
				_ => 1,
			};
			self.block(gap, Self::act);
		}
		self.busy = false;
		while self.ledger.is_open() {
			let gap = self.dice.within(1..=5);
			self.block(gap, Self::act);
		}
	}

	fn act(&mut self) {
		self.fail_and_recover();
		self.do_duties();
		self.count();
		if self.busy {
			for _ in 0..self.dice.within(0..=4) {
				self.do_something();
			}
		}
	}

	/// After the history time nothing is left, not even records; tells what has been seen.
	pub(super) fn finish(mut self) -> Seen {
		for _ in 0..6 {
			self.block(70, |_| ());
		}
		self.ext.execute_with(|| self.ledger.assert_nothing_left());
		self.ledger.seen
	}

	/// The next block, `gap` slots after the last one.
	fn block(&mut self, gap: u64, within: impl FnOnce(&mut Self)) {
		self.slot += gap;
		let mut ext = std::mem::take(&mut self.ext);
		ext.execute_with(|| {
			begin(self.slot);
			Self::check_hooks();
			within(self);
			let total = System::block_weight().total();
			assert!(total.all_lte(RuntimeBlockWeights::get().max_block), "{total:?}");
			let events = System::read_events_no_consensus().map(|record| record.event);
			self.ledger.note(events);
			end();
			self.ledger.check();
		});
		ext.commit_all().unwrap();
		self.ext = ext;
		let errors = ERRORS.take();
		assert!(errors.is_empty(), "the runtime says: {errors:#?}");
	}

	/// What runs in every block stays within what the agenda may take and a little for clocks,
	/// sessions and the beacon.
	fn check_hooks() {
		let used = *System::block_weight().get(DispatchClass::Mandatory);
		let base = RuntimeBlockWeights::get().base_block;
		let others = Weight::from_parts(20 * WEIGHT_REF_TIME_PER_MILLIS, u64::MAX);
		let most = AgendaBudget::get().saturating_add(base).saturating_add(others);
		assert!(used.all_lte(most), "hooks take {used:?} of {MAX_BLOCK_WEIGHT:?}");
	}

	/// Applies a transaction; what it takes of the block must be within what it said before.
	fn apply(&mut self, transaction: UncheckedExtrinsic) -> Applied {
		let info = transaction.get_dispatch_info();
		// The block's proof has the transaction too.
		let length = Weight::from_parts(0, transaction.encoded_size() as u64);
		let before = *System::block_weight().get(info.class);
		// As authors do: what is not in the block has changed nothing.
		let applied =
			with_transaction_unchecked(|| match Executive::apply_extrinsic(transaction) {
				Ok(applied) => TransactionOutcome::Commit(Ok(applied)),
				Err(error) => TransactionOutcome::Rollback(Err(error)),
			});
		let taken = System::block_weight().get(info.class).saturating_sub(before);
		let base = RuntimeBlockWeights::get().get(info.class).base_extrinsic;
		let said = info.total_weight().saturating_add(base).saturating_add(length);
		assert!(taken.all_lte(said), "{taken:?} of {said:?}");
		match applied {
			Ok(done) => done.map_err(|error| format!("failed: {error:?}")),
			Err(error) => Err(format!("refused: {error:?}")),
		}
	}

	/// Sends a call signed by the account of a secret URI.
	pub(super) fn send(&mut self, uri: &str, call: RuntimeCall) -> Applied {
		self.apply(signed(uri, call, 0))
	}

	/// Hands in a call that is authorized by what is in it.
	pub(super) fn hand_in(&mut self, call: RuntimeCall) -> Applied {
		let make =
			<Runtime as CreateAuthorizedTransaction<RuntimeCall>>::create_authorized_transaction;
		self.apply(make(call))
	}

	/// Hands in a call that must be refused, and must change nothing.
	pub(super) fn hand_in_wrong(&mut self, call: RuntimeCall, what: &str) {
		let before = self.ledger.fingerprint();
		let applied = self.hand_in(call);
		assert!(applied.is_err(), "{what} was taken");
		assert_eq!(self.ledger.fingerprint(), before, "{what} has changed something");
		self.ledger.seen.refused += 1;
	}

	/// Time of the block.
	pub(super) fn now() -> Moment {
		Clock::now()
	}
}

/// What is of interest in an event.
pub(super) fn of_markets(event: RuntimeEvent) -> Option<eventum_markets::Event<Runtime>> {
	match event {
		RuntimeEvent::Markets(event) => Some(event),
		_ => None,
	}
}
