import type { SealedEntry } from '../../src/entry/sealed-entry.js';

let made = 0;

/** A sealed entry of about `payloadBytes`; every one has an id of its own. */
export function sampleEntry(fields: Partial<SealedEntry> = {}, payloadBytes = 200): SealedEntry {
  made += 1;
  const id = fields.id ?? `entry-${String(made).padStart(8, '0')}`;
  const head = `{"stage":"Decision Making","model":"m","input":{"n":${made}},"output":{"text":"`;
  const tail = '"},"explanation":"because"}';
  return {
    id,
    payload: `${head}${'x'.repeat(Math.max(0, payloadBytes - head.length - tail.length))}${tail}`,
    stage: 'Decision Making',
    orderId: undefined,
    noOrder: false,
    clientOrderId: undefined,
    symbol: undefined,
    fullExplanation: undefined,
    explanationDerived: false,
    startedMillis: 1_760_000_000_000 + made,
    endedMillis: 1_760_000_000_500 + made,
    origin: undefined,
    ...fields,
  };
}
