import { expect, test } from 'vitest';
import type { SealedEntry } from '../../src/entry/sealed-entry.js';
import { entryOf, readLineFields } from '../../src/journal/entry-line.js';
import { CHAIN_START, LineEncoder } from '../../src/journal/line-encoder.js';
import * as records from '../../src/journal/records.js';
import { SegmentScan, scanFile } from '../../src/journal/segment-scan.js';
import { sampleEntry } from './sample-entry.js';

type Line = Pick<records.UnplacedRecord, 'kind' | 'fields'>;

const opened: Line = { kind: 'open', fields: ',"format":1' };
const entryLine = (entry: SealedEntry): Line => ({ kind: 'entry', fields: records.entryFields(entry) });
const receipt = { entryId: 'x', code: '0', msg: 'ok', acceptedAt: 1, attempts: 1, possibleDuplicate: false };
const acceptedLine = (seq: number): Line => ({
  kind: 'accepted',
  fields: records.acceptedFields(seq, receipt),
});

/** Chained lines as they stand in a file. */
function linesOf(lines: readonly Line[]): Buffer[] {
  const encoder = new LineEncoder();
  let place = CHAIN_START;
  return lines.map((line) => {
    encoder.clear();
    place = encoder.add({ ...line, atMillis: 1_760_000_000_000 }, place);
    return Buffer.from(encoder.bytes.subarray(0, encoder.length));
  });
}

const fileOf = (content: Buffer, readAtMost = content.length) => ({
  readLater: async (_fd: number, into: Buffer, length: number, position: number) =>
    content.copy(into, 0, position, Math.min(content.length, position + Math.min(length, readAtMost))),
  size: () => content.length,
});

const scan = (content: Buffer, readAtMost?: number): Promise<SegmentScan> =>
  scanFile(fileOf(content, readAtMost), 0);

/** The same in one piece and without a file, for tests that scan thousands of variants. */
function scanAtOnce(content: Buffer): SegmentScan {
  const found = new SegmentScan();
  const bounds: number[] = [];
  let from = 0;
  for (let at = content.indexOf(10); at >= 0; at = content.indexOf(10, from)) {
    bounds.push(from, at);
    from = at + 1;
  }
  const torn = from < content.length;
  if (torn) bounds.push(from, content.length);
  found.chunk({ bytes: content, bounds, offset: 0, skippedLine: false, torn });
  return found;
}

/** The entries that a scan finds open, read from where it says they are. */
function leftIn(content: Buffer, found: SegmentScan): SealedEntry[] {
  return [...found.entries.left()].map(({ offset, length, orderId }) => {
    const line = readLineFields(content.subarray(offset, offset + length));
    const entry = line === undefined ? undefined : entryOf(line);
    if (entry === undefined) throw new Error('no entry stands where the scan says');
    return orderId === undefined ? entry : { ...entry, orderId };
  });
}

const [first, second, third] = [
  sampleEntry(),
  sampleEntry({ orderId: '77', fullExplanation: 'x\ny' }),
  sampleEntry({ clientOrderId: '"', noOrder: true }),
];
const small: readonly Line[] = [
  opened,
  entryLine(first),
  entryLine(second),
  { kind: 'sending', fields: records.referenceFields(1) },
  { kind: 'link', fields: records.linkFields(1, '42', 'r') },
  acceptedLine(2),
  entryLine(third),
  { kind: 'close', fields: '' },
];

test('a whole file is read alike, however the disk cuts it into pieces', async () => {
  const content = Buffer.concat(linesOf(small));
  for (const readAtMost of [1, 7, 64, 1_000, 1_000_000]) {
    const found = await scan(content, readAtMost);
    expect(leftIn(content, found)).toEqual([{ ...first, orderId: '42' }, third]);
    expect(found).toMatchObject({ damagedLines: 0, torn: false, endedInOrder: true, size: content.length });
    expect(found.place.seq).toBe(small.length);
  }
});

test('lines longer than a read are read, and longer ones than any record are skipped', async () => {
  const big = sampleEntry({}, 700_000);
  const [open, entry] = linesOf([opened, entryLine(big)]);
  const foreign = Buffer.from(`${'z'.repeat(records.MAX_LINE_BYTES + 600_000)}\n`);
  const content = Buffer.concat([open ?? foreign, foreign, entry ?? foreign]);
  const found = await scan(content);
  expect(leftIn(content, found)).toEqual([big]);
  expect(found.damagedLines).toBe(1);
});

test('a file cut at any byte gives what stood whole before the cut, and only that', () => {
  const lines = linesOf(small);
  const content = Buffer.concat(lines);
  const ends = lines.map((_, index) => Buffer.concat(lines.slice(0, index + 1)).length);
  for (let cut = 0; cut <= content.length; cut += 1) {
    const found = scanAtOnce(content.subarray(0, cut));
    // A line that lacks nothing but its newline is whole.
    const whole = ends.filter((end) => end - 1 <= cut).length;
    const expected: SealedEntry[] = [];
    if (whole > 1) expected.push(whole > 4 ? { ...first, orderId: '42' } : first);
    if (whole > 2 && whole <= 5) expected.push(second);
    if (whole > 6) expected.push(third);
    expect(leftIn(content, found), `cut at ${cut}`).toEqual(expected);
    expect(found.place.seq).toBe(whole);
    expect(found.torn).toBe(cut > 0 && content[cut - 1] !== 10);
  }
});

