// SPDX-License-Identifier: Apache-2.0

//! DHKEM(X25519, HKDF-SHA256) of RFC 9180 for the `hpke` crate, in base mode, with the X25519 of AWS-LC.
//!
//! Opening is what bounds a validation node, and nearly all of it is X25519: AWS-LC's takes two fifths
//! of the time of the one that comes with `hpke`. And a [`SecretKey`] keeps its public half, which
//! `hpke` works out anew for each opening.

use aws_lc_rs::{
	agreement::{self, UnparsedPublicKey, X25519},
	encoding::{AsBigEndian, Curve25519SeedBin},
	error::Unspecified,
};
use hpke::{
	generic_array::typenum::U32,
	kdf::{extract_and_expand, labeled_extract, HkdfSha256, LabeledExpand},
	kem::{Kem, SharedSecret},
	Deserializable, HpkeError, Serializable,
};
use rand_core::{CryptoRng, RngCore};
use std::{fmt, sync::Arc};

/// Bytes of a public or a secret key.
pub(crate) const KEY_LENGTH: usize = 32;
/// `KEM`, then the number of this one (RFC 9180, 4.1 and 7.1).
const SUITE: [u8; 5] = *b"KEM\x00\x20";

/// An X25519 public key. Any 32 bytes are one; what comes of a point of low order is refused when it
/// is used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PublicKey([u8; KEY_LENGTH]);

/// An X25519 secret that opens what is sealed to its public key.
#[derive(Clone)]
pub struct SecretKey {
	secret: Arc<agreement::PrivateKey>,
	public: PublicKey,
}

impl SecretKey {
	/// The key of these 32 secret bytes; any are good.
	pub fn new(secret: &[u8; KEY_LENGTH]) -> Self {
		let secret = agreement::PrivateKey::from_private_key(&X25519, secret)
			.expect("any 32 bytes are an X25519 secret");
		let public = secret.compute_public_key().expect("an X25519 secret has a public key");
		let public = public.as_ref().try_into().expect("an X25519 public key has 32 bytes");
		Self { secret: Arc::new(secret), public: PublicKey(public) }
	}

	/// What is sealed to.
	pub fn public(&self) -> [u8; KEY_LENGTH] {
		self.public.0
	}

	/// The secret shared with the owner of `other`, bound to both keys of this sealing.
	fn shared_with(
		&self,
		other: &PublicKey,
		encapped: &PublicKey,
		recipient: &PublicKey,
	) -> Result<SharedSecret<X25519HkdfSha256>, Unspecified> {
		let context = [encapped.0, recipient.0].concat();
		let other = UnparsedPublicKey::new(&X25519, &other.0);
		// It fails if what is shared is all zeroes, as RFC 9180, 7.1.4, demands.
		agreement::agree(&self.secret, other, Unspecified, |agreed| {
			let mut shared = SharedSecret::default();
			extract_and_expand::<HkdfSha256>(agreed, &SUITE, &context, &mut shared.0)
				.map_err(|_| Unspecified)?;
			Ok(shared)
		})
	}
}

impl PartialEq for SecretKey {
	fn eq(&self, other: &Self) -> bool {
		self.public == other.public
	}
}

impl Eq for SecretKey {}

impl fmt::Debug for SecretKey {
	fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
		formatter.debug_tuple("SecretKey").field(&self.public).finish()
	}
}

fn key_bytes(bytes: &[u8]) -> Result<[u8; KEY_LENGTH], HpkeError> {
	bytes.try_into().map_err(|_| HpkeError::IncorrectInputLength(KEY_LENGTH, bytes.len()))
}

impl Serializable for PublicKey {
	type OutputSize = U32;

	fn write_exact(&self, out: &mut [u8]) {
		out.copy_from_slice(&self.0);
	}
}

impl Deserializable for PublicKey {
	fn from_bytes(bytes: &[u8]) -> Result<Self, HpkeError> {
		key_bytes(bytes).map(Self)
	}
}

impl Serializable for SecretKey {
	type OutputSize = U32;

	fn write_exact(&self, out: &mut [u8]) {
		let secret: Curve25519SeedBin =
			self.secret.as_be_bytes().expect("an X25519 secret can be written");
		out.copy_from_slice(secret.as_ref());
	}
}

impl Deserializable for SecretKey {
	fn from_bytes(bytes: &[u8]) -> Result<Self, HpkeError> {
		key_bytes(bytes).map(|bytes| Self::new(&bytes))
	}
}

/// The KEM; see the module.
pub(crate) struct X25519HkdfSha256;

impl Kem for X25519HkdfSha256 {
	type PublicKey = PublicKey;
	type PrivateKey = SecretKey;
	type EncappedKey = PublicKey;
	type NSecret = U32;

	const KEM_ID: u16 = 0x0020;

	fn sk_to_pk(secret: &SecretKey) -> PublicKey {
		secret.public.clone()
	}

