// SPDX-License-Identifier: Apache-2.0

//! Envelopes from node to node: asking, and answering for the members on this node.
//!
//! A node that gets an envelope for somebody else refuses it: who forwards knows where to.

use super::{
	budget::{Budget, Rate},
	Requests, MAX_REQUEST, REQUEST_TIMEOUT,
};
use crate::{intake::Intake, LOG};
use codec::Encode;
use eventum_wire::{
	forward::{read_request, read_response, Answer, MAX_ENVELOPES},
	Envelope, IntakeError,
};
use futures::{future::BoxFuture, stream::FuturesUnordered, FutureExt, StreamExt};
use sc_network::{
	config::{IncomingRequest, OutgoingResponse},
	service::traits::NetworkService,
	IfDisconnected, ProtocolName, ReputationChange,
};
use sc_network_types::PeerId;
use std::{collections::HashMap, sync::Arc, time::Instant};

/// Requests that are answered at the same time.
const CONCURRENT: usize = 512;
/// What one node may forward.
const RATE: Rate = Rate { bytes: 8.0 * 1024.0 * 1024.0, messages: 10_000.0 };
/// Peers whose accounts are remembered.
const PEERS: usize = 4_096;

const MALFORMED: ReputationChange = ReputationChange::new(-(1 << 12), "eventum: malformed request");
const TOO_MUCH: ReputationChange = ReputationChange::new(-(1 << 8), "eventum: too many envelopes");

/// Answers requests until the network ends.
pub async fn serve(requests: Requests, intake: Intake) {
	let mut pending = FuturesUnordered::<BoxFuture<'static, ()>>::new();
	let mut budgets = HashMap::<PeerId, Budget>::new();
	loop {
		tokio::select! {
			request = requests.incoming.recv(), if pending.len() < CONCURRENT => match request {
				Ok(request) => pending.extend(accept(request, &intake, &mut budgets)),
				Err(_) => return,
			},
			Some(()) = pending.next() => (),
		}
	}
}

fn accept(
	request: IncomingRequest,
	intake: &Intake,
	budgets: &mut HashMap<PeerId, Budget>,
) -> Option<BoxFuture<'static, ()>> {
	let IncomingRequest { peer, payload, pending_response } = request;
	let refuse = |cost| OutgoingResponse {
		result: Err(()),
		reputation_changes: vec![cost],
		sent_feedback: None,
	};
	let Some(envelopes) = read_request(&payload) else {
		let _ = pending_response.send(refuse(MALFORMED));
		return None;
	};
	let now = Instant::now();
	if budgets.len() >= PEERS && !budgets.contains_key(&peer) {
		budgets.clear();
	}
	let budget = budgets.entry(peer).or_insert_with(|| Budget::new(RATE, now));
	if !budget.spend(payload.len(), envelopes.len(), now) {
		let _ = pending_response.send(refuse(TOO_MUCH));
		return None;
	}
	let intake = intake.clone();
	let answer = async move {
		let answers = envelopes.iter().map(|bytes| async {
			match Envelope::read(bytes) {
				Ok(envelope) => intake.submit(envelope).await,
				Err(error) => Err(error),
			}
		});
		let answers: Vec<Answer> = futures::future::join_all(answers).await;
		let result = Ok(answers.encode());
		let response =
			OutgoingResponse { result, reputation_changes: Vec::new(), sent_feedback: None };
		let _ = pending_response.send(response);
	};
	Some(answer.boxed())
}

/// Hands envelopes to members on other nodes.
#[async_trait::async_trait]
pub trait Forward: Send + Sync {
	/// The network identity of this node.
	fn own_peer(&self) -> PeerId;
	/// Hands encoded envelopes to one peer; gives an answer for each, in order.
	async fn forward(&self, peer: PeerId, envelopes: &[Vec<u8>]) -> Vec<Answer>;
}

/// Forwards by the intake protocol.
pub struct Forwarder {
	network: Arc<dyn NetworkService>,
	name: ProtocolName,
}

#[async_trait::async_trait]
impl Forward for Forwarder {
	fn own_peer(&self) -> PeerId {
		self.network.local_peer_id()
	}

	async fn forward(&self, peer: PeerId, envelopes: &[Vec<u8>]) -> Vec<Answer> {
		let mut answers = Vec::with_capacity(envelopes.len());
		for part in split(envelopes) {
			answers.extend(self.request(peer, part).await);
		}
		answers
	}
}

impl Forwarder {
	/// `name` is that of the intake protocol.
	pub fn new(network: Arc<dyn NetworkService>, name: ProtocolName) -> Self {
		Self { network, name }
	}