test('one changed byte anywhere loses at most the lines it stands in, and never changes or invents an entry', () => {
  const lines = linesOf(small);
  const content = Buffer.concat(lines);
  const known = [first, { ...first, orderId: '42' }, second, third].map((entry) => JSON.stringify(entry));
  let lineIndex = 0;
  let lineEnd = lines[0]?.length ?? 0;
  for (let at = 0; at < content.length; at += 1) {
    if (at >= lineEnd) {
      lineIndex += 1;
      lineEnd += lines[lineIndex]?.length ?? 0;
    }
    for (const flip of [1, 0xa0]) {
      const changed = Buffer.from(content);
      changed[at] = (changed[at] ?? 0) ^ flip;
      const found = scanAtOnce(changed);
      const left = leftIn(changed, found);
      for (const entry of left)
        expect(known, `byte ${at} of line ${lineIndex}`).toContain(JSON.stringify(entry));
      expect(found.damagedLines, `byte ${at} of line ${lineIndex}`).toBeGreaterThan(0);
      const ids = left.map(({ id }) => id);
      const isNewline = content[at] === 10;
      const hit = new Set(isNewline ? [lineIndex, lineIndex + 1] : [lineIndex]);
      if (!hit.has(1)) expect(ids).toContain(first.id);
      if (!hit.has(6)) expect(ids).toContain(third.id);
      if (!hit.has(5)) expect(ids).not.toContain(second.id);
    }
  }
});

test('an entry that was edited with a right checksum is not sent: the next line does not fit', async () => {
  const lines = linesOf(small);
  const forged = new LineEncoder();
  const prev = /"prev":"([0-9a-f]{64})"/.exec(lines[1]?.toString() ?? '')?.[1] ?? '';
  const edited = sampleEntry({ id: first.id, payload: '{"stage":"other"}' });
  forged.add({ ...entryLine(edited), atMillis: 1_760_000_000_000 }, { seq: 1, prev });
  lines[1] = Buffer.from(forged.bytes.subarray(0, forged.length));
  const content = Buffer.concat(lines);
  const found = await scan(content);
  expect(leftIn(content, found)).toEqual([third]);
  expect(found.damagedLines).toBe(1);
});

test('removed lines are noticed, and what stays is still sent', async () => {
  const lines = linesOf(small);
  const content = Buffer.concat(lines.filter((_, index) => index !== 2));
  const found = await scan(content);
  expect(leftIn(content, found)).toEqual([{ ...first, orderId: '42' }, third]);
  expect(found.damagedLines).toBe(1);
});

test('an entry whose write failed although it landed is void once its number is used again', async () => {
  const encoder = new LineEncoder();
  let place = encoder.add({ ...opened, atMillis: 1 }, CHAIN_START);
  encoder.add({ ...entryLine(first), atMillis: 1 }, place);
  encoder.newline();
  place = encoder.add({ ...entryLine(second), atMillis: 1 }, place);
  encoder.add({ ...entryLine(third), atMillis: 1 }, place);
  const content = Buffer.from(encoder.bytes.subarray(0, encoder.length));
  const found = await scan(content);
  expect(leftIn(content, found)).toEqual([second, third]);
  expect(found.damagedLines).toBe(0);
});

test('lines that somebody copied to the end open nothing again', async () => {
  const lines = linesOf(small);
  for (let copied = 1; copied <= lines.length; copied += 1) {
    const content = Buffer.concat([...lines, ...lines.slice(0, copied)]);
    const found = await scan(content);
    expect(leftIn(content, found).map(({ id }) => id)).toEqual([first.id, third.id]);
  }
});

test('zeros and other rubbish after a power cut are skipped', async () => {
  const lines = linesOf(small);
  const rubbish = [
    Buffer.alloc(4_096),
    Buffer.from('\n\n\n'),
    Buffer.from('{"kind":"entry"}\n'),
    Buffer.from('{"kind":"accepted","seq":9,"at":1,"prev":"","entry":1,"crc":"00000000"}\n'),
    Buffer.from([0xff, 0xfe, 10, 0xc3]),
    Buffer.from('null\n[]\n"x"\n'),
  ];
  for (const junk of rubbish) {
    const content = Buffer.concat([...lines, junk]);
    const found = await scan(content);
    expect(leftIn(content, found).map(({ id }) => id)).toEqual([first.id, third.id]);
  }
});

test('attempts are counted whether their begin, their end or both are on disk', async () => {
  const failed = {
    attempt: 1,
    atMillis: 1,
    durationMillis: 1,
    disposition: 'retry',
    httpStatus: undefined,
    weexCode: undefined,
    reason: 'r "uncertain":true',
    uncertain: false,
  } as const;
  const attempt = (seq: number, uncertain: boolean): Line => ({
    kind: 'attempt',
    fields: records.attemptFields(seq, { ...failed, uncertain }),
  });
  const sending = (seq: number): Line => ({ kind: 'sending', fields: records.referenceFields(seq) });
  const content = Buffer.concat(
    linesOf([
      opened,
      ...[sampleEntry(), sampleEntry(), sampleEntry(), sampleEntry()].map(entryLine),
      sending(1),
      attempt(1, false),
      sending(2),
      attempt(3, true),
      attempt(3, false),
      sending(3),
      attempt(3, false),
    ]),
  );
  const found = await scan(content);
  expect([...found.entries.left()].map(({ attempts, uncertain }) => ({ attempts, uncertain }))).toEqual([
    { attempts: 1, uncertain: false },
    { attempts: 1, uncertain: true },
    { attempts: 3, uncertain: true },
    { attempts: 0, uncertain: false },
  ]);
});

test('a record about an entry that is not there changes nothing', async () => {
  const content = Buffer.concat(
    linesOf([opened, acceptedLine(7), acceptedLine(4_000_000_000), acceptedLine(0), entryLine(first)]),
  );
  expect(leftIn(content, await scan(content))).toEqual([first]);
});
