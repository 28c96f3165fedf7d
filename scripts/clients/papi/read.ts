// SPDX-License-Identifier: Apache-2.0
//
// polkadot-api decodes a chain from genesis to block LAST: every extrinsic and event, and all of the
// state at genesis, at every STEPth block and at LAST. Calls that were decoded are encoded again and
// have to be what the node gave.
//
//   read.ts URL LAST STEP OUT

import { eventum } from '../.papi/descriptors/dist/index.js';
import { getExtrinsicDecoder } from '@polkadot-api/tx-utils';
import { decAnyMetadata, unifyMetadata } from '@polkadot-api/substrate-bindings';
import { u8aEq } from '@polkadot/util';
import { ensure, run, Tally } from '../judge.mjs';
import { connect, NAME } from './connect.ts';

const [url, last, step, out] = process.argv.slice(2) as [string, string, string, string];

await run(NAME, out, async (say: (text: string) => void) => {
	const client = connect(url);
	const api = client.getTypedApi(eventum);
	const [extrinsics, events, storage] = [new Tally(), new Tally(), new Tally()];
	const { genesisHash } = await client.getChainSpecData();
	const metadata = await client.getMetadata(genesisHash);
	const decode = getExtrinsicDecoder(metadata);
	const { pallets } = unifyMetadata(decAnyMetadata(metadata));

	// Several at once, for each answer of an archive takes its time.
	const numbers = Array.from({ length: Number(last) + 1 }, (_, number) => number).values();
	await Promise.all(Array.from({ length: 8 }, async () => {
		for (const number of numbers) await readBlock(number);
	}));
	say(`${Number(last) + 1} blocks read`);
	return {
		blocks: Number(last) + 1,
		extrinsics: extrinsics.names,
		events: events.names,
		storage: storage.names,
	};

	async function readBlock(number: number) {
		const hash = await client._request<string>('chain_getBlockHash', [number]);
		for (const bytes of await client.getBlockBody(hash)) {
			const { call, callData } = decode(bytes);
			const again = await (await api.txFromCallData(callData, { at: hash })).getEncodedData();
			ensure(u8aEq(again, callData), `${call.type}.${call.value.type} is encoded as it was`);
			extrinsics.add(`${call.type}.${call.value.type}`);
		}
		for (const { event } of await api.query.System.Events.getValue({ at: hash })) {
			events.add(`${event.type}.${event.value.type}`);
		}
		if (number % Number(step) === 0 || number === Number(last)) await readState(hash);
	}

	async function readState(at: string) {
		for (const pallet of pallets) {
			for (const item of pallet.storage?.items ?? []) {
				const name = `${pallet.name}.${item.name}`;
				const entry = (api.query as any)[pallet.name][item.name];
				if (item.type.tag === 'map') {
					const entries = await entry.getEntries({ at });
					for (const { value } of entries) ensure(value !== undefined, `${name} has values`);
					storage.add(name, entries.length);
				} else {
					await entry.getValue({ at });
					storage.add(name);
				}
			}
		}
	}
});
