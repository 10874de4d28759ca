import { join } from 'node:path';
import type { WeexEmulator } from 'opentelemetry-exporter-weex/emulator';
import type { WeexOptions } from '../../../src/config/settings.js';
import { readEntries } from '../../../src/journal/read-entries.js';
import { Bot } from './bot.js';

/** How often the emulator took each decision. */
export function timesTaken(weex: WeexEmulator): Map<string, number> {
  const times = new Map<string, number>();
  for (const { input } of weex.logs()) {
    const id = String(input['id']);
    times.set(id, (times.get(id) ?? 0) + 1);
  }
  return times;
}

export interface Balance {
  /** Told by the bots, and not at the emulator. */
  readonly lost: readonly string[];
  /** Taken more than once. */
  readonly twice: readonly string[];
  /** Taken more often than the journal has attempts begun, or without a receipt that says so. */
  readonly unexplained: readonly string[];
  /** Entries in the journal that are not delivered. */
  readonly left: readonly string[];
}

/** Compares what bots had ended, what the emulator took, and what the journal says about it. */
export async function balance(
  weex: WeexEmulator,
  ended: Iterable<string>,
  journalFolder: string,
): Promise<Balance> {
  const times = timesTaken(weex);
  const unexplained: string[] = [];
  const left: string[] = [];
  for await (const { entry, state, begun, receipt } of readEntries(journalFolder)) {
    const { id } = JSON.parse(entry.payload).input;
    if (state !== 'delivered') left.push(`${id} is ${state}`);
    const taken = times.get(id) ?? 0;
    if (taken > 1 && (begun < taken || receipt?.possibleDuplicate !== true)) {
      unexplained.push(`${id} was taken ${taken} times, with ${begun} attempts in the journal`);
    }
  }
  return {
    lost: [...ended].filter((id) => !times.has(id)),
    twice: [...times].filter(([, count]) => count > 1).map(([id]) => id),
    unexplained,
    left,
  };
}

/** Starts a bot on the journal that others left, and waits until everything is at the emulator. */
export async function deliverTheRest(
  weex: WeexEmulator,
  settings: WeexOptions,
  ended: readonly string[],
  timeoutMillis = 15_000,
): Promise<Balance> {
  const last = new Bot('obedient.mjs', settings);
  await last.reported('begins');
  try {
    return await settledBalance(weex, settings, ended, timeoutMillis);
  } finally {
    last.say('shutdown');
    await last.ended;
  }
}

/** The balance once nothing is missing, or as it is after the time. */
export async function settledBalance(
  weex: WeexEmulator,
  { journalDir = '', account = '' }: WeexOptions,
  ended: readonly string[],
  timeoutMillis = 15_000,
): Promise<Balance> {
  const deadline = performance.now() + timeoutMillis;
  for (;;) {
    const now = await balance(weex, ended, join(journalDir, account));
    const isOver = now.lost.length === 0 && now.left.length === 0;
    if (isOver || performance.now() > deadline) return now;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