	fn derive_keypair(material: &[u8]) -> (SecretKey, PublicKey) {
		let (_, derivation) = labeled_extract::<HkdfSha256>(&[], &SUITE, b"dkp_prk", material);
		let mut secret = [0; KEY_LENGTH];
		derivation
			.labeled_expand(&SUITE, b"sk", &[], &mut secret)
			.expect("32 bytes are one output of the hash");
		let secret = SecretKey::new(&secret);
		let public = secret.public.clone();
		(secret, public)
	}

	fn decap(
		recipient: &SecretKey,
		sender: Option<&PublicKey>,
		encapped: &PublicKey,
	) -> Result<SharedSecret<Self>, HpkeError> {
		// Of base mode alone, which has no sender.
		if sender.is_some() {
			return Err(HpkeError::DecapError);
		}
		recipient
			.shared_with(encapped, encapped, &recipient.public)
			.map_err(|_| HpkeError::DecapError)
	}

	fn encap<R: CryptoRng + RngCore>(
		recipient: &PublicKey,
		sender: Option<(&SecretKey, &PublicKey)>,
		rng: &mut R,
	) -> Result<(SharedSecret<Self>, PublicKey), HpkeError> {
		if sender.is_some() {
			return Err(HpkeError::EncapError);
		}
		let (ephemeral, encapped) = Self::gen_keypair(rng);
		let shared = ephemeral
			.shared_with(recipient, &encapped, recipient)
			.map_err(|_| HpkeError::EncapError)?;
		Ok((shared, encapped))
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use hpke::{
		aead::ChaCha20Poly1305, kem::X25519HkdfSha256 as Theirs, single_shot_open,
		single_shot_seal, OpModeR, OpModeS,
	};
	use rand_core::{OsRng, TryRngCore};

	/// Seals with one KEM and opens with the other, which has the same keys.
	fn goes_over<From: Kem, To: Kem>() {
		let mut rng = OsRng.unwrap_err();
		for length in 0..50 {
			let mut material = [0; KEY_LENGTH];
			rng.fill_bytes(&mut material);
			let ((from, to), (own, public)) =
				(From::derive_keypair(&material), To::derive_keypair(&material));
			assert_eq!(from.to_bytes()[..], own.to_bytes()[..], "the secret");
			assert_eq!(to.to_bytes()[..], public.to_bytes()[..], "the public key");
			let (plain, info, aad) = (vec![length; length.into()], [1; 40], [2; 64]);
			let (key, sealed) = single_shot_seal::<ChaCha20Poly1305, HkdfSha256, From, _>(
				&OpModeS::Base,
				&to,
				&info,
				&plain,
				&aad,
				&mut rng,
			)
			.unwrap();
			let key = To::EncappedKey::from_bytes(&key.to_bytes()).unwrap();
			let opened = single_shot_open::<ChaCha20Poly1305, HkdfSha256, To>(
				&OpModeR::Base,
				&own,
				&key,
				&info,
				&sealed,
				&aad,
			);
			assert_eq!(opened.unwrap(), plain);
		}
	}

	#[test]
	fn what_others_seal_opens_and_what_is_sealed_others_open() {
		goes_over::<Theirs, X25519HkdfSha256>();
		goes_over::<X25519HkdfSha256, Theirs>();
	}

	#[test]
	fn points_of_low_order_share_nothing() {
		let secret = SecretKey::new(&[7; KEY_LENGTH]);
		let mut one = [0; KEY_LENGTH];
		one[0] = 1;
		for point in [[0; KEY_LENGTH], one].map(PublicKey) {
			assert!(X25519HkdfSha256::decap(&secret, None, &point).is_err());
			let mut rng = OsRng.unwrap_err();
			assert!(X25519HkdfSha256::encap(&point, None, &mut rng).is_err());
		}
	}

	#[test]
	fn only_base_mode_is_offered() {
		let secret = SecretKey::new(&[7; KEY_LENGTH]);
		let public = secret.public.clone();
		assert!(X25519HkdfSha256::decap(&secret, Some(&public), &public).is_err());
		let mut rng = OsRng.unwrap_err();
		let sender = Some((&secret, &public));
		assert!(X25519HkdfSha256::encap(&public, sender, &mut rng).is_err());
	}

	#[test]
	fn any_32_bytes_are_a_secret() {
		// The access secret of a public feed is what its requester wrote.
		for byte in [0, 1, 0x7f, 0x80, 0xff] {
			let secret = SecretKey::new(&[byte; KEY_LENGTH]);
			assert_eq!(secret.to_bytes()[..], [byte; KEY_LENGTH]);
			let mut rng = OsRng.unwrap_err();
			let (shared, key) = X25519HkdfSha256::encap(&secret.public, None, &mut rng).unwrap();
			assert_eq!(X25519HkdfSha256::decap(&secret, None, &key).unwrap().0, shared.0);
		}
	}

	#[test]
	fn keys_have_one_length_and_keep_their_secret_to_themselves() {
		for length in [0, 31, 33] {
			assert!(PublicKey::from_bytes(&vec![1; length]).is_err());
			assert!(SecretKey::from_bytes(&vec![1; length]).is_err());
		}
		let shown = format!("{:?}", SecretKey::new(&[7; KEY_LENGTH]));
		assert!(!shown.contains("7, 7, 7"), "{shown}");
	}
}
