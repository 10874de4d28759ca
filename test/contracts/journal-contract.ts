import { afterEach, describe, expect, test } from 'vitest';
import type { AttemptRecord, Journal, WeexReceipt } from '../../src/journal/journal.js';
import { sampleEntry } from '../journal/sample-entry.js';

const receiptOf = (entryId: string, orderId?: string): WeexReceipt => ({
  entryId,
  code: '00000',
  msg: 'success',
  requestTime: 1_760_000_001_000,
  acceptedAt: 1_760_000_001_001,
  attempts: 1,
  possibleDuplicate: false,
  ...(orderId === undefined ? {} : { orderId }),
});

const failed: AttemptRecord = {
  attempt: 1,
  atMillis: 1_760_000_001_000,
  durationMillis: 12,
  disposition: 'retry',
  httpStatus: undefined,
  weexCode: undefined,
  reason: 'ECONNRESET',
  uncertain: true,
};

/** What every journal does. `make` gives a fresh, empty one that the suite closes. */
export function journalContract(name: string, make: () => Promise<Journal>): void {
  describe(`${name}, as a journal`, () => {
    const opened: Journal[] = [];
    const open = async (): Promise<Journal> => {
      const journal = await make();
      opened.push(journal);
      return journal;
    };
    const keep = (journal: Journal, entry = sampleEntry()) => {
      const slot = journal.append(entry);
      if (slot === undefined) throw new Error('the entry was lost');
      return slot;
    };
    afterEach(async () => {
      for (const journal of opened.splice(0)) await journal.close();
    });

    test('an appended entry reads back exactly', async () => {
      const journal = await open();
      const entries = [
        sampleEntry(),
        sampleEntry({ orderId: '596471064624628269', symbol: 'BTCUSDT', clientOrderId: 'c-1' }),
        sampleEntry({
          noOrder: true,
          explanationDerived: true,
          fullExplanation: 'line\none "quoted" \u2028 😀',
        }),
        sampleEntry({
          origin: { traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), parentSpanId: 'c'.repeat(16) },
          startedMillis: 0,
        }),
        sampleEntry({ origin: { traceId: 'a'.repeat(32), spanId: 'd'.repeat(16), parentSpanId: undefined } }),
        sampleEntry({ payload: '{"id":123456789012345678, "text":"日本 \\ud83d \\" \u2028"}' }),
        sampleEntry({ payload: '{\n  "input": {\n    "a": 1\r\n  }\n}' }),
      ];
      const slots = entries.map((entry) => keep(journal, entry));
      expect(new Set(slots).size).toBe(entries.length);
      expect(slots.map((slot) => journal.read(slot))).toEqual(entries);
    });

    test('an entry reads back with the order id linked since, and nothing else changed', async () => {
      const journal = await open();
      const entry = sampleEntry();
      const slot = keep(journal, entry);
      journal.link(slot, '596471064624628269', 'nearest order below the same span');
      expect(journal.read(slot)).toEqual({ ...entry, orderId: '596471064624628269' });
      expect(entry.orderId).toBeUndefined();
    });

    test('an attempt that begins and fails leaves the entry open', async () => {
      const journal = await open();
      const entry = sampleEntry();
      const slot = keep(journal, entry);
      journal.sending(slot);
      journal.attempted(slot, failed);
      expect(journal.isLost(slot)).toBe(false);
      expect(journal.read(slot)).toEqual(entry);
    });

    test('an accepted, rejected or closed entry is no longer open', async () => {
      const journal = await open();
      const [accepted, rejected] = [sampleEntry(), sampleEntry()];
      const [first, second, third] = [keep(journal, accepted), keep(journal, rejected), keep(journal)];
      journal.closed(third, { state: 'skipped', reason: 'covered by another entry' });
      expect(journal.read(third)).toBeUndefined();
      journal.accepted(first, receiptOf(accepted.id));
      journal.rejected(second, { httpStatus: 400, weexCode: '40020', reason: 'wrong' });
      expect(journal.read(first)).toBeUndefined();
      expect(journal.read(second)).toBeUndefined();
    });

    test('slots stay dense: a closed one is used again', async () => {
      const journal = await open();
      for (let round = 0; round < 200; round += 1) {
        const entry = sampleEntry();
        const slot = keep(journal, entry);
        expect(slot).toBeLessThan(8);
        expect(journal.read(slot)).toEqual(entry);
        journal.accepted(slot, receiptOf(entry.id));
      }
    });

    test('the last order id of a closed slot does not stick to the next entry there', async () => {
      const journal = await open();
      const first = sampleEntry();
      const slot = keep(journal, first);
      journal.link(slot, '42', 'test');
      journal.accepted(slot, receiptOf(first.id, '42'));
      const next = sampleEntry();
      expect(journal.read(keep(journal, next))).toEqual(next);
    });

    test('entries that will not be sent are taken, and use no slot', async () => {
      const journal = await open();
      expect(journal.appendClosed(sampleEntry(), { state: 'invalid', reason: 'no model' })).toBe(true);
      expect(journal.appendClosed(sampleEntry(), { state: 'skipped', reason: 'repeat' })).toBe(true);
      const entry = sampleEntry();
      expect(journal.read(keep(journal, entry))).toEqual(entry);
    });

    test('what is no order id is not linked', async () => {
      const journal = await open();
      const entry = sampleEntry();
      const slot = keep(journal, entry);
      for (const wrong of ['', '0', '-1', '1e3', 'none', '9223372036854775808']) {
        journal.link(slot, wrong, 'test');
        expect(journal.read(slot)).toEqual(entry);
      }
      journal.link(slot, '9223372036854775807', 'test');
      expect(journal.read(slot)?.orderId).toBe('9223372036854775807');
    });

    test('an entry that waits reads back with what is known of its span, and released changes nothing else', async () => {
      const journal = await open();
      const entry = sampleEntry({
        waiting: true,
        keptBack: true,
        recordOnly: true,
        known: '{"role":"entry","path":["a"]}',
      });
      const slot = keep(journal, entry);
      expect(journal.read(slot)).toEqual(entry);
      journal.released(slot);
      expect(journal.read(slot)).toEqual({ ...entry, waiting: journal.read(slot)?.waiting });
    });

    test('an amended entry reads back as amended, with an order linked before or after', async () => {
      const journal = await open();
      const [before, after] = [sampleEntry({ waiting: true }), sampleEntry({ waiting: true })];
      const [first, second] = [keep(journal, before), keep(journal, after)];
      const amended = (entry: typeof before) => sampleEntry({ id: entry.id, symbol: 'BTCUSDT' });
      const [one, other] = [amended(before), amended(after)];
      journal.link(first, '41', 'test');
      journal.amend(first, { ...one, orderId: '41' });
      journal.amend(second, other);
      journal.link(second, '42', 'test');
      expect(journal.read(first)).toEqual({ ...one, orderId: '41' });
      expect(journal.read(second)).toEqual({ ...other, orderId: '42' });
      journal.accepted(first, receiptOf(one.id, '41'));
      journal.closed(second, { state: 'skipped', reason: 'filter' });
      expect(journal.read(first)).toBeUndefined();
      expect(journal.read(second)).toBeUndefined();
    });

    test('what a span says is taken at any time, and uses no slot', async () => {
      const journal = await open();
      const entry = sampleEntry();
      const slot = keep(journal, entry);
      journal.keepSpan({ traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), known: '{"role":"tool"}' });
      journal.keepSpan({ traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), namedOrderId: '42' });
      expect(journal.read(slot)).toEqual(entry);
      await journal.close();
      journal.keepSpan({ traceId: 'a'.repeat(32), spanId: 'b'.repeat(16) });
    });

    test('slots that are not open are ignored everywhere', async () => {
      const journal = await open();
      const entry = sampleEntry();
      const slot = keep(journal, entry);
      journal.accepted(slot, receiptOf(entry.id));
      for (const wrong of [slot, slot + 1_000, -1]) {
        journal.link(wrong, '1', 'test');
        journal.sending(wrong);
        journal.released(wrong);
        journal.amend(wrong, entry);
        journal.attempted(wrong, failed);
        journal.closed(wrong, { state: 'settled', reason: 'test' });
        expect(journal.isLost(wrong)).toBe(false);
        journal.accepted(wrong, receiptOf('nobody'));
        journal.rejected(wrong, { httpStatus: undefined, weexCode: undefined, reason: 'test' });
        expect(journal.read(wrong)).toBeUndefined();
      }
      const [second, third] = [keep(journal), keep(journal)];
      expect(second).not.toBe(third);
    });

    test('pauses and resumptions are taken at any time', async () => {
      const journal = await open();
      journal.resumed(1);
      journal.paused({ sinceMillis: 2, reason: 'key', weexCode: '40006' });
      journal.paused({ sinceMillis: 2, reason: 'key', weexCode: '40006' });
      journal.resumed(3);
      await journal.sync();
      expect(journal.liveProcesses()).toBeGreaterThanOrEqual(1);
    });

    test('sync and close resolve, together and again', async () => {
      const journal = await open();
      keep(journal);
      await Promise.all([journal.sync(), journal.sync(), journal.close(), journal.close()]);
      await journal.sync();
      await journal.close();
    });

    test('a closed journal takes nothing and says so', async () => {
      const journal = await open();
      await journal.close();
      expect(journal.append(sampleEntry())).toBeUndefined();
      expect(journal.appendClosed(sampleEntry(), { state: 'invalid', reason: 'late' })).toBe(false);
    });
  });
}
