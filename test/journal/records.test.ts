import { expect, test } from 'vitest';
import type { SealedEntry } from '../../src/entry/sealed-entry.js';
import { entryOf, readLineFields } from '../../src/journal/entry-line.js';
import { CHAIN_START, LineEncoder } from '../../src/journal/line-encoder.js';
import { readRecord } from '../../src/journal/read-journal.js';
import { entryFields, factFields, MAX_RECORD_BYTES } from '../../src/journal/records.js';
import { newBase, parseArchivedFile, parseSegmentFile } from '../../src/journal/segment-name.js';
import { sampleEntry } from './sample-entry.js';

function lineOf(entry: SealedEntry): Buffer {
  const encoder = new LineEncoder();
  encoder.add({ kind: 'entry', atMillis: 1, fields: entryFields(entry) }, CHAIN_START);
  return Buffer.from(encoder.bytes.subarray(0, encoder.length - 1));
}

const backFrom = (line: Buffer): SealedEntry | undefined => {
  const fields = readLineFields(line);
  return fields === undefined ? undefined : entryOf(fields);
};

const texts = [
  '',
  'plain',
  '"',
  '\\',
  '\\"',
  '\n',
  '\u0000',
  '\u2028',
  '日本',
  '😀',
  '\ud83d',
  ',"payload":',
  ',"crc":"',
];

test.each(texts)('text %j comes back from every field', (text) => {
  const entry = sampleEntry({
    id: `id${text}`,
    stage: text,
    clientOrderId: text,
    symbol: text,
    fullExplanation: text,
    payload: `{"t":${JSON.stringify(text)}, "${text === '' ? 'x' : 'y'}" : 1e400}`,
    origin: { traceId: text, spanId: text, parentSpanId: text },
  });
  expect(backFrom(lineOf(entry))).toEqual(entry);
});

test('a line is one line of valid JSON, whatever the payload’s own line breaks', () => {
  for (const payload of ['{\n}', '{\r\n"a":1}', '{\r}', '{"a":"\u2028"}']) {
    const text = lineOf(sampleEntry({ payload })).toString();
    expect(text).not.toContain('\n');
    const record = JSON.parse(text);
    expect([JSON.parse(payload), payload]).toContainEqual(record.payload ?? record.payloadText);
  }
});

test('a record stays within its bound: a huge explanation is cut, and never inside a character', () => {
  for (const letter of ['a', '\u0001', '😀']) {
    const payload = `{"t":"${'\\"'.repeat(100_000)}"}`;
    const entry = sampleEntry({ payload, fullExplanation: `b${letter.repeat(900_000)}` });
    const line = lineOf(entry);
    expect(line.length).toBeLessThan(MAX_RECORD_BYTES);
    const back = backFrom(line);
    expect(back?.payload).toBe(payload);
    expect(back?.fullExplanation).toMatch(/ \[cut\]$/);
    expect(Buffer.from(back?.fullExplanation ?? '').toString()).toBe(back?.fullExplanation);
    expect(back?.fullExplanation).not.toContain('\ufffd');
  }
});

test('times that are no times become 0, and never break a line', () => {
  for (const wrong of [Number.NaN, Number.POSITIVE_INFINITY, -5]) {
    const line = lineOf(sampleEntry({ startedMillis: wrong, endedMillis: 1.9 }));
    expect(JSON.parse(line.toString())).toMatchObject({ end: 1 });
    expect(backFrom(line)).toMatchObject({ startedMillis: 0, endedMillis: 1 });
  }
});

test('facts that are not JSON-safe are left out, the rest is kept', () => {
  const cycle: Record<string, unknown> = {};
  cycle['self'] = cycle;
  const fields = factFields({ good: 1, cycle, big: 1n, none: undefined, run: () => 1, '"': 'x' });
  expect(JSON.parse(`{"a":0${fields}}`)).toEqual({ a: 0, good: 1, '"': 'x' });
});

test('a line with any other checksum is no record', () => {
  const line = lineOf(sampleEntry());
  expect(readRecord(line)?.kind).toBe('entry');
  for (const at of [0, 30, line.length - 20, line.length - 3, line.length - 1]) {
    const changed = Buffer.from(line);
    changed[at] = (changed[at] ?? 0) ^ 1;
    expect(readRecord(changed)).toBeUndefined();
  }
});

test('names sort by time, whatever the clock says', () => {
  const times = [-1, 0, 1_700_000_000_000, 1_800_000_000_000, 8e15, Number.NaN];
  const names = times.map((time) => newBase(time, 'aaaaaaaaaaaa', 1));
  for (const base of names)
    expect(parseSegmentFile(`${base}.bbbbbbbbbbbb.jsonl`)).toEqual({ base, owner: 'bbbbbbbbbbbb' });
  expect([...names.slice(0, 5)].sort()).toEqual(names.slice(0, 5));
});

test('only our own names are ours', () => {
  const base = newBase(0, 'aaaaaaaaaaaa', 10_000);
  for (const other of [
    '',
    'x.jsonl',
    `${base}.jsonl`,
    `${base}.bbb.jsonl`,
    `${base}.bbbbbbbbbbbb.jsonl.bak`,
    `a${base}.bbbbbbbbbbbb.jsonl`,
  ]) {
    expect(parseSegmentFile(other)).toBeUndefined();
  }
  expect(parseArchivedFile(`${base}.jsonl`)).toEqual({ base, marks: [] });
  expect(parseArchivedFile(`${base}.orders.damaged.jsonl`)).toEqual({ base, marks: ['orders', 'damaged'] });
  expect(parseArchivedFile(`${base}.other.jsonl`)).toBeUndefined();
});
