// SPDX-License-Identifier: Apache-2.0
//
// What a reporter's client does, in JavaScript: tags, sealed answers, reports, envelopes, and what
// committee members give back. Written after docs/clients.md, with npm's libraries for HPKE and
// hashes; vectors.mjs holds it against the published test vectors.

import { Chacha20Poly1305 } from '@hpke/chacha20poly1305';
import { CipherSuite, DhkemX25519HkdfSha256, HkdfSha256 } from '@hpke/core';
import { ed25519, x25519 } from '@noble/curves/ed25519.js';
import { blake2b } from '@noble/hashes/blake2.js';
import { bytesToHex, concatBytes, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js';

const suite = new CipherSuite({
	kem: new DhkemX25519HkdfSha256(),
	kdf: new HkdfSha256(),
	aead: new Chacha20Poly1305(),
});

export const accessPublic = (secret) => x25519.getPublicKey(secret);

// SCALE.

function unsigned(value, bytes) {
	let rest = BigInt(value);
	return Uint8Array.from({ length: bytes }, () => {
		const byte = Number(rest & 0xffn);
		rest >>= 8n;
		return byte;
	});
}

function read(bytes) {
	return bytes.reduceRight((value, byte) => (value << 8n) | BigInt(byte), 0n);
}

function compact(value) {
	if (value < 64) return unsigned(value * 4, 1);
	if (value < 16_384) return unsigned(value * 4 + 1, 2);
	return unsigned(value * 4 + 2, 4);
}

const withLength = (bytes) => concatBytes(compact(bytes.length), bytes);
const feedId = ({ market, index }) => concatBytes(unsigned(market, 8), unsigned(index, 2));
const place = ({ genesis, feed, round }) => concatBytes(genesis, feedId(feed), unsigned(round, 4));

const hash = (...parts) => blake2b(concatBytes(...parts), { dkLen: 32 });

// Answers. `canonical` is the answer in canonical form, whose first byte is its kind: 0 for values,
// which are tagged with the feed's key, 1 for undetermined and 2 for stop, which are tagged without.

export function tag(at, tagKey, canonical) {
	const key = canonical[0] === 0 ? tagKey : undefined;
	return blake2b(concatBytes(place(at), canonical), { dkLen: 32, key });
}

export function sealAnswer(at, reporter, tag, accessPublic, padded, seed) {
	return seal(accessPublic, place(at), concatBytes(reporter, tag), padded, seed);
}

// HPKE: the encapsulated key, then the ciphertext. Test vectors fix the seed of the ephemeral key.
async function seal(recipient, info, aad, plaintext, seed) {
	const recipientPublicKey = await suite.kem.deserializePublicKey(recipient);
	const ekm = seed && (await suite.kem.deriveKeyPair(seed));
	const sender = await suite.createSenderContext({ recipientPublicKey, info, ekm });
	const ciphertext = await sender.seal(plaintext, aad);
	return concatBytes(new Uint8Array(sender.enc), new Uint8Array(ciphertext));
}

// Reports. `at` is { genesis, feed: { market, index }, round }.

export function reportBody(at, reporter, tag, sealed, sentAt) {
	return concatBytes(place(at), reporter, tag, withLength(sealed), unsigned(sentAt, 8));
}

// What a wallet is asked to sign as raw bytes. It puts <Bytes> around them by itself.
export const digestToSign = (body) => hash(utf8ToBytes('eventum/report/1'), body);
export const reportHash = (body) => hash(body);

export async function envelope(at, member, intakeKey, report, seed) {
	const info = concatBytes(
		utf8ToBytes('eventum/intake/1'),
		at.genesis,
		feedId(at.feed),
		unsigned(member, 1),
	);
	const sealed = await seal(intakeKey, info, new Uint8Array(), report, seed);
	return concatBytes(feedId(at.feed), unsigned(member, 1), withLength(sealed));
}

// A report and an envelope of it for each member of the committee. `sign` is given the digest and
// answers with 64 bytes.
export async function makeReport({ at, reporter, tagKey, access, canonical, padded, sign, members }) {
	const tagged = tag(at, tagKey, canonical);
	const sealed = await sealAnswer(at, reporter, tagged, access, padded);
	const body = reportBody(at, reporter, tagged, sealed, Date.now());
	const report = concatBytes(body, await sign(digestToSign(body)));
	const envelopes = await Promise.all(
		members.map(({ intake }, index) => envelope(at, index, intake, report)),
	);
	return { hash: reportHash(body), envelopes };
}

// What may be otherwise a moment later: the feed is not served yet, a member is away or full.
const PASSING = [7101, 7103, 7112, 7116];

// Hands envelopes in by `request(method, params)` until each has its receipt.
export async function handIn(request, envelopes, seconds = 20) {
	const receipts = envelopes.map(() => undefined);
	for (const end = Date.now() + seconds * 1000; ; ) {
		const open = receipts.flatMap((receipt, index) => (receipt ? [] : [index]));
		if (open.length === 0) return receipts;
		const hexed = open.map((index) => `0x${bytesToHex(envelopes[index])}`);
		const answers = await request('eventum_submitReports', [hexed]);
		for (const [place, { receipt, error }] of answers.entries()) {
			if (error && (!PASSING.includes(error.code) || Date.now() > end)) throw new Error(error.message);
			if (receipt) receipts[open[place]] = hexToBytes(receipt.slice(2));
		}
		await new Promise((resolve) => setTimeout(resolve, 200));
	}
}

// What members sign.

const payload = (kind, genesis, body) => hash(utf8ToBytes(`eventum/${kind}/1`), genesis, body);

export function receiptPayload(at, report, arrival) {
	return payload(
		'receipt',
		at.genesis,
		concatBytes(feedId(at.feed), unsigned(at.round, 4), report, unsigned(arrival, 8)),
	);
}

// A receipt's parts: feed 10 bytes, round 4, report 32, arrival 8, member 1, signature 64.
export function verifyReceipt(at, report, receipt, memberKeys) {
	if (receipt.length !== 119) throw new Error(`a receipt has 119 bytes, not ${receipt.length}`);
	const arrival = read(receipt.subarray(46, 54));
	const member = memberKeys[receipt[54]];
	return ed25519.verify(receipt.subarray(55), receiptPayload(at, report, arrival), member);
}

// A certificate is an outcome, then a list of (member, signature). How long an outcome is cannot be
// known from outside, but every signature has 65 bytes with its member.
export function verifyCertificate(genesis, certificate, memberKeys) {
	for (let count = memberKeys.length; count > 0; count -= 1) {
		const end = certificate.length - 65 * count;
		if (end < 1 || certificate[end - 1] !== count * 4) continue;
		const digest = payload('outcome', genesis, certificate.subarray(0, end - 1));
		const signers = new Set();
		for (let from = end; from < certificate.length; from += 65) {
			const key = memberKeys[certificate[from]];
			const signature = certificate.subarray(from + 1, from + 65);
			if (key && ed25519.verify(signature, digest, key)) signers.add(certificate[from]);
		}
		if (signers.size === count) return count;
	}
	return 0;
}
