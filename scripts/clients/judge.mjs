// SPDX-License-Identifier: Apache-2.0
//
// What all judges written in JavaScript share: how they count, wait, and tell.

import { writeFileSync } from 'node:fs';

export const EVT = 1_000_000_000_000n;

// Counts by name.
export class Tally {
	constructor() {
		this.names = {};
	}

	add(name, count = 1) {
		this.names[name] = (this.names[name] ?? 0) + count;
	}
}

export function ensure(holds, what) {
	if (!holds) throw new Error(`it does not hold that ${what}`);
}

/**
 * Asks again and again until the answer is not undefined.
 * @template T
 * @param {string} what
 * @param {() => Promise<T | undefined> | T | undefined} ask
 * @param {number} seconds
 * @returns {Promise<NonNullable<T>>}
 */
export async function until(what, ask, seconds = 120) {
	const end = Date.now() + seconds * 1000;
	for (;;) {
		const answer = await ask();
		if (answer !== undefined) return answer;
		if (Date.now() > end) throw new Error(`waited ${seconds} s until ${what}`);
		await new Promise((resolve) => setTimeout(resolve, 500));
	}
}

// Runs a judge; what it answers goes to the file, and its process ends.
export async function run(name, out, judge) {
	const started = Date.now();
	try {
		const found = await judge((step) => console.log(`${name}: ${step}`));
		const seconds = (Date.now() - started) / 1000;
		writeFileSync(out, JSON.stringify({ client: name, seconds, ...found }, null, 1));
		console.log(`${name}: done in ${seconds.toFixed(1)} s`);
		process.exit(0);
	} catch (error) {
		console.error(`${name}: FAILED:`, error);
		process.exit(1);
	}
}
