// SPDX-License-Identifier: Apache-2.0
//
// @polkadot/api as requester and as two reporters: creates a market, joins, reports as a browser
// wallet does, reads the outcome, and sees everyone paid.
//
//   act.mjs URL OUT

import { Keyring } from '@polkadot/keyring';
import { hexToU8a, stringToHex, u8aEq, u8aToHex, u8aWrapBytes } from '@polkadot/util';
import { blake2AsHex, randomAsU8a } from '@polkadot/util-crypto';
import { ensure, EVT, run, until } from '../judge.mjs';
import { accessPublic, handIn, makeReport, verifyCertificate, verifyReceipt } from '../report.mjs';
import { connect, NAME } from './connect.mjs';

const [url, out] = process.argv.slice(2);
const REWARD = 10n * EVT;
// Canonical form of the answer `true`: values, and the value.
const TRUE = Uint8Array.of(0, 1);

await run(NAME, out, async (say) => {
	const { api, provider } = await connect(url);
	const sr25519 = new Keyring({ type: 'sr25519' });
	const requester = sr25519.addFromUri('//Alice');
	// One reporter of each kind that wallets hold.
	const reporters = [
		sr25519.addFromUri('//Alice//reporter'),
		new Keyring({ type: 'ed25519' }).addFromUri('//Alice//reporter'),
	];
	const secrets = { tagKey: randomAsU8a(32), access: randomAsU8a(32) };
	const rules = stringToHex(`What a person of good will sees counts, as of ${new Date().toISOString()}.`);

	const calls = [
		...reporters.map(({ address }) => api.tx.balances.transferKeepAlive(address, 100n * EVT)),
		api.tx.preimage.notePreimage(rules),
		api.tx.markets.createMarket([boolean(secrets, blake2AsHex(rules)), everything(secrets)]),
	];
	const created = await send(api.tx.utility.batchAll(calls), requester);
	const { market } = the(created, api.events.markets.MarketCreated);
	const feed = { market: market.toString(), index: 0 };
	say(`created market ${market}`);

	for (const [index, reporter] of reporters.entries()) {
		const key = { [reporter.type === 'sr25519' ? 'Sr25519' : 'Ed25519']: reporter.publicKey };
		const joined = the(await send(api.tx.markets.join(feed, key), reporter), api.events.markets.Joined);
		ensure(joined.index.toNumber() === index, 'places are given in the order of joining');
	}
	say('joined, with an sr25519 and with an ed25519 account');

	// Members act upon finalized blocks.
	const committee = await until('the feed takes reports', async () => {
		const finalized = await api.at(await api.rpc.chain.getFinalizedHead());
		const view = (await finalized.call.reportsApi.feed(feed)).unwrap();
		return view.stage.isReporting ? view.committee.unwrap() : undefined;
	});
	const members = committee.members.map(({ vald, intake }) => ({ vald: vald.toU8a(), intake: intake.toU8a() }));
	const keys = members.map(({ vald }) => vald);
	const at = { genesis: api.genesisHash.toU8a(), feed, round: 0 };
	for (const reporter of reporters) {
		const report = await makeReport({
			at,
			reporter: reporter.publicKey,
			tagKey: secrets.tagKey,
			access: accessPublic(secrets.access),
			canonical: TRUE,
			padded: TRUE,
			sign: (digest) => hexToU8a(signRaw(reporter, u8aToHex(digest))),
			members,
		});
		const request = (method, params) => provider.send(method, params);
		for (const receipt of await handIn(request, report.envelopes)) {
			ensure(verifyReceipt(at, report.hash, receipt, keys), 'the receipt is in order');
		}
	}
	say(`reported, and has ${members.length} receipts for each report`);

	// From the first push on, whenever one asks.
	const pushed = [];
	await provider.subscribe('eventum_outcome', 'eventum_subscribeOutcomes', [`${market}/0`], (error, item) =>
		pushed.push(error ?? item));
	const outcome = await until('the final outcome comes', () => {
		const failed = pushed.find((item) => item instanceof Error);
		if (failed) throw failed;
		return pushed.find((item) => item.final);
	});
	ensure(outcome.result === 'agreed' && outcome.agreed === 2 && outcome.total === 2, 'both agree');
	ensure(outcome.body.data[0].consensus_value === true, 'the outcome is what was reported');
	const signers = verifyCertificate(at.genesis, hexToU8a(outcome.certificate), keys);
	ensure(signers >= 3, `a quorum signed the outcome: ${signers}`);
	say(`has the outcome, with ${signers} signatures, after ${pushed.length} pushes`);

	await until('the feed is settled', async () =>
		(await api.call.reportsApi.feed(feed)).unwrap().stage.isSettled || undefined);
	await until('the other feed is void', async () =>
		(await api.call.reportsApi.feed({ ...feed, index: 1 })).unwrap().stage.isVoid || undefined);
	const record = (await api.query.markets.outcomes(feed, 0)).unwrap();
	ensure(record.agreed.toNumber() === 2, 'the chain keeps the outcome');
	await settled(created.number);
	for (const { publicKey } of reporters) {
		const held = await api.query.balances.holds(publicKey);
		ensure(held.isEmpty, 'nothing of a reporter is held any more');
	}
	say('was paid, and got back what was held');
	return { market: market.toNumber(), pushes: pushed.length, reported: 'by itself' };

	// What became of the feed by the events of the blocks since it was created.
	async function settled(from) {
		let [paid, certified] = [[], 0];
		const last = (await api.rpc.chain.getHeader(await api.rpc.chain.getFinalizedHead())).number.toNumber();
		for (let number = from; number <= last; number += 1) {
			const block = await api.at(await api.rpc.chain.getBlockHash(number));
			for (const { event } of await block.query.system.events()) {
				const { ReporterSettled, OutcomeCertified, FeedSettled } = api.events.markets;
				if (![ReporterSettled, OutcomeCertified, FeedSettled].some((kind) => kind.is(event))) continue;
				const { feed: of } = event.data;
				if (!of.market.eq(market) || !of.index.eqn(0)) continue;
				if (ReporterSettled.is(event)) paid.push(event.data);
				if (OutcomeCertified.is(event)) {
					certified += 1;
					ensure(u8aEq(event.data.answer.toU8a(true), TRUE), 'the event tells the answer');
				}
				if (FeedSettled.is(event)) {
					const { rewards, remainder } = event.data;
					ensure(rewards.toBigInt() + remainder.toBigInt() === REWARD, 'all of the reward went out');
				}
			}
		}
		ensure(certified > 0, 'the outcome is certified on chain');
		ensure(paid.length === 2, 'both reporters are paid');
		for (const { stake, stakeBack, reward } of paid) {
			ensure(stake.eq(stakeBack), 'the whole stake comes back');
			ensure(!reward.isZero(), 'there is a reward');
		}
	}

	// Signs, asks for the fee and for a dry run, sends, and waits until it is final.
	async function send(tx, pair) {
		const { partialFee } = await tx.paymentInfo(pair.address);
		ensure(partialFee.gtn(0), 'a transaction has a fee');
		// A dry run knows the blocks before the best one, so mortality must not begin with that.
		const immortal = await tx.signAsync(pair, { nonce: -1, era: 0 });
		const dry = await api.rpc.system.dryRun(immortal.toHex());
		ensure(dry.isOk && dry.asOk.isOk, `a dry run goes well: ${dry}`);
		const signed = await tx.signAsync(pair, { nonce: -1 });
		// Not by api.rpc, which expects the weights of old runtimes here on every chain.
		const asked = await provider.send('payment_queryInfo', [signed.toHex()]);
		ensure(BigInt(asked.partialFee) > 0n, 'a signed transaction has a fee');
		return new Promise((resolve, reject) => {
			signed.send(({ status, events, dispatchError, blockNumber }) => {
				if (dispatchError?.isModule) {
					const { section, name, docs } = api.registry.findMetaError(dispatchError.asModule);
					reject(new Error(`${section}.${name}: ${docs.join(' ')}`));
				} else if (dispatchError || status.isInvalid || status.isDropped || status.isUsurped) {
					reject(new Error(`the transaction is refused: ${dispatchError ?? status}`));
				} else if (status.isFinalized) {
					resolve(Object.assign(events, { number: blockNumber.toNumber() }));
				}
			}).catch(reject);
		});
	}
});