	async fn request(&self, peer: PeerId, envelopes: &[Vec<u8>]) -> Vec<Answer> {
		let request = self.network.request(
			peer,
			self.name.clone(),
			envelopes.encode(),
			None,
			IfDisconnected::TryConnect,
		);
		let unreachable = || vec![Err(IntakeError::MemberUnreachable); envelopes.len()];
		match tokio::time::timeout(REQUEST_TIMEOUT, request).await {
			Ok(Ok((response, _))) => {
				read_response(&response, envelopes.len()).unwrap_or_else(unreachable)
			}
			Ok(Err(error)) => {
				log::debug!(target: LOG, "{peer} does not take envelopes: {error}");
				unreachable()
			}
			Err(_) => unreachable(),
		}
	}
}

/// Parts of which each fits into a request.
fn split(envelopes: &[Vec<u8>]) -> Vec<&[Vec<u8>]> {
	let mut parts = Vec::new();
	let mut rest = envelopes;
	while !rest.is_empty() {
		let mut bytes = 4;
		let fitting = rest.iter().take(MAX_ENVELOPES).take_while(|envelope| {
			bytes += envelope.len() + 4;
			bytes <= MAX_REQUEST as usize
		});
		// One that fits nowhere goes alone and is refused by the network.
		let (part, after) = rest.split_at(fitting.count().max(1));
		parts.push(part);
		rest = after;
	}
	parts
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::{intake::Config, metrics::Metrics, table::FeedTable, testing::genesis};
	use futures::channel::oneshot;

	fn intake() -> Intake {
		let (worker, _) = async_channel::bounded(1);
		let config = Config { openers: 1, verifiers: 1, ..Default::default() };
		let metrics = Metrics::default();
		Intake::start(genesis(), FeedTable::default(), worker, config, metrics).unwrap()
	}

	/// Sends a request; gives the answer, and what it costs the node.
	async fn ask(
		budgets: &mut HashMap<PeerId, Budget>,
		intake: &Intake,
		peer: PeerId,
		payload: Vec<u8>,
	) -> (Result<Vec<u8>, ()>, Vec<ReputationChange>) {
		let (pending_response, answer) = oneshot::channel();
		let request = IncomingRequest { peer, payload, pending_response };
		if let Some(work) = accept(request, intake, budgets) {
			work.await;
		}
		let OutgoingResponse { result, reputation_changes, .. } = answer.await.unwrap();
		(result, reputation_changes)
	}

	#[tokio::test]
	async fn rubbish_and_floods_are_charged_and_others_get_through() {
		let (mut budgets, intake) = (HashMap::new(), intake());
		let (flood, honest) = (PeerId::random(), PeerId::random());
		for rubbish in [vec![], vec![0xff; 64], Vec::<Vec<u8>>::new().encode()] {
			let refused = ask(&mut budgets, &intake, flood, rubbish).await;
			assert_eq!(refused, (Err(()), vec![MALFORMED]));
		}
		// More than is saved up, and comes in while they are answered.
		let many = vec![vec![1u8]; MAX_ENVELOPES];
		let mut charged = 0;
		for _ in 0..2 * (RATE.messages * 4.0) as usize / MAX_ENVELOPES {
			let (result, costs) = ask(&mut budgets, &intake, flood, many.encode()).await;
			assert_eq!(result.is_err(), costs == [TOO_MUCH]);
			charged += costs.len();
		}
		assert!(charged > 0, "nothing was too much");
		let (result, costs) = ask(&mut budgets, &intake, honest, many[..1].encode()).await;
		let answers = read_response(&result.unwrap(), 1);
		assert_eq!(answers, Some(vec![Err(IntakeError::MalformedEnvelope)]));
		assert!(costs.is_empty());
	}

	#[tokio::test]
	async fn budgets_of_few_peers_are_remembered() {
		let (mut budgets, intake) = (HashMap::new(), intake());
		for _ in 0..=PEERS {
			let request = vec![vec![1u8]].encode();
			ask(&mut budgets, &intake, PeerId::random(), request).await.0.unwrap();
			assert!(budgets.len() <= PEERS);
		}
	}

	#[test]
	fn every_part_fits_into_a_request_and_none_is_lost() {
		let envelopes: Vec<Vec<u8>> = (0..2_000).map(|length| vec![1; length % 1_300]).collect();
		let parts = split(&envelopes);
		for part in &parts {
			let request = part.encode();
			assert!(request.len() <= MAX_REQUEST as usize);
			assert_eq!(read_request(&request).unwrap(), part.to_vec());
		}
		assert_eq!(parts.concat(), envelopes);
	}
}
