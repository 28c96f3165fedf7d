// SPDX-License-Identifier: Apache-2.0

//! A committee played out in memory: [`play`] holds the members, their disks, the network between them
//! and the lies that some of them tell.

mod book;
mod counting;
mod crashes;
mod evidence;
mod keys_and_excuses;
mod liars;
mod lies;
mod network;
mod play;
mod proposals;
mod versions;

pub(super) use play::Dice;