// As the extension does it when a page calls `signRaw({ address, data, type: 'bytes' })`.
function signRaw(pair, data) {
	return u8aToHex(pair.sign(u8aWrapBytes(data)));
}

function the(events, kind) {
	const found = events.find(({ event }) => kind.is(event));
	ensure(found, `${kind.meta.name} happened`);
	return found.event.data;
}

// A boolean that two people have to agree on.
function boolean(secrets, rules) {
	const now = Date.now();
	return {
		definition: {
			fields: [{ name: '', fieldType: { Scalar: 'Boolean' } }],
			event: 'Single',
			minPeople: 2,
			maxPeople: 2,
			minConsensus: 2,
			consensusRule: 666_666_667,
			consensusMode: 'Confirmations',
			reward: REWARD,
			currency: 'Evt',
			stakeFactor: 1_000_000_000,
			joinBonus: 1_100_000_000,
			committeeSize: 4,
			gate: { minReputation: 0, minBalance: 0, any: false },
			timeToJoin: now + 120_000,
			reportingTimestamp: null,
			stopVoting: { at: now + 600_000, share: null, quiet: null },
			startDisputeTime: 0,
			maxDisputeTime: 1_000,
			crossValidate: 100_000_000,
			visibility: { Public: { tagKey: secrets.tagKey, accessSecret: secrets.access } },
			validationFee: null,
			defaultValue: null,
		},
		text: {
			name: 'Foreign clients: @polkadot/api',
			description: 'Is this decoded?',
			rules,
			categories: ['Clients', 'JavaScript', ''],
			location: 'GB-WLS',
			webhookUrl: '',
		},
	};
}

// A series of all kinds of fields, which nobody joins.
function everything(secrets) {
	const { definition, text } = boolean(secrets, null);
	const options = [{ name: 'yes', value: null }, { name: 'at', value: { Float: { decimals: 3 } } }];
	return {
		definition: {
			...definition,
			fields: [
				{ name: 'count', fieldType: { Scalar: 'Integer' } },
				{ name: 'share', fieldType: { Scalar: { Float: { decimals: 6 } } } },
				{ name: 'player', fieldType: { Scalar: { Text: { maxLength: 64 } } } },
				{ name: 'kind', fieldType: { Categorical: { options, multiple: true } } },
			],
			event: { Multiple: { maxRounds: 3, maxTime: 600_000 } },
			consensusMode: 'Final',
			timeToJoin: Date.now() + 20_000,
			stopVoting: { at: null, share: 900_000_000, quiet: 5_000 },
		},
		text: { ...text, name: 'Málaga ✓', categories: ['Clients', 'JavaScript', 'Void'] },
	};
}
