// SPDX-License-Identifier: Apache-2.0

import { Keyring } from '@polkadot/keyring';
import type { KeyringPair } from '@polkadot/keyring/types';
import { readFileSync } from 'node:fs';
import { getPolkadotSigner, type PolkadotSigner } from 'polkadot-api/signer';
import { createWsClient } from 'polkadot-api/ws';

// The package does not export its version.
const manifest = new URL('../node_modules/polkadot-api/package.json', import.meta.url);
const { version } = JSON.parse(readFileSync(manifest, 'utf8'));
export const NAME = `polkadot-api ${version}`;

export function connect(url: string) {
	return createWsClient(url);
}

export interface Account {
	pair: KeyringPair;
	signer: PolkadotSigner;
}

export function account(type: 'sr25519' | 'ed25519', suri: string): Account {
	const pair = new Keyring({ type }).addFromUri(suri);
	const kind = type === 'sr25519' ? 'Sr25519' : 'Ed25519';
	return { pair, signer: getPolkadotSigner(pair.publicKey, kind, (bytes) => pair.sign(bytes)) };
}
