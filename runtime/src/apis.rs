// SPDX-License-Identifier: Apache-2.0

//! Runtime APIs: what the node and its clients ask the chain.

use crate::{
	configs::consensus::SlotDuration, genesis, AccountId, Balance, Beacon, Block, Committees,
	Delegates, Elections, Executive, Grandpa, InherentDataExt, Markets, Nonce, Offences,
	Reputation, Runtime, RuntimeCall, RuntimeGenesisConfig, SessionKeys, Staking, System,
	TransactionPayment, VERSION,
};
use alloc::{string::String, vec::Vec};
use codec::Encode;
use eventum_primitives::{
	apis::{
		BucketView, ComplaintView, DelegateView, DuesView, FeedFilter, FeedView, NodeView,
		OutcomeView, ReporterView,
	},
	beacon::BeaconClaim,
	delegate::Name,
	epoch::{Runway, Schedule, Statement},
	offence::DoubleAuthorship,
	rules::{
		count::{Before, Decision, Evaluation, Summary, Vote},
		vote,
	},
	traits, vald, BucketId, EpochIndex, FeedId, MarketId, Moment, Round, Score,
};
use frame_support::{
	genesis_builder_helper,
	traits::Get,
	view_functions::{ViewFunctionDispatchError, ViewFunctionId},
	weights::Weight,
};
use pallet_grandpa::AuthorityId as GrandpaId;
use sp_api::impl_runtime_apis;
use sp_consensus_aura::sr25519::AuthorityId as AuraId;
use sp_core::{crypto::KeyTypeId, OpaqueMetadata};
use sp_runtime::{
	key_types,
	traits::{Block as BlockT, NumberFor},
	transaction_validity::{TransactionSource, TransactionValidity},
	ApplyExtrinsicResult, ExtrinsicInclusionMode, FixedU128,
};
use sp_session::OpaqueGeneratedSessionKeys;
use sp_version::RuntimeVersion;

