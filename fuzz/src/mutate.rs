// SPDX-License-Identifier: Apache-2.0

//! Inputs near to a given one: the same ones every time.

use codec::Encode;
use sp_crypto_hashing::blake2_64;
use std::ops::Range;

/// Numbers that look random and are the same for the same seed.
#[derive(Clone, Debug)]
pub struct Dice {
	seed: u64,
	thrown: u64,
}

impl Dice {
	/// Dice that fall as this seed says.
	pub fn new(seed: u64) -> Self {
		Self { seed, thrown: 0 }
	}

	/// A number below `sides`, 0 if there are none.
	pub fn below(&mut self, sides: usize) -> usize {
		self.thrown += 1;
		let number = u64::from_le_bytes(blake2_64(&(self.seed, self.thrown).encode()));
		(number % sides.max(1) as u64) as usize
	}

	fn byte(&mut self) -> u8 {
		self.below(256) as u8
	}

	fn range(&mut self, length: usize, most: usize) -> Range<usize> {
		let start = self.below(length + 1);
		let end = start + self.below((length - start).min(most) + 1);
		start..end
	}
}

/// What decoders stumble over: ends of ranges, long lengths, text that means something.
const STUMBLES: &[&[u8]] = &[
	&[0x00],
	&[0xff],
	&[0x80],
	&[0xfc],
	&[0xfe, 0xff, 0xff, 0xff],
	&[0x03, 0xff, 0xff, 0xff, 0xff],
	&[0xff; 8],
	&[0x00; 16],
	b"\"",
	b"{",
	b"[[[[",
	b"]",
	b",",
	b"-",
	b"1e9",
	b"1e-9223372036854775808",
	b"999999999999999999999999999999999999999",
	b"0.00000000000005",
	b"null",
	b"\\ud800",
	b"\\u0000",
	b"task,worker,answer\n",
	"\u{feff}".as_bytes(),
	"\u{345}\u{301}".as_bytes(),
	"ẞŉΐ".as_bytes(),
];

/// Every beginning of a short input, and it with every single bit turned.
pub fn neighbours(input: &[u8]) -> impl Iterator<Item = Vec<u8>> + '_ {
	let near = input.len().min(256);
	let beginnings = (0..near).map(|length| input[..length].to_vec());
	let turned = (0..near * 8).map(|bit| {
		let mut bytes = input.to_vec();
		bytes[bit / 8] ^= 1 << (bit % 8);
		bytes
	});
	beginnings.chain(turned)
}

/// A few changes of `input` at once; some take from `other`.
pub fn mutation(dice: &mut Dice, input: &[u8], other: &[u8]) -> Vec<u8> {
	let mut bytes = input.to_vec();
	for _ in 0..=dice.below(4) {
		change(dice, &mut bytes, other);
	}
	bytes
}

fn change(dice: &mut Dice, bytes: &mut Vec<u8>, other: &[u8]) {
	let length = bytes.len();
	match dice.below(10) {
		0 => bytes.truncate(dice.below(length + 1)),
		1 => bytes.extend((0..dice.below(40)).map(|_| dice.byte()).collect::<Vec<_>>()),
		2 if length > 0 => bytes[dice.below(length)] ^= 1 << dice.below(8),
		3 if length > 0 => bytes[dice.below(length)] = dice.byte(),
		4 => {
			let (place, stumble) = (dice.below(length + 1), STUMBLES[dice.below(STUMBLES.len())]);
			bytes.splice(place..place, stumble.iter().copied());
		}
		5 => {
			let stumble = STUMBLES[dice.below(STUMBLES.len())];
			let start = dice.below(length + 1);
			let end = (start + stumble.len()).min(length);
			bytes.splice(start..end, stumble.iter().copied());
		}
		6 => drop(bytes.drain(dice.range(length, 40))),
		7 => {
			let range = dice.range(length, 200);
			let copy = bytes[range.clone()].to_vec();
			bytes.splice(range.end..range.end, copy);
		}
		8 => {
			let tail = other[dice.range(other.len(), usize::MAX)].to_vec();
			bytes.truncate(dice.below(length + 1));
			bytes.extend(tail);
		}
		_ => {
			let piece = other[dice.range(other.len(), 64)].to_vec();
			bytes.splice(dice.range(length, 64), piece);
		}
	}
}
