// SPDX-License-Identifier: Apache-2.0

//! Who stands for election: what a delegate says of itself and promises its voters.

use crate::AccountId;
use alloc::vec::Vec;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use sp_core::ConstU32;
use sp_runtime::{BoundedVec, Percent};

/// Bytes of a name.
pub const MAX_NAME: u32 = 32;
/// Bytes of a description, and of the text of a complaint.
pub const MAX_TEXT: u32 = 1_024;
/// Bytes of an address.
pub const MAX_ADDRESS: u32 = 256;
/// Social links of a profile.
pub const MAX_LINKS: u32 = 8;

/// Text of limited length.
pub type Text<const N: u32> = BoundedVec<u8, ConstU32<N>>;
/// Name of a delegate as it is compared: in lower case.
pub type Name = Text<MAX_NAME>;

/// What kind of people run a delegate.
#[derive(
	Clone,
	Copy,
	Debug,
	Default,
	PartialEq,
	Eq,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub enum Group {
	/// They invest.
	Investor,
	/// They build applications.
	Developer,
	/// They spread the word.
	Ambassador,
	/// They build technology.
	Technology,
	/// They take part in the ecosystem.
	Ecosystem,
	/// None of these.
	#[default]
	Other,
}

/// What a delegate says of itself.
#[derive(
	Clone,
	Debug,
	Default,
	PartialEq,
	Eq,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct Profile {
	/// 3 to 32 ASCII letters, digits, `-`, `_` and `.`; no two are alike, whatever their case.
	pub name: Name,
	/// What it is and does.
	pub description: Text<MAX_TEXT>,
	/// Who runs it.
	pub group: Group,
	/// Its pages.
	pub web: Text<MAX_ADDRESS>,
	/// Where else it is found.
	pub links: BoundedVec<Text<MAX_ADDRESS>, ConstU32<MAX_LINKS>>,
	/// Where voters talk about it.
	pub discussion: Text<MAX_ADDRESS>,
	/// Where its machines are.
	pub location: Text<MAX_ADDRESS>,
}

/// What is wrong with a profile.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProfileFault {
	/// The name is too short, or has a character that names do not have.
	Name,
	/// A text is no UTF-8.
	Text,
}

impl Profile {
	/// The name as it is compared.
	pub fn name_key(&self) -> Name {
		let lower: Vec<u8> = self.name.iter().map(u8::to_ascii_lowercase).collect();
		Name::truncate_from(lower)
	}

	/// Whether it can be shown.
	pub fn check(&self) -> Result<(), ProfileFault> {
		let allowed = |byte: &u8| byte.is_ascii_alphanumeric() || b"-_.".contains(byte);
		if self.name.len() < 3 || !self.name.iter().all(allowed) {
			return Err(ProfileFault::Name);
		}
		let texts: [&[u8]; 4] = [&self.description, &self.web, &self.discussion, &self.location];
		let links = self.links.iter().map(|link| link.as_slice());
		let sound = texts.into_iter().chain(links).all(|text| core::str::from_utf8(text).is_ok());
		if sound {
			Ok(())
		} else {
			Err(ProfileFault::Text)
		}
	}
}

/// What a delegate shares with its voters.
#[derive(
	Clone,
	Copy,
	Debug,
	Default,
	PartialEq,
	Eq,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct Plan {
	/// Of what it gets for blocks.
	pub blocks: Percent,
	/// Of what it gets for its votes.
	pub epochs: Percent,
}

/// Accounts that act or take for a delegate.
#[derive(
	Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Accounts {
	/// Sets session keys and runs the node.
	pub operator: AccountId,
	/// Gets what the delegate keeps of its rewards.
	pub reward: AccountId,
}

#[cfg(test)]
mod tests {
	use super::*;

	fn named(name: &str) -> Profile {
		Profile { name: name.as_bytes().to_vec().try_into().unwrap(), ..Default::default() }
	}

	#[test]
	fn names_are_plain() {
		for good in ["abc", "A-b_c.9", "abcdefghijklmnopqrstuvwxyz012345"] {
			assert_eq!(named(good).check(), Ok(()), "{good}");
		}
		for bad in ["", "ab", "a b c", "nämé", "abc\n", "аbc (with a Cyrillic a)"] {
			let name = named(&bad.chars().take(16).collect::<String>());
			assert_eq!(name.check(), Err(ProfileFault::Name), "{bad}");
		}
	}

	#[test]
	fn names_are_compared_without_case() {
		assert_eq!(named("Anna.Delegate").name_key(), named("aNNA.dELEGATE").name_key());
		assert_ne!(named("anna").name_key(), named("anna.").name_key());
	}

	#[test]
	fn texts_must_be_text() {
		let bad = || vec![b'a', 0xff].try_into().unwrap();
		let spoil: [fn(&mut Profile, Text<MAX_ADDRESS>); 4] = [
			|profile, bad| profile.web = bad,
			|profile, bad| profile.discussion = bad,
			|profile, bad| profile.location = bad,
			|profile, bad| profile.links = vec![bad].try_into().unwrap(),
		];
		for spoil in spoil {
			let mut profile = named("anna");
			spoil(&mut profile, bad());
			assert_eq!(profile.check(), Err(ProfileFault::Text));
		}
		let mut profile = named("anna");
		profile.description = "Zürich ⛰".as_bytes().to_vec().try_into().unwrap();
		assert_eq!(profile.check(), Ok(()));
		profile.description = vec![0xff].try_into().unwrap();
		assert_eq!(profile.check(), Err(ProfileFault::Text));
	}
}
