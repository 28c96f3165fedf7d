// SPDX-License-Identifier: Apache-2.0

//! What a delegate says of itself, and who acts for it.

use super::Context;
use crate::{
	args::{AccountsArgs, ProfileArgs},
	chain::{
		keys::{self, ss58},
		Call, Key,
	},
	Failure,
};
use eventum_primitives::delegate::{Profile, ProfileFault, Text, MAX_LINKS};

fn text<const N: u32>(what: &str, text: &str) -> Result<Text<N>, Failure> {
	let bytes = text.as_bytes().to_vec();
	bytes.try_into().map_err(|_| Failure::new(format!("{what} has more than {N} bytes")))
}

/// A profile with what was given put in.
pub(super) fn described(
	mut profile: Profile,
	name: Option<&str>,
	args: &ProfileArgs,
) -> Result<Profile, Failure> {
	if let Some(name) = name {
		profile.name = text("--name", name)?;
	}
	if let Some(description) = &args.description {
		profile.description = text("--description", description)?;
	}
	if let Some(group) = args.group {
		profile.group = group;
	}
	if let Some(web) = &args.web {
		profile.web = text("--web", web)?;
	}
	if !args.links.is_empty() {
		let links: Result<Vec<_>, _> = args.links.iter().map(|link| text("--link", link)).collect();
		profile.links = links?
			.try_into()
			.map_err(|_| Failure::new(format!("there are more than {MAX_LINKS} links")))?;
	}
	if let Some(discussion) = &args.discussion {
		profile.discussion = text("--discussion", discussion)?;
	}
	if let Some(location) = &args.location {
		profile.location = text("--location", location)?;
	}
	match profile.check() {
		Ok(()) => Ok(profile),
		Err(ProfileFault::Name) => {
			Err(Failure::new("a name is of 3 to 32 ASCII letters, digits, `-`, `_` and `.`"))
		}
		Err(ProfileFault::Text) => Err(Failure::new("a text of the profile is no UTF-8")),
	}
}

pub(super) async fn change(
	context: &Context,
	name: Option<String>,
	args: &ProfileArgs,
	suri: &str,
) -> Result<(), Failure> {
	let account = ss58(&Key::from_suri(suri)?.account());
	let old = context.chain().await?.delegate(&account).await?.profile;
	let profile = described(old, name.as_deref(), args)?;
	super::change(context, Call::set_profile(&profile), suri).await
}

pub(super) async fn accounts(context: &Context, args: &AccountsArgs) -> Result<(), Failure> {
	let account = ss58(&Key::from_suri(&args.suri)?.account());
	let mut accounts = context.chain().await?.delegate(&account).await?.accounts;
	if let Some(operator) = &args.operator {
		accounts.operator = keys::account(operator)?;
	}
	if let Some(reward) = &args.reward {
		accounts.reward = keys::account(reward)?;
	}
	super::change(context, Call::set_accounts(&accounts), &args.suri).await
}

#[cfg(test)]
mod tests {
	use super::*;
	use eventum_primitives::delegate::Group;

	#[test]
	fn what_is_left_out_of_a_profile_stays() {
		let args = ProfileArgs {
			web: Some("https://anna.example".into()),
			group: Some(Group::Technology),
			links: vec!["https://one.example".into(), "https://two.example".into()],
			..Default::default()
		};
		let first = described(Profile::default(), Some("Anna"), &args).unwrap();
		assert_eq!((&first.name[..], first.links.len()), (&b"Anna"[..], 2));
		let args = ProfileArgs { location: Some("Zürich".into()), ..Default::default() };
		let second = described(first.clone(), None, &args).unwrap();
		assert_eq!(second.location.to_vec(), "Zürich".as_bytes());
		assert_eq!(Profile { location: Default::default(), ..second }, first);
	}

	#[test]
	fn a_profile_that_the_chain_would_refuse_is_refused_here() {
		let refused = |name, args: &ProfileArgs| {
			described(Profile::default(), Some(name), args).unwrap_err().text().to_string()
		};
		let none = ProfileArgs::default();
		assert!(refused("An", &none).contains("3 to 32"));
		assert!(refused("A name that is far too long for it", &none).contains("more than 32"));
		let links = ProfileArgs { links: vec!["x".into(); 9], ..Default::default() };
		assert!(refused("Anna", &links).contains("more than 8 links"));
		let web = ProfileArgs { web: Some("x".repeat(257)), ..Default::default() };
		assert!(refused("Anna", &web).contains("--web has more than 256 bytes"));
	}
}
