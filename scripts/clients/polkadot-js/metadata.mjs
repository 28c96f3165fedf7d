// SPDX-License-Identifier: Apache-2.0
//
// What @polkadot/api makes of the metadata, and with it every program that builds on it, such as
// Polkadot.js Apps: all types resolve; calls, storage, constants and runtime APIs are decorated and
// answer; and everything is documented.
//
//   metadata.mjs URL OUT

import { encodeAddress } from '@polkadot/util-crypto';
import { ensure, run, Tally } from '../judge.mjs';
import { connect, NAME } from './connect.mjs';

const [url, out] = process.argv.slice(2);
const NOBODY = new Uint8Array(32);

await run(NAME, out, async (say) => {
	const { api, provider } = await connect(url);
	const metadata = api.runtimeMetadata.asLatest;
	const counts = new Tally();

	for (const { id } of metadata.lookup.types) {
		api.registry.createTypeUnsafe(api.registry.createLookupType(id), []);
		counts.add('types');
	}

	for (const pallet of metadata.pallets) {
		const undocumented = [];
		let crate = '';
		const look = (kind, item) => {
			counts.add(kind);
			if (item.docs.length === 0) undocumented.push(`${kind} ${item.name}`);
		};
		for (const kind of ['calls', 'events', 'errors']) {
			if (pallet[kind].isNone) continue;
			const { def, path } = metadata.lookup.getSiType(pallet[kind].unwrap().type);
			crate = path[0].toString();
			for (const variant of def.asVariant.variants) look(kind, variant);
		}
		for (const constant of pallet.constants) look('constants', constant);
		if (pallet.storage.isSome) for (const item of pallet.storage.unwrap().items) look('storage', item);
		// A few items of Substrate's own pallets have no text there.
		if (/^(pallet|frame)_/.test(crate)) counts.add('undocumented of Substrate', undocumented.length);
		else ensure(undocumented.length === 0, `${pallet.name} documents ${undocumented.join(', ')}`);
	}
	say(JSON.stringify(counts.names));

	for (const pallet of ['beacon', 'clock', 'committees', 'markets', 'reputation']) {
		ensure(api.query[pallet], `there is api.query.${pallet}`);
		for (const [name, value] of Object.entries(api.consts[pallet] ?? {})) {
			ensure(value.toU8a().length > 0, `the constant ${pallet}.${name} has a value`);
		}
	}
	for (const call of ['createMarket', 'join', 'leave', 'setReportKey', 'submitCertificate', 'submitDetail']) {
		ensure(api.tx.markets[call]?.meta.args.length > 0, `there is api.tx.markets.${call}`);
	}

	// Every runtime API that the metadata has is decorated; those of ours are asked.
	for (const { name, methods } of metadata.apis) {
		const section = api.call[camel(name.toString())];
		for (const method of methods) {
			ensure(section?.[camel(method.name.toString())], `there is api.call for ${name}.${method.name}`);
			counts.add('runtime APIs');
		}
	}
	const feed = { market: 0, index: 0 };
	const { reportsApi, marketsApi, committeesApi, reputationApi, invariantsApi } = api.call;
	const filter = { category: null, stage: null, requester: null, text: null };
	const nodes = await committeesApi.nodes(0, 100);
	ensure(nodes.length >= 4, 'validation nodes are listed');
	ensure((await committeesApi.node(nodes[0].operator)).isSome, 'a node is found by its operator');
	ensure((await committeesApi.nodeByKey(nodes[0].vald)).isSome, 'a node is found by its key');
	ensure((await marketsApi.nextMarket()).gtn(0), 'there are markets');
	ensure((await marketsApi.market(0)).isSome, 'there is market 0');
	const [feeds] = await marketsApi.feeds(filter, null, 100);
	ensure(feeds.length > 0, 'feeds are listed');
	ensure((await marketsApi.outcomes(feed, 0, 100)).length > 0, 'outcomes are listed');
	ensure((await marketsApi.reporter(feed, NOBODY)).isNone, 'nobody has not joined');
	ensure((await reportsApi.feed(feed)).isSome, 'a feed is found');
	ensure((await reportsApi.reporters(feed, 10_000)).length === 0, 'pages of reporters end');
	ensure((await reportsApi.servedFeeds(nodes[0].vald)).length >= 0, 'served feeds are listed');
	ensure((await reportsApi.decide([])).length === 0, 'nothing is decided of nothing');
	ensure((await reputationApi.reputation(NOBODY)).toNumber() >= 0, 'accounts have a reputation');
	ensure((await invariantsApi.check()).isOk, 'the state is as it must be');

	// Extensions that @polkadot/api does not know must carry nothing, neither in the transaction nor in
	// what is signed, for it treats them so.
	const known = new Set(api.registry.signedExtensions);
	const nothing = (type) => api.registry.createTypeUnsafe(api.registry.createLookupType(type), []).toU8a().length === 0;
	for (const { identifier, type, additionalSigned } of metadata.extrinsic.transactionExtensions) {
		ensure(known.has(identifier.toString()), `${identifier} is taken notice of`);
		if (['AuthorizeCall', 'WeightReclaim'].includes(identifier.toString())) {
			ensure(nothing(type) && nothing(additionalSigned ?? type), `${identifier} carries nothing`);
		}
	}

	// What Apps shows of a chain and a node.
	const [chain, properties, health, version] = await Promise.all([
		api.rpc.system.chain(), api.rpc.system.properties(), api.rpc.system.health(), api.rpc.state.getRuntimeVersion(),
	]);
	ensure(chain.toString().startsWith('Eventum'), `the chain has a name: ${chain}`);
	ensure(properties.tokenSymbol.unwrap()[0].eq('EVT'), 'the token has a symbol');
	ensure(properties.tokenDecimals.unwrap()[0].eqn(12), 'the token has decimals');
	ensure(properties.ss58Format.unwrap().eqn(42), 'addresses have a prefix');
	ensure(encodeAddress(NOBODY, api.registry.chainSS58).length > 0, 'addresses can be written');
	ensure(health.peers.gtn(0) && version.specName.eq('eventum'), 'the node has peers and a runtime');
	await api.derive.chain.getBlock(await api.rpc.chain.getFinalizedHead());
	const { methods } = await provider.send('rpc_methods', []);
	for (const method of ['submitReport', 'submitReports', 'subscribeOutcomes', 'webhookKeys', 'nodeIdentity']) {
		ensure(methods.includes(`eventum_${method}`), `there is eventum_${method}`);
	}
	return { counts: counts.names };
});

function camel(name) {
	const joined = name.replace(/_(.)/g, (_, letter) => letter.toUpperCase());
	return joined[0].toLowerCase() + joined.slice(1);
}
