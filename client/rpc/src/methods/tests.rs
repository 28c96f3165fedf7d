// SPDX-License-Identifier: Apache-2.0

use super::*;
use eventum_primitives::{
	apis::{FeedView, NodeView, OutcomeView, ReporterView},
	rules::count::{Before, Decision, Evaluation, Summary, Vote},
	signing::{payload, Kind},
	vald, Hash, Moment,
};
use eventum_reports::{
	chain::{Chain, ChainError, Finalized},
	handle::{event_channel, Parts},
	intake::{Config, Intake},
	io::Answer,
	keys::Identities,
	metrics::Metrics,
	network::Forward,
	store::Store,
	table::FeedTable,
};
use futures::stream::BoxStream;
use jsonrpsee::RpcModule;
use sc_network_types::PeerId;
use sc_rpc_api::DenyUnsafe;
use serde_json::{json, Value};
use sp_core::{crypto::Ss58Codec, ed25519, Pair};
use sp_keystore::{testing::MemoryKeystore, Keystore};
use std::collections::BTreeSet;

/// A chain without feeds.
struct Empty;

impl Chain for Empty {
	fn genesis(&self) -> Hash {
		Hash::repeat_byte(1)
	}

	fn finalized(&self) -> Result<Finalized, ChainError> {
		Ok(Finalized { hash: Hash::zero(), number: 1, spec_version: 1 })
	}

	fn finalized_at(&self, _: Hash) -> Result<Option<Finalized>, ChainError> {
		Ok(None)
	}

	fn finalized_blocks(&self) -> BoxStream<'static, Hash> {
		futures::stream::empty().boxed()
	}

	fn served_feeds(&self, _: Hash, _: &[vald::Public]) -> Result<BTreeSet<FeedId>, ChainError> {
		Ok(Default::default())
	}

	fn feed(&self, _: Hash, _: FeedId) -> Result<Option<FeedView>, ChainError> {
		Ok(None)
	}

	fn reporters(&self, _: Hash, _: FeedId) -> Result<Vec<ReporterView>, ChainError> {
		Ok(Vec::new())
	}

	fn decide(&self, _: Hash, _: Vec<Summary>) -> Result<Vec<Decision>, ChainError> {
		Ok(Vec::new())
	}

	fn evaluate(
		&self,
		_: Hash,
		_: FeedId,
		_: Round,
		_: Vec<Vote>,
		_: Before,
		_: Moment,
	) -> Result<Option<Evaluation>, ChainError> {
		Ok(None)
	}

	fn outcomes(
		&self,
		_: Hash,
		_: FeedId,
		_: Round,
		_: u32,
	) -> Result<Vec<OutcomeView>, ChainError> {
		Ok(Vec::new())
	}

	fn node_by_key(&self, _: Hash, _: vald::Public) -> Result<Option<NodeView>, ChainError> {
		Ok(None)
	}
}

struct Alone(PeerId);

#[async_trait]
impl Forward for Alone {
	fn own_peer(&self) -> PeerId {
		self.0
	}

	async fn forward(&self, _: PeerId, envelopes: &[Vec<u8>]) -> Vec<Answer> {
		vec![Err(IntakeError::MemberUnreachable); envelopes.len()]
	}
}

struct TwoLetters;

fn letter(reason: &str) -> DeadLetter {
	DeadLetter {
		feed: FeedId { market: 12, index: 3 },
		round: 1,
		sequence: 2,
		member: 3,
		url: "https://example.org/hook".into(),
		attempts: 9,
		since: 10,
		at: 20,
		reason: reason.into(),
	}
}

impl DeadLetters for TwoLetters {
	fn dead_letters(&self) -> Vec<DeadLetter> {
		vec![letter("timed out")]
	}

	fn failing(&self) -> Vec<DeadLetter> {
		vec![letter("no connection")]
	}

	fn pending(&self) -> usize {
		4
	}
}

