import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { createFileJournal } from '../../src/journal/file-journal.js';
import type { RecoveredSpan } from '../../src/journal/journal.js';
import { readEntries } from '../../src/journal/read-entries.js';
import { verifyJournal } from '../../src/journal/verify-journal.js';
import { systemClock } from '../../src/lib/clock.js';
import { filesOf, recordsOf } from './journal-lines.js';
import { HeardLog, openJournal } from './open-journal.js';
import { sampleEntry } from './sample-entry.js';
import { tempAccountFolder } from './temp-folder.js';

const TRACE = 'a'.repeat(32);
const origin = (spanId: string) => ({ traceId: TRACE, spanId, parentSpanId: undefined });
const waitingEntry = (spanId: string, fields = {}) =>
  sampleEntry({ origin: origin(spanId), waiting: true, known: `{"of":"${spanId}"}`, ...fields });

/** A journal whose process ended in order, as far as the files go. */
const opened = (folder: string, segmentBytes?: number) =>
  createFileJournal({
    folder,
    clock: systemClock,
    log: new HeardLog(),
    maxBytes: 2 ** 31,
    retentionDays: 180,
    segmentBytes,
  });

async function foundIn(folder: string) {
  const spans: RecoveredSpan[] = [];
  const next = openJournal(folder, { onWaiting: (found) => spans.push(...found) });
  await next.journal.recoverNow();
  return { spans: spans.toSorted((a, b) => (a.spanId < b.spanId ? -1 : 1)), ...next };
}

async function statesIn(folder: string): Promise<string[]> {
  const states: string[] = [];
  for await (const { entry, state } of readEntries(folder))
    states.push(`${entry.origin?.spanId} ${state} ${entry.orderId ?? '-'}`);
  return states;
}

test('a trace comes back with every span that the files tell of, and only those that still wait are open', async () => {
  const folder = tempAccountFolder();
  const journal = opened(folder);
  const slots = ['1', '2', '3', '4'].map((id) => journal.append(waitingEntry(id)) ?? -1);
  journal.append(sampleEntry({ origin: { ...origin('9'), traceId: 'b'.repeat(32) } }));
  journal.keepSpan({ traceId: TRACE, spanId: '5', known: '{"of":"5"}' });
  journal.keepSpan({ traceId: 'b'.repeat(32), spanId: '6', known: '{"of":"6"}' });
  journal.keepSpan({ traceId: TRACE, spanId: '1', namedOrderId: '77' });
  journal.appendClosed(sampleEntry({ origin: origin('7'), known: '{"of":"7"}' }), {
    state: 'invalid',
    reason: 'test',
  });
  journal.link(slots[1] ?? -1, '42', 'test');
  journal.closed(slots[2] ?? -1, { state: 'skipped', reason: 'wrapper' });
  await journal.close();
  expect(await statesIn(folder)).toEqual([
    '1 waiting -',
    '2 pending 42',
    '3 skipped -',
    '4 waiting -',
    '9 pending -',
    '7 invalid -',
  ]);
  expect((await verifyJournal(folder)).problems).toEqual([]);

  const { spans, recovered, journal: next } = await foundIn(folder);
  expect(recovered.map(({ slot }) => next.read(slot)?.origin?.spanId)).toEqual(['2', '9']);
  expect(
    spans.map(({ spanId, known, namedOrderId, decided, waiting }) => [
      spanId,
      known,
      namedOrderId,
      decided,
      waiting.length,
    ]),
  ).toEqual([
    ['1', { of: '1' }, '77', undefined, 1],
    ['2', { of: '2' }, undefined, 'sent', 0],
    ['3', { of: '3' }, undefined, 'dropped', 0],
    ['4', { of: '4' }, undefined, undefined, 1],
    ['5', { of: '5' }, undefined, undefined, 0],
    ['7', { of: '7' }, undefined, undefined, 0],
  ]);
  expect(spans[0]?.waiting[0]?.entry).toEqual(next.read(spans[0]?.waiting[0]?.slot ?? -1));
});

test('an amended entry is one entry, also when its file was full in between', async () => {
  for (const segmentBytes of [undefined, 1_000]) {
    const folder = tempAccountFolder();
    const journal = opened(folder, segmentBytes);
    const entry = waitingEntry('1');
    const slot = journal.append(entry) ?? -1;
    journal.append(waitingEntry('2', { payload: `{"a":"${'x'.repeat(2_000)}"}` }));
    const amended = { ...entry, waiting: undefined, orderId: '42', payload: '{"a":"lent"}' };
    journal.amend(slot, amended);
    // In the same turn, as a kill would leave it.
    expect(filesOf(folder)).toHaveLength(segmentBytes === undefined ? 1 : 2);
    expect(await statesIn(folder)).toEqual(['2 waiting -', '1 pending 42']);
    expect(journal.read(slot)).toMatchObject({ payload: '{"a":"lent"}', orderId: '42' });
    await journal.close();
    const { spans, recovered, journal: next } = await foundIn(folder);
    expect(recovered.map(({ slot: one }) => next.read(one)?.payload)).toEqual(['{"a":"lent"}']);
    expect(spans.map(({ spanId, decided }) => [spanId, decided])).toEqual([
      ['1', 'sent'],
      ['2', undefined],
    ]);
    expect((await verifyJournal(folder)).problems).toEqual([]);
  }
});

test('an amended line stands on disk when amend returns, with the order in it', async () => {
  const folder = tempAccountFolder();
  const journal = opened(folder);
  const entry = waitingEntry('1');
  const slot = journal.append(entry) ?? -1;
  journal.amend(slot, { ...entry, waiting: undefined, orderId: '42' });
  const [file = ''] = filesOf(folder);
  expect(readFileSync(file, 'utf8')).toContain('"orderId":"42"');
  expect(recordsOf(file).at(-1)).toMatchObject({ kind: 'entry', orderId: '42', replaces: 1 });
  await journal.close();
});

test('the order behind a client order id is found in a trace of which nothing waits', async () => {
  const folder = tempAccountFolder();
  const journal = opened(folder);
  const elsewhere = (spanId: string) => ({ ...origin(spanId), traceId: 'b'.repeat(32) });
  journal.append(waitingEntry('1', { clientOrderId: 'c-1' }));
  const sent = waitingEntry('2', { clientOrderId: 'c-1', orderId: '42', origin: elsewhere('2') });
  journal.released(journal.append(sent) ?? -1);
  journal.append(sampleEntry({ clientOrderId: 'c-2', origin: elsewhere('3') }));
  journal.keepSpan({ traceId: 'c'.repeat(32), spanId: '4', known: '{"of":"4","clientOrderId":"c-1"}' });
  await journal.close();
  const { spans } = await foundIn(folder);
  expect(spans.map(({ spanId, decided, waiting }) => [spanId, decided, waiting.length])).toEqual([
    ['1', undefined, 1],
    ['2', 'sent', 0],
    ['4', undefined, 0],
  ]);
});
