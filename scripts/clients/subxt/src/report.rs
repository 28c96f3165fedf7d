// SPDX-License-Identifier: Apache-2.0

//! What a reporter's client does, written after `docs/clients.md`: tags, sealed answers, reports,
//! envelopes and receipts, all as bytes.

use crate::Failure;
use hpke::{
	aead::ChaCha20Poly1305, kdf::HkdfSha256, kem::X25519HkdfSha256, Deserializable, Kem, OpModeS,
	Serializable,
};
use rand_core::{OsRng, TryRngCore};
use sp_core::{ed25519, Pair};

/// Where a report belongs.
pub(crate) struct Place {
	pub(crate) genesis: [u8; 32],
	pub(crate) market: u64,
	pub(crate) index: u16,
	pub(crate) round: u32,
}

impl Place {
	fn feed(&self) -> Vec<u8> {
		[&self.market.to_le_bytes()[..], &self.index.to_le_bytes()].concat()
	}

	fn encode(&self) -> Vec<u8> {
		[&self.genesis[..], &self.feed(), &self.round.to_le_bytes()].concat()
	}
}

/// What a report is made of.
pub(crate) struct Statement<'a> {
	pub(crate) reporter: [u8; 32],
	pub(crate) tag_key: [u8; 32],
	pub(crate) access_public: [u8; 32],
	pub(crate) canonical: &'a [u8],
	pub(crate) padded: &'a [u8],
	pub(crate) sent_at: u64,
}

fn blake2(key: &[u8], parts: &[&[u8]]) -> [u8; 32] {
	let mut state = blake2b_simd::Params::new().hash_length(32).key(key).to_state();
	for part in parts {
		state.update(part);
	}
	let mut hash = [0; 32];
	hash.copy_from_slice(state.finalize().as_bytes());
	hash
}

/// SCALE of bytes, shorter than 16,384.
fn with_length(bytes: &[u8]) -> Vec<u8> {
	let compact = match bytes.len() {
		length @ ..64 => vec![(length * 4) as u8],
		length => ((length * 4 + 1) as u16).to_le_bytes().to_vec(),
	};
	[&compact[..], bytes].concat()
}

/// The encapsulated key, then the ciphertext.
fn seal(to: &[u8; 32], info: &[u8], aad: &[u8], plaintext: &[u8]) -> Result<Vec<u8>, Failure> {
	let refuse = |error| format!("HPKE: {error}");
	let public = <X25519HkdfSha256 as Kem>::PublicKey::from_bytes(to).map_err(refuse)?;
	let (key, ciphertext) =
		hpke::single_shot_seal::<ChaCha20Poly1305, HkdfSha256, X25519HkdfSha256, _>(
			&OpModeS::Base,
			&public,
			info,
			plaintext,
			aad,
			&mut OsRng.unwrap_err(),
		)
		.map_err(refuse)?;
	Ok([&key.to_bytes()[..], &ciphertext].concat())
}

/// A pair of an X25519 secret and its public key.
pub(crate) fn key_pair() -> Result<([u8; 32], [u8; 32]), Failure> {
	let (secret, public) = X25519HkdfSha256::gen_keypair(&mut OsRng.unwrap_err());
	Ok((secret.to_bytes().as_slice().try_into()?, public.to_bytes().as_slice().try_into()?))
}

/// The hash of a report, and an envelope of it for each of the members' intake keys.
pub(crate) fn make(
	at: &Place,
	statement: &Statement<'_>,
	sign: impl FnOnce(&[u8]) -> [u8; 64],
	intakes: &[[u8; 32]],
) -> Result<([u8; 32], Vec<Vec<u8>>), Failure> {
	let Statement { reporter, tag_key, access_public, canonical, padded, sent_at } = statement;
	// Answers with values are tagged with the feed's key, the others without.
	let key: &[u8] = if canonical.first() == Some(&0) { tag_key } else { &[] };
	let tag = blake2(key, &[&at.encode(), canonical]);
	let sealed = seal(access_public, &at.encode(), &[&reporter[..], &tag].concat(), padded)?;
	let body =
		[&at.encode()[..], &reporter[..], &tag, &with_length(&sealed), &sent_at.to_le_bytes()]
			.concat();
	let digest = blake2(&[], &[b"eventum/report/1", &body]);
	let signature = sign(&[&b"<Bytes>"[..], &digest, b"</Bytes>"].concat());
	let report = [&body[..], &signature].concat();
	let envelope = |(member, intake): (usize, &[u8; 32])| {
		let place = [&at.feed()[..], &[member as u8]].concat();
		let label: &[u8] = b"eventum/intake/1";
		let info = [label, &at.genesis, &place].concat();
		let sealed = seal(intake, &info, &[], &report)?;
		Ok([&place[..], &with_length(&sealed)].concat())
	};
	let envelopes = intakes.iter().enumerate().map(envelope).collect::<Result<_, Failure>>()?;
	Ok((blake2(&[], &[&body]), envelopes))
}

/// Whether a receipt is the promise of the member that it names. Its parts: feed 10 bytes, round 4,
/// report 32, arrival 8, member 1, signature 64.
pub(crate) fn verify_receipt(
	at: &Place,
	report: &[u8; 32],
	receipt: &[u8],
	keys: &[[u8; 32]],
) -> bool {
	let (Some(arrival), Some(member), Some(signature)) =
		(receipt.get(46..54), receipt.get(54), receipt.get(55..))
	else {
		return false;
	};
	let payload = blake2(&[], &[b"eventum/receipt/1", &at.encode(), report, arrival]);
	let (Some(key), Ok(signature)) = (keys.get(usize::from(*member)), signature.try_into()) else {
		return false;
	};
	let signature = ed25519::Signature::from_raw(signature);
	ed25519::Pair::verify(&signature, payload, &ed25519::Public::from_raw(*key))
}
