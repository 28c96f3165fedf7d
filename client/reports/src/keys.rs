// SPDX-License-Identifier: Apache-2.0

//! Who this node is: the `vald` keys in its keystore, and for each the secret that opens envelopes.
//!
//! The keystore knows no X25519 keys. The intake secret of a key is a file of its own,
//! `<base>/intake/<hex of the vald key>`, made at first use and readable by its owner alone.
//!
//! The keystore derives a pair from its phrase anew for every signature, which takes milliseconds,
//! and every report wants a receipt. So pairs are kept in memory where they can be had:
//! [`Identities::with_pairs`]. They sign by AWS-LC, in half the time of the keystore's code; the signatures
//! are the same, since ed25519 is deterministic.

use aws_lc_rs::signature::Ed25519KeyPair;
use eventum_primitives::{
	committee::{IntakeKey, PeerId},
	dev,
	signing::{payload, Kind},
	vald, AccountId, Hash,
};
use eventum_wire::seal::SecretKey;
use parking_lot::RwLock;
use rand_core_06::{OsRng, RngCore};
use sp_core::{crypto::ByteArray, ed25519, Pair};
use sp_keystore::KeystorePtr;
use std::{
	collections::HashMap,
	fs::{self, File, OpenOptions},
	io::{self, Write},
	path::{Path, PathBuf},
	sync::Arc,
};

/// A validation node that this process can be.
#[derive(Clone)]
pub struct Identity {
	/// The key that it signs with.
	pub vald: vald::Public,
	/// What opens envelopes that are sealed to its public half.
	pub intake: SecretKey,
}

/// All validation nodes that this process can be.
#[derive(Clone)]
pub struct Identities {
	keystore: KeystorePtr,
	directory: PathBuf,
	/// Pairs and secrets of development keys, which follow from public seeds.
	development: Arc<HashMap<vald::Public, (ed25519::Pair, [u8; 32])>>,
	known: Arc<RwLock<Vec<Identity>>>,
	source: Option<PairSource>,
	pairs: Arc<RwLock<HashMap<vald::Public, Ed25519KeyPair>>>,
}

type PairSource = Arc<dyn Fn(&vald::Public) -> Option<ed25519::Pair> + Send + Sync>;

impl Identities {
	/// Reads the keystore, and secrets from `base`. `seeds` are those of development keys that may be
	/// in the keystore.
	pub fn load(keystore: KeystorePtr, base: &Path, seeds: &[String]) -> io::Result<Self> {
		let development = seeds
			.iter()
			.filter_map(|seed| {
				let pair = ed25519::Pair::from_string(seed, None).ok()?;
				Some((pair.public().into(), (pair, dev::intake_secret(seed))))
			})
			.collect();
		let identities = Self {
			keystore,
			directory: base.join("intake"),
			development: Arc::new(development),
			known: Arc::default(),
			source: None,
			pairs: Arc::default(),
		};
		identities.refresh()?;
		Ok(identities)
	}

	/// Signs with pairs from `source`, such as the node's own keystore, instead of asking for each
	/// signature.
	pub fn with_pairs(
		mut self,
		source: impl Fn(&vald::Public) -> Option<ed25519::Pair> + Send + Sync + 'static,
	) -> Self {
		self.source = Some(Arc::new(source));
		self.keys().iter().for_each(|key| self.keep_pair(key));
		self
	}

	fn keep_pair(&self, key: &vald::Public) {
		let development = self.development.get(key).map(|(pair, _)| *pair);
		let pair = development.or_else(|| self.source.as_ref()?(key));
		// It fails if the pair is another key's.
		let kept = pair.and_then(|pair| {
			Ed25519KeyPair::from_seed_and_public_key(&pair.seed(), key.as_slice()).ok()
		});
		if let Some(pair) = kept {
			self.pairs.write().insert(key.clone(), pair);
		}
	}

