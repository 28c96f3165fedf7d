// SPDX-License-Identifier: Apache-2.0

//! Which addresses are posted to.
//!
//! A feed's webhook is chosen by whoever pays for it, and posting happens from inside the network of
//! the validation node: without this check a requester could reach what only the node can.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Whether an address is of the public internet.
pub(crate) fn is_public(address: IpAddr) -> bool {
	match address {
		IpAddr::V4(address) => is_public_v4(address),
		IpAddr::V6(address) => is_public_v6(address),
	}
}

fn is_public_v4(address: Ipv4Addr) -> bool {
	let [a, b, c, _] = address.octets();
	let special = address.is_private()
		|| address.is_loopback()
		|| address.is_link_local()
		|| address.is_broadcast()
		|| address.is_documentation()
		|| address.is_multicast()
		|| a == 0 // "this network", with the unspecified address
		|| (a == 100 && b & 0xc0 == 64) // carrier-grade NAT, RFC 6598
		|| (a == 192 && b == 0 && c == 0) // protocol assignments, RFC 6890
		|| (a == 198 && b & 0xfe == 18) // benchmarking, RFC 2544
		|| a >= 240; // reserved
	!special
}

fn is_public_v6(address: Ipv6Addr) -> bool {
	let [a, b, c, ..] = address.segments();
	// Global unicast is 2000::/3 alone: loopback, link-local, unique local, multicast and the
	// IPv4-mapped and -translated forms lie outside of it.
	let global = a & 0xe000 == 0x2000;
	let special = match a {
		// Protocol assignments with Teredo and ORCHID; documentation.
		0x2001 => b < 0x200 || b == 0xdb8,
		// Documentation, RFC 9637.
		0x3fff => b < 0x1000,
		// 6to4 of an address that is not public.
		0x2002 => !is_public_v4(embedded(b, c)),
		_ => false,
	};
	global && !special
}

fn embedded(high: u16, low: u16) -> Ipv4Addr {
	let ([a, b], [c, d]) = (high.to_be_bytes(), low.to_be_bytes());
	Ipv4Addr::new(a, b, c, d)
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn addresses_of_inner_networks_are_told_from_public_ones() {
		let refused = [
			"127.0.0.1",
			"10.1.2.3",
			"172.16.0.1",
			"172.31.255.255",
			"192.168.1.1",
			"169.254.169.254",
			"100.64.0.1",
			"100.127.255.255",
			"0.0.0.0",
			"0.1.2.3",
			"224.0.0.1",
			"255.255.255.255",
			"192.0.0.8",
			"192.0.2.1",
			"198.18.0.1",
			"198.19.255.1",
			"240.0.0.1",
			"::",
			"::1",
			"fe80::1",
			"fc00::1",
			"fd12:3456::1",
			"ff02::1",
			"::ffff:10.0.0.1",
			"::ffff:8.8.8.8",
			"::10.0.0.1",
			"64:ff9b::a00:1",
			"2001::1",
			"2001:db8::1",
			"2002:a00:1::1",
			"2002:7f00:1::",
			"3fff::1",
			"fec0::1",
		];
		for address in refused {
			assert!(!is_public(address.parse().unwrap()), "{address} must be refused");
		}
		let allowed = [
			"8.8.8.8",
			"1.1.1.1",
			"100.63.255.255",
			"100.128.0.1",
			"172.15.0.1",
			"172.32.0.1",
			"192.0.1.1",
			"198.17.0.1",
			"198.20.0.1",
			"2606:4700::1111",
			"2a00:1450::1",
			"2002:808:808::1",
		];
		for address in allowed {
			assert!(is_public(address.parse().unwrap()), "{address} must be allowed");
		}
	}
}
