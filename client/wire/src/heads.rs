// SPDX-License-Identifier: Apache-2.0

//! One signature for the heads of many logs: members sign the Merkle root over the heads that they
//! publish at once, so that a thousand open feeds cost one signature.

use binary_merkle_tree::{merkle_proof, merkle_root};
use codec::Encode;
use eventum_primitives::{
	committee::{Committee, MemberIndex},
	log::{Head, SignedHead},
	signing::{payload, Kind},
	Hash, Hashing,
};
use sp_core::ed25519;

/// Signs the heads that a member publishes at once; `members[i]` is its place in the committee of
/// `heads[i]`'s feed.
pub fn sign(
	genesis: &Hash,
	heads: &[(MemberIndex, Head)],
	sign: impl FnOnce(&[u8; 32]) -> Option<ed25519::Signature>,
) -> Option<Vec<SignedHead>> {
	let leaves: Vec<Vec<u8>> = heads.iter().map(|head| head.encode()).collect();
	let root: Hash = merkle_root::<Hashing, _>(leaves.iter());
	let signature = sign(&payload(Kind::Head, genesis, &root))?;
	let signed = heads.iter().enumerate().map(|(leaf, (member, head))| SignedHead {
		member: *member,
		head: *head,
		root,
		leaves: leaves.len() as u32,
		leaf: leaf as u32,
		proof: merkle_proof::<Hashing, _, _>(leaves.iter(), leaf as u32).proof,
		signature,
	});
	Some(signed.collect())
}

/// Whether the member that a head names signed it.
pub fn verify(genesis: &Hash, committee: &Committee, signed: &SignedHead) -> bool {
	let member = committee.members.get(usize::from(signed.member));
	member.is_some_and(|member| {
		signed.verify(genesis, member.vald.as_ref(), crate::ed25519_verify).is_ok()
	})
}