	/// Looks for keys that were put into the keystore meanwhile; tells whether there are any.
	pub fn refresh(&self) -> io::Result<bool> {
		let keys = self.keystore.ed25519_public_keys(vald::KEY_TYPE);
		let unknown = |key: &vald::Public| self.get(key).is_none();
		let new: Vec<vald::Public> = keys.into_iter().map(Into::into).filter(unknown).collect();
		for key in &new {
			let secret = match self.development.get(key) {
				Some((_, secret)) => *secret,
				None => secret(&self.directory, &hex::encode(key.as_slice()))?,
			};
			let intake = SecretKey::new(&secret);
			self.keep_pair(key);
			self.known.write().push(Identity { vald: key.clone(), intake });
		}
		Ok(!new.is_empty())
	}

	/// All of them.
	pub fn all(&self) -> Vec<Identity> {
		self.known.read().clone()
	}

	/// The keys of all of them.
	pub fn keys(&self) -> Vec<vald::Public> {
		self.known.read().iter().map(|identity| identity.vald.clone()).collect()
	}

	/// The one with this key.
	pub fn get(&self, key: &vald::Public) -> Option<Identity> {
		self.known.read().iter().find(|identity| identity.vald == *key).cloned()
	}

	/// Signs with one of the keys; none if it is not here.
	pub fn sign(&self, key: &vald::Public, message: &[u8]) -> Option<ed25519::Signature> {
		if let Some(pair) = self.pairs.read().get(key) {
			let signature = pair.sign(message);
			return ed25519::Signature::try_from(signature.as_ref()).ok();
		}
		let public: &ed25519::Public = key.as_ref();
		self.keystore
			.ed25519_sign(vald::KEY_TYPE, public, message)
			.inspect_err(|error| log::warn!(target: crate::LOG, "The keystore fails: {error}"))
			.ok()
			.flatten()
	}

	/// Proves to the chain that the key is that of `operator`'s node, to be found at `peer`.
	pub fn register_proof(
		&self,
		genesis: &Hash,
		operator: &AccountId,
		key: &vald::Public,
		peer: &PeerId,
	) -> Option<ed25519::Signature> {
		let intake: IntakeKey = self.get(key)?.intake.public();
		self.sign(key, &payload(Kind::Register, genesis, &(operator, intake, peer)))
	}
}

/// The secret in the file `name`, made if there is none.
fn secret(directory: &Path, name: &str) -> io::Result<[u8; 32]> {
	let path = directory.join(name);
	match fs::read(&path) {
		Ok(bytes) => bytes.try_into().map_err(|_| {
			io::Error::new(
				io::ErrorKind::InvalidData,
				format!("{} must hold 32 bytes; restore it from a backup", path.display()),
			)
		}),
		Err(error) if error.kind() == io::ErrorKind::NotFound => {
			let mut secret = [0; 32];
			OsRng.try_fill_bytes(&mut secret).map_err(io::Error::other)?;
			fs::create_dir_all(directory)?;
			let partial = path.with_extension("partial");
			let mut file = private(&partial)?;
			file.write_all(&secret)?;
			file.sync_all()?;
			fs::rename(&partial, &path)?;
			File::open(directory)?.sync_all()?;
			Ok(secret)
		}
		Err(error) => Err(error),
	}
}

fn private(path: &Path) -> io::Result<File> {
	let mut options = OpenOptions::new();
	options.write(true).create(true).truncate(true);
	#[cfg(unix)]
	std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
	options.open(path)
}

#[cfg(test)]
mod tests {
	use super::*;
	use sp_keystore::{testing::MemoryKeystore, Keystore};

	fn keystore(seeds: &[&str]) -> KeystorePtr {
		let keystore = MemoryKeystore::new();
		for seed in seeds {
			keystore.ed25519_generate_new(vald::KEY_TYPE, Some(seed)).unwrap();
		}
		Arc::new(keystore)
	}

