// SPDX-License-Identifier: Apache-2.0

import { ApiPromise, packageInfo, WsProvider } from '@polkadot/api';

export const NAME = `@polkadot/api ${packageInfo.version}`;

export async function connect(url) {
	const provider = new WsProvider(url);
	const api = await ApiPromise.create({ provider, noInitWarn: true, throwOnConnect: true });
	return { api, provider };
}

// Names as the metadata has them: the API writes pallets and calls in camel case.
export function namesOf(api) {
	const pallets = new Map(
		api.runtimeMetadata.asLatest.pallets.map((pallet) => [pallet.index.toNumber(), pallet.name.toString()]),
	);
	return {
		call: (call) => `${pallets.get(call.callIndex[0])}.${call.meta.name}`,
		event: (event) => `${pallets.get(event.index[0])}.${event.meta.name}`,
	};
}
