// SPDX-License-Identifier: Apache-2.0

use super::*;
use crate::testing::{certificate, feed, report_of};
use eventum_primitives::{
	fault::{Proof, SignedOutcome},
	log::Head,
};
use std::sync::Arc;

fn everything(feed: FeedId, round: Round) -> Vec<Write> {
	let report = Arc::new(report_of(feed, round, 0, 7));
	let second = Arc::new(report_of(feed, round, 0, 8));
	let hash = report.hash();
	let entry = |at| LogEntry { report: hash, at };
	let head = SignedHead {
		member: 1,
		head: Head { feed, round, number: 5, length: 2, hash, upto: 11 },
		root: hash,
		leaves: 1,
		leaf: 0,
		proof: Vec::new(),
		signature: Default::default(),
	};
	vec![
		Write::Report { hash, reporter: 0, report: report.clone() },
		Write::Append { feed, round, member: 1, position: 0, entry: entry(10) },
		Write::Append { feed, round, member: 1, position: 1, entry: entry(11) },
		Write::Append { feed, round, member: 2, position: 0, entry: entry(12) },
		Write::Head(head),
		Write::Signed { feed, round, sequence: 1, view: 2, member: 1, payload: [9; 32] },
		Write::Certificate(certificate(feed, round, 1)),
		Write::Detail { feed, round, sequence: 1, detail: Detail::default() },
		Write::DoubleAnswer { reporter: 0, first: report, second },
	]
}

#[test]
fn what_was_committed_survives_without_a_clean_end() {
	let directory = tempfile::tempdir().unwrap();
	let path = directory.path().join("reports.redb");
	let store = Store::open(&path).unwrap();
	store.write(&everything(feed(), 0)).unwrap();
	// A copy of the file as a kill would leave it: the database was never closed.
	let copy = directory.path().join("killed.redb");
	std::fs::copy(&path, &copy).unwrap();
	drop(store);

	let store = Store::open(&copy).unwrap();
	assert_eq!(store.feeds().unwrap().into_iter().collect::<Vec<_>>(), [feed()]);
	let stored = store.load(feed(), 1, 0).unwrap().unwrap();
	let round = &stored[&0];
	let report = report_of(feed(), 0, 0, 7);
	assert_eq!(
		round.reports,
		[StoredReport { hash: report.hash(), reporter: 0, tag: report.body.tag }]
	);
	assert_eq!(round.log.iter().map(|entry| entry.at).collect::<Vec<_>>(), [10, 11]);
	assert_eq!(round.head.as_ref().unwrap().head.number, 5);
	assert_eq!(round.signed[&(1, 2)], [9; 32]);
	assert_eq!(round.certificates[&1], certificate(feed(), 0, 1));
	assert!(round.details.contains_key(&1));
	assert_eq!(store.load(feed(), 2, 0).unwrap().unwrap()[&0].log.len(), 1);
	assert_eq!(store.report(feed(), 0, &report.hash()).unwrap(), Some(report.clone()));
	assert_eq!(store.double_answers(&[], 9).unwrap()[0].1 .0, report);
	assert!(store.load(feed(), 1, 1).unwrap().is_none(), "only rounds from 1 on");
}

#[test]
fn the_first_certificate_of_a_sequence_stays() {
	let directory = tempfile::tempdir().unwrap();
	let store = Store::open(&directory.path().join("reports.redb")).unwrap();
	let first = certificate(feed(), 0, 1);
	let mut second = first.clone();
	second.outcome.view = 9;
	let signatures = vec![(0, Default::default()), (1, Default::default())];
	let fuller = Certificate { signatures: signatures.try_into().unwrap(), ..first.clone() };
	store.write(&[Write::Certificate(first.clone()), Write::Certificate(second)]).unwrap();
	store.write(&[Write::Certificate(fuller.clone()), Write::Certificate(first)]).unwrap();
	for (round, sequence) in [(0, 2), (1, 1), (2, 1)] {
		store.write(&[Write::Certificate(certificate(feed(), round, sequence))]).unwrap();
	}
	assert_eq!(store.certificates(feed(), (0, 0), 1).unwrap(), [fuller]);
	let places: Vec<_> = store
		.certificates(feed(), (0, 1), 9)
		.unwrap()
		.into_iter()
		.map(|certificate| (certificate.outcome.round, certificate.outcome.sequence))
		.collect();
	assert_eq!(places, [(0, 2), (1, 1), (2, 1)]);
}