	#[test]
	fn development_secrets_follow_from_seeds_and_others_stay_the_same() {
		let base = tempfile::tempdir().unwrap();
		let keystore = keystore(&["//Alice", "//Other"]);
		let load = || Identities::load(keystore.clone(), base.path(), &["//Alice".into()]).unwrap();
		let (first, second) = (load(), load());
		let key = |seed| ed25519::Pair::from_string(seed, None).unwrap().public().into();
		let alice = first.get(&key("//Alice")).unwrap();
		assert_eq!(alice.intake, SecretKey::new(&dev::intake_secret("//Alice")));
		let other = |identities: &Identities| identities.get(&key("//Other")).unwrap();
		assert_eq!(other(&first).intake, other(&second).intake);
		assert_ne!(other(&first).intake, SecretKey::new(&[0; 32]));
		#[cfg(unix)]
		{
			use std::os::unix::fs::PermissionsExt;
			let name = hex::encode(other(&first).vald.as_slice());
			let file = base.path().join("intake").join(name);
			assert_eq!(fs::metadata(file).unwrap().permissions().mode() & 0o777, 0o600);
		}
	}

	#[test]
	fn new_keys_are_noticed_and_sign() {
		let base = tempfile::tempdir().unwrap();
		let keystore = keystore(&[]);
		let identities = Identities::load(keystore.clone(), base.path(), &[]).unwrap();
		assert!(identities.all().is_empty() && !identities.refresh().unwrap());
		let key = keystore.ed25519_generate_new(vald::KEY_TYPE, Some("//New")).unwrap();
		assert!(identities.refresh().unwrap());
		let signature = identities.sign(&key.into(), b"message").unwrap();
		assert!(ed25519::Pair::verify(&signature, b"message", &key));
		let foreign = ed25519::Public::from_raw([1; 32]);
		assert!(identities.sign(&foreign.into(), b"message").is_none());

		let (genesis, operator) = (Hash::repeat_byte(1), AccountId::new([2; 32]));
		let peer: PeerId = vec![3; 38].try_into().unwrap();
		let proof = identities.register_proof(&genesis, &operator, &key.into(), &peer).unwrap();
		let intake = identities.all()[0].intake.public();
		let message = payload(Kind::Register, &genesis, &(operator, intake, peer));
		assert!(ed25519::Pair::verify(&proof, message, &key));
	}

	#[test]
	fn pairs_sign_like_the_keystore() {
		let base = tempfile::tempdir().unwrap();
		let keystore = keystore(&["//Alice", "//Bob"]);
		let pair = |seed| ed25519::Pair::from_string(seed, None).unwrap();
		let (alice, bob) = (pair("//Alice"), pair("//Bob"));
		let asked = Arc::new(std::sync::atomic::AtomicUsize::new(0));
		let counted = asked.clone();
		let identities = Identities::load(keystore.clone(), base.path(), &["//Alice".into()])
			.unwrap()
			.with_pairs(move |_| {
				counted.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
				Some(pair("//Bob"))
			});
		keystore.ed25519_generate_new(vald::KEY_TYPE, Some("//Eve")).unwrap();
		assert!(identities.refresh().unwrap());
		for pair in [alice, bob, pair("//Eve")] {
			let signature = identities.sign(&pair.public().into(), b"message").unwrap();
			assert!(ed25519::Pair::verify(&signature, b"message", &pair.public()));
		}
		let asked = asked.load(std::sync::atomic::Ordering::Relaxed);
		assert_eq!(
			asked, 2,
			"once for each key that is no development key; a wrong pair is not kept"
		);
	}

	#[test]
	fn a_damaged_secret_is_not_replaced() {
		let base = tempfile::tempdir().unwrap();
		secret(base.path(), "key").unwrap();
		fs::write(base.path().join("key"), [1; 31]).unwrap();
		assert!(secret(base.path(), "key").is_err());
	}
}
