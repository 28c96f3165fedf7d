// SPDX-License-Identifier: Apache-2.0
//
// @polkadot/api decodes a chain from genesis to block LAST: every extrinsic and event, and all of the
// state at genesis, at every STEPth block and at LAST. What was decoded is encoded again and has to
// be what the node gave.
//
//   read.mjs URL LAST STEP OUT

import { compactFromU8a, hexToU8a, u8aEq, u8aToHex } from '@polkadot/util';
import { ensure, run, Tally } from '../judge.mjs';
import { connect, NAME, namesOf } from './connect.mjs';

const [url, last, step, out] = process.argv.slice(2);
const GENERAL = 0x45;

await run(NAME, out, async (say) => {
	const { api, provider } = await connect(url);
	const names = namesOf(api);
	const [extrinsics, events, storage] = [new Tally(), new Tally(), new Tally()];
	let values = 0;
	for (let number = 0; number <= Number(last); number += 1) {
		const hash = (await api.rpc.chain.getBlockHash(number)).toHex();
		const at = await api.at(hash);
		await readExtrinsics(hash);
		for (const { event } of await at.query.system.events()) events.add(names.event(event));
		if (number % Number(step) === 0 || number === Number(last)) {
			values += await readState(hash, at);
		}
	}
	say(`${Number(last) + 1} blocks read`);
	return {
		blocks: Number(last) + 1,
		extrinsics: extrinsics.names,
		events: events.names,
		storage: storage.names,
		note: `${values} values equal after encoding them again`,
	};

	async function readExtrinsics(hash) {
		const { block } = await api.rpc.chain.getBlock(hash);
		const raw = (await provider.send('chain_getBlock', [hash])).block.extrinsics;
		ensure(block.extrinsics.length === raw.length, 'all extrinsics are decoded');
		block.extrinsics.forEach((extrinsic, index) => {
			const given = hexToU8a(raw[index]);
			const general = given[compactFromU8a(given)[0]] === GENERAL;
			// It writes general transactions in a form of its own, so of these the call is compared.
			const same = general
				? raw[index].endsWith(extrinsic.method.toHex().slice(2))
				: raw[index] === extrinsic.toHex();
			ensure(same, `extrinsic ${index} of ${hash} is encoded as it was`);
			extrinsics.add(names.call(extrinsic.method));
		});
	}

	async function readState(hash, at) {
		const expected = await rawState(hash);
		let decoded = 0;
		const compare = (key, value) => {
			const raw = expected.get(key.toHex());
			if (raw === undefined) return;
			const bytes = value.isSome === true && key.meta?.modifier.isOptional ? value.unwrap() : value;
			ensure(u8aEq(bytes.toU8a(), raw), `${key.toHex()} at ${hash} is encoded as it was`);
			expected.delete(key.toHex());
			decoded += 1;
		};
		for (const section of Object.keys(at.query)) {
			if (section === 'substrate') continue;
			for (const entry of Object.values(at.query[section])) {
				const { meta, prefix } = entry.creator;
				// An item that is in no metadata: the API gives one to each pallet.
				if (meta.name.eq('palletVersion')) continue;
				const name = `${prefix}.${meta.name}`;
				if (meta.type.isMap) {
					const entries = await entry.entries();
					for (const [key, value] of entries) compare(key, value);
					storage.add(name, entries.length);
				} else {
					const value = await entry();
					compare({ toHex: () => entry.key(), meta }, value);
					storage.add(name);
				}
			}
		}
		const left = [...expected.keys()].filter((key) => !wellKnown(key));
		ensure(left.length === 0, `nothing in the state at ${hash} is unknown: ${left}`);
		return decoded;
	}

	async function rawState(hash) {
		const state = new Map();
		for (let start; ; ) {
			const keys = await provider.send('state_getKeysPaged', ['0x', 1000, start, hash]);
			if (keys.length === 0) return state;
			const [{ changes }] = await provider.send('state_queryStorageAt', [keys, hash]);
			for (const [key, value] of changes) state.set(key, Buffer.from(value.slice(2), 'hex'));
			start = keys.at(-1);
		}
	}
});

// Keys that stand outside of the metadata: those of the client, and the version that each pallet
// notes of its own storage.
function wellKnown(key) {
	const version = '4e7b9012096b41c4eb3aaf947f6ea429';
	return key.startsWith(u8aToHex(Buffer.from(':'))) || key.slice(34) === version;
}