fn module(deny: DenyUnsafe) -> (RpcModule<Eventum>, PeerId, tempfile::TempDir) {
	let base = tempfile::tempdir().unwrap();
	let keystore = MemoryKeystore::new();
	keystore.ed25519_generate_new(vald::KEY_TYPE, Some("//Alice")).unwrap();
	let (worker, _) = async_channel::bounded(1);
	let table = FeedTable::default();
	let config = Config { openers: 1, verifiers: 1, ..Default::default() };
	let metrics = Metrics::default();
	let peer = PeerId::random();
	let intake =
		Intake::start(Empty.genesis(), table.clone(), worker.clone(), config, metrics).unwrap();
	let handle = ReportsHandle::new(Parts {
		intake,
		table,
		forwarder: Arc::new(Alone(peer)),
		chain: Arc::new(Empty),
		store: Arc::new(Store::open(&base.path().join("reports.redb")).unwrap()),
		identities: Identities::load(Arc::new(keystore), base.path(), &[]).unwrap(),
		worker,
		events: event_channel(),
	});
	let mut module = Eventum::new(handle, Arc::new(TwoLetters)).into_rpc();
	module.extensions_mut().insert(deny);
	(module, peer, base)
}

async fn call(module: &RpcModule<Eventum>, method: &str, params: Value) -> Value {
	let request = json!({ "jsonrpc": "2.0", "id": 0, "method": method, "params": params });
	let request = request.to_string();
	let (answer, _) = module.raw_json_request(&request, 1).await.unwrap();
	serde_json::from_str(&answer).unwrap()
}

#[tokio::test]
async fn refusals_are_errors_with_codes_of_their_own() {
	let (module, ..) = module(DenyUnsafe::Yes);
	let answer = call(&module, "eventum_submitReport", json!(["0x1234"])).await;
	assert_eq!(answer["error"]["code"], 7_100);
	let unknown = format!("0x{}", "00".repeat(12));
	let answer = call(&module, "eventum_submitReports", json!([["0x12", unknown]])).await;
	assert_eq!(answer["result"][0]["error"]["code"], 7_100);
	assert_eq!(answer["result"][1]["error"]["code"], 7_101);
	assert!(answer["result"][1]["error"]["message"].as_str().unwrap().contains("that feed"));
	let many = vec!["0x00"; MAX_ENVELOPES + 1];
	let answer = call(&module, "eventum_submitReports", json!([many])).await;
	assert_eq!(answer["error"]["code"], -32_602);
}

#[tokio::test]
async fn unknown_and_malformed_feeds_are_told_apart() {
	let (module, ..) = module(DenyUnsafe::Yes);
	let answer = call(&module, "eventum_webhookKeys", json!(["twelve"])).await;
	assert!(answer["error"]["message"].as_str().unwrap().contains("market/index"));
	let answer = call(&module, "eventum_webhookKeys", json!(["12/0"])).await;
	assert!(answer["error"]["message"].as_str().unwrap().contains("no committee"));
	let answer = call(&module, "eventum_subscribeOutcomes", json!(["12/0"])).await;
	assert_eq!(answer["error"]["code"], 7_101);
}

#[tokio::test]
async fn operators_see_who_the_node_is_and_only_they_get_proofs() {
	let operator = AccountId::new([7; 32]);
	let params = json!([operator.to_ss58check()]);
	let (denied, ..) = module(DenyUnsafe::Yes);
	assert!(call(&denied, "eventum_registration", params.clone()).await["error"].is_object());

	let (module, peer, _base) = module(DenyUnsafe::No);
	let identity = call(&module, "eventum_nodeIdentity", json!([])).await["result"][0].clone();
	assert_eq!(identity["peer"], peer.to_base58());
	assert!(identity.get("proof").is_none());
	let proven = call(&module, "eventum_registration", params).await["result"][0].clone();
	assert_eq!(proven["vald"], identity["vald"]);
	let bytes = |name: &str| serde_json::from_value::<Bytes>(proven[name].clone()).unwrap().0;
	let intake: [u8; 32] = bytes("intake").try_into().unwrap();
	let message =
		payload(Kind::Register, &Empty.genesis(), &(operator, intake, bytes("peerBytes")));
	let proof = ed25519::Signature::try_from(&bytes("proof")[..]).unwrap();
	let key = ed25519::Pair::from_string("//Alice", None).unwrap().public();
	assert!(ed25519::Pair::verify(&proof, message, &key));
}

#[tokio::test]
async fn dead_letters_are_told() {
	let (module, ..) = module(DenyUnsafe::Yes);
	let answer = call(&module, "eventum_deadLetters", json!([])).await;
	assert_eq!(answer["result"]["pending"], 4);
	assert_eq!(answer["result"]["dead"][0]["feed"], "12/3");
	assert_eq!(answer["result"]["dead"][0]["reason"], "timed out");
	assert_eq!(answer["result"]["failing"][0]["reason"], "no connection");
}
