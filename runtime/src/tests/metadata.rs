// SPDX-License-Identifier: Apache-2.0

//! What clients show to people comes from metadata: everything of ours is documented there.

use crate::{AllPalletsWithSystem, Runtime};
use codec::Decode;
use frame_metadata::{v16::RuntimeMetadataV16, RuntimeMetadata, RuntimeMetadataPrefixed};
use frame_support::traits::PalletsInfoAccess;
use scale_info::{form::PortableForm, TypeDef, Variant};
use std::collections::BTreeSet;

/// Runtime APIs that are not ours.
const UPSTREAM: [&str; 15] = [
	"AccountNonceApi",
	"AuraApi",
	"BlockBuilder",
	"Core",
	"GenesisBuilder",
	"GrandpaApi",
	"Metadata",
	"OffchainWorkerApi",
	"RuntimeViewFunction",
	"SessionKeys",
	"TaggedTransactionQueue",
	"TransactionPaymentApi",
	"TransactionPaymentCallApi",
	"TryRuntime",
	"Benchmark",
];

fn metadata() -> RuntimeMetadataV16 {
	let opaque = Runtime::metadata_at_version(16).expect("clients of today read version 16");
	let prefixed = RuntimeMetadataPrefixed::decode(&mut &opaque[..]).unwrap();
	let RuntimeMetadata::V16(metadata) = prefixed.1 else { panic!("not version 16") };
	metadata
}

/// Names of the pallets that are not upstream's.
fn ours() -> BTreeSet<&'static str> {
	let infos = AllPalletsWithSystem::infos();
	let ours = infos.iter().filter(|info| info.module_name.starts_with("eventum_"));
	ours.map(|info| info.name).collect()
}

/// What has been looked at, and what of it has no documentation.
#[derive(Default)]
struct Found {
	silent: Vec<String>,
	calls: usize,
	events: usize,
	errors: usize,
	constants: usize,
	storage: usize,
	methods: usize,
}

impl Found {
	fn look(&mut self, name: String, docs: &[String]) {
		if docs.iter().all(|line| line.trim().is_empty()) {
			self.silent.push(name);
		}
	}

	/// Looks at the variants of an enum; tells how many.
	fn variants(
		&mut self,
		of: &str,
		variants: &[Variant<PortableForm>],
		with_fields: bool,
	) -> usize {
		for variant in variants {
			self.look(format!("{of}::{}", variant.name), &variant.docs);
			for field in variant.fields.iter().filter(|_| with_fields) {
				let field_name = field.name.clone().unwrap_or_default();
				self.look(format!("{of}::{}::{field_name}", variant.name), &field.docs);
			}
		}
		variants.len()
	}
}

#[test]
fn everything_of_ours_is_documented() {
	let metadata = metadata();
	let ours = ours();
	assert!(ours.len() >= 6 && ours.contains("Markets"), "{ours:?}");
	let mut found = Found::default();
	let variants = |id: u32| match &metadata.types.resolve(id).unwrap().type_def {
		TypeDef::Variant(variants) => variants.variants.clone(),
		_ => panic!("calls, events and errors are enums"),
	};
	for pallet in metadata.pallets.iter().filter(|pallet| ours.contains(&pallet.name[..])) {
		let name = &pallet.name;
		found.look(name.clone(), &pallet.docs);
		// Parameters of calls have no documentation in metadata; the calls' own tells of them.
		let calls = pallet.calls.as_ref().map(|calls| variants(calls.ty.id)).unwrap_or_default();
		found.calls += found.variants(&format!("{name}::Call"), &calls, false);
		let events = pallet.event.as_ref().map(|event| variants(event.ty.id)).unwrap_or_default();
		found.events += found.variants(&format!("{name}::Event"), &events, true);
		let errors = pallet.error.as_ref().map(|error| variants(error.ty.id)).unwrap_or_default();
		found.errors += found.variants(&format!("{name}::Error"), &errors, true);
		for constant in &pallet.constants {
			found.constants += 1;
			found.look(format!("{name}::{}", constant.name), &constant.docs);
		}
		for entry in pallet.storage.iter().flat_map(|storage| &storage.entries) {
			found.storage += 1;
			found.look(format!("{name}::{}", entry.name), &entry.docs);
		}
		for function in &pallet.view_functions {
			found.look(format!("{name}::{}", function.name), &function.docs);
		}
	}
	for api in metadata.apis.iter().filter(|api| !UPSTREAM.contains(&&api.name[..])) {
		found.look(api.name.clone(), &api.docs);
		for method in &api.methods {
			found.methods += 1;
			found.look(format!("{}::{}", api.name, method.name), &method.docs);
		}
	}
	assert!(found.silent.is_empty(), "without documentation: {:#?}", found.silent);
	// There is something to look at.
	let Found { calls, events, errors, constants, storage, methods, .. } = found;
	assert!(calls >= 13 && events >= 25 && errors >= 70, "{calls} {events} {errors}");
	assert!(constants >= 5 && storage >= 25 && methods >= 15, "{constants} {storage} {methods}");
}
