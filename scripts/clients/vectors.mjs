// SPDX-License-Identifier: Apache-2.0
//
// Holds report.mjs against the published test vectors: vectors.mjs FILE

import { ed25519 } from '@noble/curves/ed25519.js';
import { bytesToHex, concatBytes } from '@noble/hashes/utils.js';
import { hexToU8a, u8aWrapBytes } from '@polkadot/util';
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import * as reports from './report.mjs';

const { reports: vectors } = JSON.parse(readFileSync(process.argv[2], 'utf8'));
assert.ok(vectors.length > 0, 'there are no vectors');
let passed = 0;

for (const vector of vectors) {
	const bytes = (name) => hexToU8a(vector[name]);
	const equal = (name, found) => {
		assert.equal(`0x${bytesToHex(found)}`, vector[name], `${vector.name}: ${name}`);
		passed += 1;
	};
	const at = { genesis: bytes('genesis'), feed: vector.feed, round: vector.round };
	equal('access_public', reports.accessPublic(bytes('access_secret')));
	const tag = reports.tag(at, bytes('tag_key'), bytes('canonical'));
	equal('tag', tag);
	const reporter = bytes('reporter');
	const sealed = await reports.sealAnswer(
		at, reporter, tag, bytes('access_public'), bytes('padded'), bytes('answer_ikm_e'),
	);
	equal('sealed', sealed);
	const body = reports.reportBody(at, reporter, tag, sealed, vector.sent_at);
	equal('body', body);
	equal('report_hash', reports.reportHash(body));
	// Wrapped as a wallet does it.
	const signed = u8aWrapBytes(reports.digestToSign(body));
	equal('signed_bytes', signed);
	const signature = ed25519.sign(signed, bytes('report_key_seed_ed25519'));
	equal('signature', signature);
	const report = concatBytes(body, signature);
	equal('report', report);
	equal('intake_public', reports.accessPublic(bytes('intake_secret')));
	equal('envelope', await reports.envelope(
		at, vector.member, bytes('intake_public'), report, bytes('envelope_ikm_e'),
	));
	const hash = bytes('report_hash');
	equal('receipt_payload', reports.receiptPayload(at, hash, vector.receipt_at));
	const keys = { [vector.member]: bytes('member_key_ed25519') };
	assert.ok(reports.verifyReceipt(at, hash, bytes('receipt'), keys), `${vector.name}: receipt`);
	assert.ok(!reports.verifyReceipt(at, tag, bytes('receipt'), keys), `${vector.name}: another's`);
	passed += 2;
}
console.log(`${passed} passed, 0 failed: reports made in JavaScript equal the published vectors`);