impl_runtime_apis! {
	impl sp_api::Core<Block> for Runtime {
		fn version() -> RuntimeVersion {
			VERSION
		}

		fn execute_block(block: <Block as BlockT>::LazyBlock) {
			Executive::execute_block(block);
		}

		fn initialize_block(header: &<Block as BlockT>::Header) -> ExtrinsicInclusionMode {
			Executive::initialize_block(header)
		}
	}

	impl sp_api::Metadata<Block> for Runtime {
		fn metadata() -> OpaqueMetadata {
			OpaqueMetadata::new(Runtime::metadata().into())
		}

		fn metadata_at_version(version: u32) -> Option<OpaqueMetadata> {
			Runtime::metadata_at_version(version)
		}

		fn metadata_versions() -> Vec<u32> {
			Runtime::metadata_versions()
		}
	}

	impl frame_support::view_functions::runtime_api::RuntimeViewFunction<Block> for Runtime {
		fn execute_view_function(
			id: ViewFunctionId,
			input: Vec<u8>,
		) -> Result<Vec<u8>, ViewFunctionDispatchError> {
			Runtime::execute_view_function(id, input)
		}
	}

	impl sp_block_builder::BlockBuilder<Block> for Runtime {
		fn apply_extrinsic(extrinsic: <Block as BlockT>::Extrinsic) -> ApplyExtrinsicResult {
			Executive::apply_extrinsic(extrinsic)
		}

		fn finalize_block() -> <Block as BlockT>::Header {
			Executive::finalize_block()
		}

		fn inherent_extrinsics(
			data: sp_inherents::InherentData,
		) -> Vec<<Block as BlockT>::Extrinsic> {
			data.create_extrinsics()
		}

		fn check_inherents(
			block: <Block as BlockT>::LazyBlock,
			data: sp_inherents::InherentData,
		) -> sp_inherents::CheckInherentsResult {
			data.check_extrinsics(&block)
		}
	}

	impl sp_transaction_pool::runtime_api::TaggedTransactionQueue<Block> for Runtime {
		fn validate_transaction(
			source: TransactionSource,
			tx: <Block as BlockT>::Extrinsic,
			block_hash: <Block as BlockT>::Hash,
		) -> TransactionValidity {
			Executive::validate_transaction(source, tx, block_hash)
		}
	}

	impl sp_offchain::OffchainWorkerApi<Block> for Runtime {
		fn offchain_worker(header: &<Block as BlockT>::Header) {
			Executive::offchain_worker(header)
		}
	}

	impl sp_consensus_aura::AuraApi<Block, AuraId> for Runtime {
		fn slot_duration() -> sp_consensus_aura::SlotDuration {
			sp_consensus_aura::SlotDuration::from_millis(SlotDuration::get())
		}

		fn authorities() -> Vec<AuraId> {
			pallet_aura::Authorities::<Runtime>::get().into_inner()
		}
	}

	impl eventum_primitives::beacon::BeaconApi<Block> for Runtime {
		fn beacon_claim(slot: u64) -> Option<BeaconClaim> {
			Beacon::claim(slot)
		}
	}

	impl sp_consensus_grandpa::GrandpaApi<Block> for Runtime {
		fn grandpa_authorities() -> sp_consensus_grandpa::AuthorityList {
			Grandpa::grandpa_authorities()
		}

		fn current_set_id() -> sp_consensus_grandpa::SetId {
			pallet_grandpa::CurrentSetId::<Runtime>::get()
		}

		fn submit_report_equivocation_unsigned_extrinsic(
			equivocation_proof: sp_consensus_grandpa::EquivocationProof<
				<Block as BlockT>::Hash,
				NumberFor<Block>,
			>,
			key_owner_proof: sp_consensus_grandpa::OpaqueKeyOwnershipProof,
		) -> Option<()> {
			let key_owner_proof = key_owner_proof.decode()?;
			Grandpa::submit_unsigned_equivocation_report(equivocation_proof, key_owner_proof)
		}

		fn generate_key_ownership_proof(
			set_id: sp_consensus_grandpa::SetId,
			authority_id: GrandpaId,
		) -> Option<sp_consensus_grandpa::OpaqueKeyOwnershipProof> {
			let session = pallet_grandpa::SetIdSession::<Runtime>::get(set_id)?;
			let proof = Offences::prove_at(session, key_types::GRANDPA, authority_id.as_ref())?;
			Some(sp_consensus_grandpa::OpaqueKeyOwnershipProof::new(proof.encode()))
		}
	}

	impl sp_session::SessionKeys<Block> for Runtime {
		fn generate_session_keys(
			owner: Vec<u8>,
			seed: Option<Vec<u8>>,
		) -> OpaqueGeneratedSessionKeys {
			SessionKeys::generate(&owner, seed).into()
		}

		fn decode_session_keys(encoded: Vec<u8>) -> Option<Vec<(Vec<u8>, KeyTypeId)>> {
			SessionKeys::decode_into_raw_public_keys(&encoded)
		}
	}

	impl frame_system_rpc_runtime_api::AccountNonceApi<Block, AccountId, Nonce> for Runtime {
		fn account_nonce(account: AccountId) -> Nonce {
			System::account_nonce(account)
		}
	}

	impl pallet_transaction_payment_rpc_runtime_api::TransactionPaymentApi<Block, Balance>
		for Runtime
	{
		fn query_info(
			uxt: <Block as BlockT>::Extrinsic,
			len: u32,
		) -> pallet_transaction_payment_rpc_runtime_api::RuntimeDispatchInfo<Balance> {
			TransactionPayment::query_info(uxt, len)
		}

		fn query_fee_details(
			uxt: <Block as BlockT>::Extrinsic,
			len: u32,
		) -> pallet_transaction_payment::FeeDetails<Balance> {
			TransactionPayment::query_fee_details(uxt, len)
		}

		fn query_weight_to_fee(weight: Weight) -> Balance {
			TransactionPayment::weight_to_fee(weight)
		}

		fn query_length_to_fee(length: u32) -> Balance {
			TransactionPayment::length_to_fee(length)
		}
	}

	impl pallet_transaction_payment_rpc_runtime_api::TransactionPaymentCallApi<
		Block,
		Balance,
		RuntimeCall,
	> for Runtime {
		fn query_call_info(
			call: RuntimeCall,
			len: u32,
		) -> pallet_transaction_payment::RuntimeDispatchInfo<Balance> {
			TransactionPayment::query_call_info(call, len)
		}

		fn query_call_fee_details(
			call: RuntimeCall,
			len: u32,
		) -> pallet_transaction_payment::FeeDetails<Balance> {
			TransactionPayment::query_call_fee_details(call, len)
		}

		fn query_weight_to_fee(weight: Weight) -> Balance {
			TransactionPayment::weight_to_fee(weight)
		}

		fn query_length_to_fee(length: u32) -> Balance {
			TransactionPayment::length_to_fee(length)
		}
	}

	impl sp_genesis_builder::GenesisBuilder<Block> for Runtime {
		fn build_state(config: Vec<u8>) -> sp_genesis_builder::Result {
			genesis_builder_helper::build_state::<RuntimeGenesisConfig>(config)
		}

		fn get_preset(id: &Option<sp_genesis_builder::PresetId>) -> Option<Vec<u8>> {
			genesis_builder_helper::get_preset::<RuntimeGenesisConfig>(id, genesis::preset)
		}

		fn preset_names() -> Vec<sp_genesis_builder::PresetId> {
			genesis::preset_names()
		}
	}

	impl eventum_primitives::apis::ReportsApi<Block> for Runtime {
		fn served_feeds(key: vald::Public) -> Vec<FeedId> {
			Committees::served_feeds(key)
		}

		fn feed(feed: FeedId) -> Option<FeedView> {
			Markets::feed_view(feed)
		}

		fn reporters(feed: FeedId, page: u32) -> Vec<ReporterView> {
			Markets::reporters(feed, page)
		}

		fn decide(rounds: Vec<Summary>) -> Vec<Decision> {
			Markets::decide(rounds)
		}

		fn evaluate(
			feed: FeedId,
			round: Round,
			votes: Vec<Vote>,
			before: Before,
			horizon: Moment,
		) -> Option<Evaluation> {
			Markets::evaluate(feed, round, &votes, &before, horizon)
		}
	}

	impl eventum_primitives::apis::MarketsApi<Block> for Runtime {
		fn next_market() -> MarketId {
			Markets::next_market()
		}

		fn market(market: MarketId) -> Option<u16> {
			Markets::market(market)
		}

		fn feeds(
			filter: FeedFilter,
			cursor: Option<FeedId>,
			limit: u32,
		) -> (Vec<(FeedId, FeedView)>, Option<FeedId>) {
			Markets::feeds(&filter, cursor, limit)
		}

		fn outcomes(feed: FeedId, from: Round, limit: u32) -> Vec<OutcomeView> {
			Markets::outcomes(feed, from, limit)
		}

		fn reporter(feed: FeedId, account: AccountId) -> Option<ReporterView> {
			Markets::reporter(feed, &account)
		}
	}

	impl eventum_primitives::apis::CommitteesApi<Block> for Runtime {
		fn node(operator: AccountId) -> Option<NodeView> {
			Committees::node(operator)
		}

		fn node_by_key(key: vald::Public) -> Option<NodeView> {
			Committees::node_by_key(key)
		}

		fn nodes(from: u32, limit: u32) -> Vec<NodeView> {
			Committees::nodes(from, limit)
		}
	}

	impl eventum_primitives::apis::StakingApi<Block> for Runtime {
		fn vote_weight(days: u32, auto_renew: bool, own: bool) -> FixedU128 {
			vote::weight(days, auto_renew, own)
		}

		fn bucket(bucket: BucketId) -> Option<BucketView> {
			Staking::bucket(bucket)
		}

		fn buckets(owner: AccountId) -> Vec<BucketView> {
			Staking::buckets(owner)
		}

		fn voters(delegate: AccountId, cursor: Option<BucketId>, limit: u32) -> Vec<BucketView> {
			Staking::voters(delegate, cursor, limit)
		}

		fn votes(delegate: AccountId) -> Balance {
			<Staking as traits::Staking>::votes(&delegate)
		}

		fn dues(owner: AccountId) -> DuesView {
			Staking::dues(owner)
		}
	}

	impl eventum_primitives::apis::DelegatesApi<Block> for Runtime {
		fn delegate(account: AccountId) -> Option<DelegateView> {
			Delegates::delegate(account)
		}

		fn delegate_by_name(name: Name) -> Option<DelegateView> {
			Delegates::delegate_by_name(name)
		}

		fn ranking(cursor: Option<AccountId>, limit: u32) -> Vec<DelegateView> {
			Delegates::ranking(cursor, limit)
		}

		fn complaints(
			delegate: AccountId,
			cursor: Option<AccountId>,
			limit: u32,
		) -> Vec<ComplaintView> {
			Delegates::complaints(delegate, cursor, limit)
		}
	}

	impl eventum_primitives::apis::ElectionsApi<Block> for Runtime {
		fn schedule(delegate: AccountId) -> Schedule {
			Elections::schedule(delegate)
		}

		fn statements(
			delegate: AccountId,
			from: EpochIndex,
			limit: u32,
		) -> Vec<(EpochIndex, Statement)> {
			Elections::statements(delegate, from, limit)
		}

		fn members() -> (Vec<AccountId>, u32) {
			let term = Elections::active();
			(term.members.into_inner(), term.producers)
		}

		fn runway() -> Runway {
			Elections::runway()
		}
	}

	impl eventum_primitives::apis::OffencesApi<Block> for Runtime {
		fn submit_double_authorship(
			evidence: DoubleAuthorship<<Block as BlockT>::Header>,
		) -> Option<()> {
			Offences::submit_double_authorship(evidence)
		}
	}

	impl eventum_primitives::apis::ReputationApi<Block> for Runtime {
		fn reputation(account: AccountId) -> Score {
			<Reputation as traits::Reputation>::score(&account)
		}
	}

	impl eventum_primitives::apis::InvariantsApi<Block> for Runtime {
		fn check() -> Result<(), String> {
			crate::invariants::check()
		}
	}

	#[cfg(feature = "runtime-benchmarks")]
	impl frame_benchmarking::Benchmark<Block> for Runtime {
		fn benchmark_metadata(
			extra: bool,
		) -> (Vec<frame_benchmarking::BenchmarkList>, Vec<frame_support::traits::StorageInfo>) {
			crate::benchmarks::metadata(extra)
		}

		fn dispatch_benchmark(
			config: frame_benchmarking::BenchmarkConfig,
		) -> Result<Vec<frame_benchmarking::BenchmarkBatch>, String> {
			crate::benchmarks::dispatch(config)
		}
	}

	#[cfg(feature = "try-runtime")]
	impl frame_try_runtime::TryRuntime<Block> for Runtime {
		fn on_runtime_upgrade(checks: frame_try_runtime::UpgradeCheckSelect) -> (Weight, Weight) {
			let weight = Executive::try_runtime_upgrade(checks)
				.expect("an upgrade that fails its checks must not be taken");
			(weight, crate::configs::system::RuntimeBlockWeights::get().max_block)
		}

		fn execute_block(
			block: <Block as BlockT>::LazyBlock,
			state_root_check: bool,
			signature_check: bool,
			select: frame_try_runtime::TryStateSelect,
		) -> Weight {
			Executive::try_execute_block(block, state_root_check, signature_check, select)
				.expect("a block that fails its checks must be looked at")
		}
	}
}