fn fault(feed: FeedId, member: MemberIndex) -> Write {
	let signed = |round| {
		let outcome = certificate(feed, round, 1).outcome;
		Box::new(SignedOutcome { outcome, signature: Default::default() })
	};
	let proof = Proof::Outcomes { first: signed(0), second: signed(1) };
	Write::Fault(Box::new(Fault { feed, member, proof }))
}

#[test]
fn proofs_are_kept_one_for_each_member_and_read_by_the_page() {
	let directory = tempfile::tempdir().unwrap();
	let store = Store::open(&directory.path().join("reports.redb")).unwrap();
	let other = FeedId { market: feed().market, index: feed().index + 1 };
	store.write(&[fault(feed(), 3), fault(feed(), 1), fault(feed(), 3), fault(other, 0)]).unwrap();
	let page = store.faults(&[], 2).unwrap();
	let name = |fault: &Fault| (fault.feed, fault.member);
	let names: Vec<_> = page.iter().map(|(_, fault)| name(fault)).collect();
	assert_eq!(names, [(feed(), 1), (feed(), 3)]);
	let page = store.faults(&page[1].0, 2).unwrap();
	assert_eq!(page.iter().map(|(_, fault)| name(fault)).collect::<Vec<_>>(), [(other, 0)]);
	assert!(store.faults(&page[0].0, 2).unwrap().is_empty());
	assert_eq!(store.proven_false(feed()).unwrap(), [1, 3].into());
	store.write(&[Write::Forget(feed())]).unwrap();
	while store.forget_step().unwrap() {}
	assert_eq!(store.faults(&[], 9).unwrap().len(), 1);
	assert!(store.proven_false(feed()).unwrap().is_empty());
}

#[test]
fn a_forgotten_feed_is_gone_and_no_other() {
	let directory = tempfile::tempdir().unwrap();
	let path = directory.path().join("reports.redb");
	let store = Arc::new(Store::open(&path).unwrap());
	let other = FeedId { market: feed().market, index: feed().index + 1 };
	store.write(&everything(feed(), 0)).unwrap();
	store.write(&everything(other, 3)).unwrap();
	let many = (0..5_000).map(|position| Write::Append {
		feed: feed(),
		round: 1,
		member: 0,
		position,
		entry: LogEntry { report: Hash::zero(), at: 1 },
	});
	store.write(&many.collect::<Vec<_>>()).unwrap();
	store.write(&[Write::Forget(feed())]).unwrap();
	assert!(store.load(feed(), 1, 0).unwrap().is_none(), "at once");
	drop(store);

	let store = Store::open(&path).unwrap();
	assert_eq!(store.feeds().unwrap().into_iter().collect::<Vec<_>>(), [other]);
	let mut steps = 1;
	while store.forget_step().unwrap() {
		steps += 1;
	}
	assert!(steps >= 3, "in small steps");
	assert!(store.report(feed(), 0, &report_of(feed(), 0, 0, 7).hash()).unwrap().is_none());
	assert!(store.load(other, 1, 0).unwrap().is_some());
}

#[test]
fn the_writer_tells_when_it_is_on_disk() {
	let directory = tempfile::tempdir().unwrap();
	let store = Arc::new(Store::open(&directory.path().join("reports.redb")).unwrap());
	let writer = Writer::start(store.clone()).unwrap();
	futures::executor::block_on(async {
		let commits =
			(0..10).map(|round| writer.commit(Arc::new(everything(feed(), round))).unwrap());
		for done in futures::future::join_all(commits).await {
			done.unwrap().unwrap();
		}
	});
	assert_eq!(store.load(feed(), 1, 0).unwrap().unwrap().len(), 10);
}
