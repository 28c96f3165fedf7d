// SPDX-License-Identifier: Apache-2.0
//
// polkadot-api with the descriptors that it generates, as requester and as two reporters: creates a
// market, joins, reports, reads the outcome, and sees everyone paid.
//
//   act.ts URL OUT

import { eventum } from '../.papi/descriptors/dist/index.js';
import { hexToU8a, u8aToHex, u8aWrapBytes } from '@polkadot/util';
import { randomAsU8a } from '@polkadot/util-crypto';
import { Binary, Enum, type Transaction } from 'polkadot-api';
import { ensure, EVT, run, until } from '../judge.mjs';
import { accessPublic, handIn, makeReport, verifyCertificate, verifyReceipt } from '../report.mjs';
import { account, connect, NAME, type Account } from './connect.ts';

interface Pushed {
	final: boolean;
	result: string;
	agreed: number;
	total: number;
	certificate: string;
	body: { data: { consensus_value: unknown }[] };
}

const [url, out] = process.argv.slice(2) as [string, string];
const REWARD = 10n * EVT;
// Canonical form of the answer `true`: values, and the value.
const TRUE = Uint8Array.of(0, 1);

await run(NAME, out, async (say: (text: string) => void) => {
	const client = connect(url);
	const api = client.getTypedApi(eventum);
	const requester = account('sr25519', '//Bob');
	const reporters = [account('sr25519', '//Bob//reporter'), account('ed25519', '//Bob//reporter')];
	const secrets = { tagKey: randomAsU8a(32), access: randomAsU8a(32) };

	const funding = reporters.map(({ pair }) =>
		api.tx.Balances.transfer_keep_alive({ dest: Enum('Id', pair.address), value: 100n * EVT }));
	const create = api.tx.Markets.create_market({ feeds: [question(secrets)] });
	const calls = [...funding, create].map(({ decodedCall }) => decodedCall);
	const created = await send(api.tx.Utility.batch_all({ calls: calls as never }), requester);
	const [creation] = api.event.Markets.MarketCreated.filter(created.events);
	ensure(creation?.payload.feeds === 1, 'MarketCreated happened');
	const { market } = creation!.payload;
	const feed = { market, index: 0 };
	say(`created market ${market}`);

	for (const [index, reporter] of reporters.entries()) {
		const { type, publicKey } = reporter.pair;
		const report_key = Enum(type === 'sr25519' ? 'Sr25519' : 'Ed25519', u8aToHex(publicKey));
		const joined = await send(api.tx.Markets.join({ feed, report_key }), reporter);
		const [place] = api.event.Markets.Joined.filter(joined.events);
		ensure(place?.payload.index === index, 'places are given in the order of joining');
	}
	say('joined, with an sr25519 and with an ed25519 account');

	const committee = await until('the feed takes reports', async () => {
		const view = await api.apis.ReportsApi.feed(feed);
		return view?.stage.type === 'Reporting' ? view.committee : undefined;
	});
	const members = committee.members.map(({ vald, intake }) => ({ vald: hexToU8a(vald), intake: hexToU8a(intake) }));
	const keys = members.map(({ vald }) => vald);
	const { genesisHash } = await client.getChainSpecData();
	const at = { genesis: hexToU8a(genesisHash), feed, round: 0 };
	for (const { pair } of reporters) {
		const report = await makeReport({
			at,
			reporter: pair.publicKey,
			tagKey: secrets.tagKey,
			access: accessPublic(secrets.access),
			canonical: TRUE,
			padded: TRUE,
			sign: (digest: Uint8Array) => pair.sign(u8aWrapBytes(digest)),
			members,
		});
		const request = (method: string, params: unknown[]) => client._request(method, params);
		for (const receipt of await handIn(request, report.envelopes)) {
			ensure(verifyReceipt(at, report.hash, receipt, keys), 'the receipt is in order');
		}
	}
	say(`reported, and has ${members.length} receipts for each report`);

	// From the first push on, whenever one asks.
	const pushed: Pushed[] = [];
	client
		._subscribe<Pushed>('eventum_subscribeOutcomes', 'eventum_unsubscribeOutcomes', [`${market}/0`])
		.subscribe((item) => pushed.push(item));
	const outcome = await until('the final outcome comes', () => pushed.find((item) => item.final));
	ensure(outcome.result === 'agreed' && outcome.agreed === 2 && outcome.total === 2, 'both agree');
	ensure(outcome.body.data[0]?.consensus_value === true, 'the outcome is what was reported');
	const signers = verifyCertificate(at.genesis, hexToU8a(outcome.certificate), keys);
	ensure(signers >= 3, `a quorum signed the outcome: ${signers}`);
	say(`has the outcome, with ${signers} signatures, after ${pushed.length} pushes`);

	await until('the feed is settled', async () =>
		(await api.apis.ReportsApi.feed(feed))?.stage.type === 'Settled' || undefined);
	const record = await api.query.Markets.Outcomes.getValue(feed, 0);
	ensure(record?.agreed === 2, 'the chain keeps the outcome');
	await settled(created.block.number);
	for (const { pair } of reporters) {
		const held = await api.query.Balances.Holds.getValue(pair.address);
		ensure(held.length === 0, 'nothing of a reporter is held any more');
	}
	say('was paid, and got back what was held');
	return { market: Number(market), pushes: pushed.length, reported: 'by itself' };

	// What became of the feed by the events of the blocks since it was created.
	async function settled(from: number) {
		const { number: last } = await client.getFinalizedBlock();
		const ours = (of: { market: bigint; index: number }) => of.market === market && of.index === 0;
		let [paid, certified, rewards] = [0, 0, 0n];
		for (let number = from; number <= last; number += 1) {
			const hash = await client._request<string>('chain_getBlockHash', [number]);
			const { Markets } = api.event;
			for (const { payload } of await Markets.OutcomeCertified.get(hash)) {
				if (!ours(payload.feed)) continue;
				certified += 1;
				ensure(u8aToHex(payload.answer) === u8aToHex(TRUE), 'the event tells the answer');
			}
			for (const { payload } of await Markets.ReporterSettled.get(hash)) {
				if (!ours(payload.feed)) continue;
				paid += 1;
				ensure(payload.stake === payload.stake_back, 'the whole stake comes back');
				ensure(payload.reward > 0n, 'there is a reward');
			}
			for (const { payload } of await Markets.FeedSettled.get(hash)) {
				if (ours(payload.feed)) rewards = payload.rewards + payload.remainder;
			}
		}
		ensure(certified > 0, 'the outcome is certified on chain');
		ensure(paid === 2, 'both reporters are paid');
		ensure(rewards === REWARD, 'all of the reward went out');
	}

	// Asks for the fee, sends, and waits until it is final.
	async function send(tx: Transaction, { pair, signer }: Account) {
		ensure((await tx.getEstimatedFees(pair.address)) > 0n, 'a transaction has a fee');
		const done = await tx.signAndSubmit(signer);
		ensure(done.ok, `the chain takes it: ${JSON.stringify(done.dispatchError)}`);
		return done;
	}

	// A boolean that two people have to agree on.
	function question(secrets: { tagKey: Uint8Array; access: Uint8Array }) {
		const now = BigInt(Date.now());
		const empty = new Uint8Array();
		return {
			definition: {
				fields: [{ name: empty, field_type: Enum('Scalar', Enum('Boolean')) }],
				event: Enum('Single'),
				min_people: 2,
				max_people: 2,
				min_consensus: 2,
				consensus_rule: 666_666_667,
				consensus_mode: Enum('Final'),
				reward: REWARD,
				currency: Enum('Evt'),
				stake_factor: 1_000_000_000n,
				join_bonus: 1_000_000_000n,
				committee_size: 4,
				gate: { min_reputation: 0, min_balance: 0n, any: false },
				time_to_join: now + 120_000n,
				reporting_timestamp: undefined,
				stop_voting: { at: now + 600_000n, share: undefined, quiet: undefined },
				start_dispute_time: 0n,
				max_dispute_time: 1_000n,
				cross_validate: 100_000_000,
				visibility: Enum('Public', {
					tag_key: u8aToHex(secrets.tagKey),
					access_secret: u8aToHex(secrets.access),
				}),
				validation_fee: undefined,
				default_value: undefined,
			},
			text: {
				name: Binary.fromText('Foreign clients: polkadot-api'),
				description: Binary.fromText('Is this decoded?'),
				rules: undefined,
				categories: [Binary.fromText('Clients'), empty, empty] as [Uint8Array, Uint8Array, Uint8Array],
				location: empty,
				webhook_url: empty,
			},
		};
	}
});
