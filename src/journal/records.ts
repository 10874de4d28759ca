import type { SealedEntry } from '../entry/sealed-entry';
import type { AttemptRecord, KeptSpan, PauseRecord, Rejection, WeexReceipt } from './journal';

/**
 * The lines of a journal file, one JSON object each:
 *
 *   {"kind":"entry","seq":7,"at":1760000000123,"prev":"<sha-256 of the line before>", ... ,"crc":"1a2b3c4d"}
 *
 * `kind`, `seq`, `at`, `prev` come first and `crc` (CRC-32 of all that stands before it) last, always, so that
 * recovery can read a line by its first bytes. A record about an entry of the same file names its `seq` first:
 * `"entry":7`. An entry's `payload` is the last but `crc`, so that delivery can cut it out unparsed.
 */
export const FORMAT_VERSION = 1;

/** `prev` of the first line of a file. */
export const NO_HASH = '0'.repeat(64);

export const RECORD_KINDS = [
  'open',
  'entry',
  'span',
  'link',
  'released',
  'skip',
  'sending',
  'attempt',
  'accepted',
  'rejected',
  'invalid',
  'paused',
  'resumed',
  'settled',
  'moved',
  'claim',
  'note',
  'close',
] as const;

export type RecordKind = (typeof RECORD_KINDS)[number];

/** A record before it gets its place in a file: the rest comes with the write. */
export interface UnplacedRecord {
  readonly kind: RecordKind;
  readonly atMillis: number;
  /** What stands between `prev` and `crc`, starting with a comma; may be empty. */
  readonly fields: string;
  /** The text of a payload that stands behind the other fields. Apart, so that nobody has to copy it to join them. */
  readonly payload?: string | undefined;
}

/** The most that a record takes; the whole explanation is cut to keep to it. */
export const MAX_RECORD_BYTES = 1_048_576;
/** Longer lines are not ours. Above `MAX_RECORD_BYTES`, for a record is never lost over a few bytes. */
export const MAX_LINE_BYTES = 8 * 1_048_576;

export const PAYLOAD_MARK = ',"payload":';
export const CRC_MARK = ',"crc":"';
/** `,"crc":"1a2b3c4d"}` */
export const CRC_TAIL_BYTES = 18;

/** A time as digits and nothing else, whatever a clock or a span says. */
export function wholeMillis(millis: number): number {
  const whole = Math.floor(millis);
  return Number.isSafeInteger(whole) && whole > 0 ? whole : 0;
}

const text = (name: string, value: string | undefined): string =>
  value === undefined ? '' : `,"${name}":${JSON.stringify(value)}`;

/** Ids are nearly always of these characters, and then are JSON as they stand. */
const PLAIN = /^[\w.-]*$/;

const idText = (name: string, id: string | undefined): string =>
  id !== undefined && PLAIN.test(id) ? `,"${name}":"${id}"` : text(name, id);

const number = (name: string, value: number | undefined): string =>
  value === undefined || !Number.isFinite(value) ? '' : `,"${name}":${value}`;

const flag = (name: string, value: boolean): string => (value ? `,"${name}":true` : '');

/**
 * What an entry's line holds. `replaces`: it stands for the entry of that number in the same file. A payload that
 * spans lines (a bot's pretty-printed JSON) is kept as a string, so that a line stays a line and the bytes sent stay
 * exact.
 */
export function entryContents(
  entry: SealedEntry,
  replaces?: number,
): Pick<UnplacedRecord, 'fields' | 'payload'> {
  const { payload } = entry;
  const fields = fieldsBeforePayload(entry, replaces);
  return payload.includes('\n') ? { fields: fields + text('payloadText', payload) } : { fields, payload };
}

/** The same in one text. */
export function entryFields(entry: SealedEntry, replaces?: number): string {
  const { fields, payload } = entryContents(entry, replaces);
  return payload === undefined ? fields : fields + PAYLOAD_MARK + payload;
}

function fieldsBeforePayload(entry: SealedEntry, replaces: number | undefined): string {
  const { origin, payload } = entry;
  return (
    `,"start":${wholeMillis(entry.startedMillis)},"end":${wholeMillis(entry.endedMillis)}` +
    idText('orderId', entry.orderId) +
    text('clientOrderId', entry.clientOrderId) +
    flag('noOrder', entry.noOrder) +
    flag('recordOnly', entry.recordOnly === true) +
    flag('waiting', entry.waiting === true) +
    number('replaces', replaces) +
    idText('id', entry.id) +
    text('stage', entry.stage) +
    text('symbol', entry.symbol) +
    (origin === undefined
      ? ''
      : idText('trace', origin.traceId) +
        idText('span', origin.spanId) +
        idText('parent', origin.parentSpanId)) +
    flag('derived', entry.explanationDerived) +
    flag('keptBack', entry.keptBack === true) +
    known(entry.known) +
    text('explanation', fitted(entry.fullExplanation, payload.length))
  );
}

/** No key in it is named `payload`, so that the payload's mark stays unmistakable. */
const known = (json: string | undefined): string => (json === undefined ? '' : `,"known":${json}`);

/** What is kept of a span without an entry, or of an order that was named for an entry's span. */
export const spanFields = ({ traceId, spanId, known: json, namedOrderId }: KeptSpan): string =>
  text('trace', traceId) + text('span', spanId) + text('named', namedOrderId) + known(json);

/** Keeps the record within its bound: JSON takes at most 6 bytes for a UTF-16 unit. */
function fitted(explanation: string | undefined, payloadUnits: number): string | undefined {
  if (explanation === undefined || explanation.length < 60_000) return explanation;
  const room = Math.max(1_000, Math.floor((MAX_RECORD_BYTES - 3 * payloadUnits) / 6) - 2_000);
  if (explanation.length <= room) return explanation;
  const end = explanation.charCodeAt(room - 1) >= 0xd800 && explanation.charCodeAt(room - 1) < 0xdc00;
  return `${explanation.slice(0, end ? room - 1 : room)} [cut]`;
}

export const closedEntryFields = (entry: SealedEntry, reason: string): string =>
  text('reason', reason) + entryFields(entry);

export const linkFields = (entry: number, orderId: string, reason: string, waits = false): string =>
  `,"entry":${entry}${flag('waits', waits)}${text('orderId', orderId)}${text('reason', reason)}`;

export const referenceFields = (entry: number, reason?: string): string =>
  `,"entry":${entry}${text('reason', reason)}`;

export const attemptFields = (entry: number, attempt: AttemptRecord): string =>
  `,"entry":${entry}${number('attempt', attempt.attempt)}${number('began', attempt.atMillis)}` +
  number('took', attempt.durationMillis) +
  text('disposition', attempt.disposition) +
  number('status', attempt.httpStatus) +
  text('code', attempt.weexCode) +
  text('reason', attempt.reason) +
  flag('uncertain', attempt.uncertain);

export const acceptedFields = (entry: number, receipt: WeexReceipt): string =>
  `,"entry":${entry}${idText('id', receipt.entryId)}${idText('code', receipt.code)}${idText('msg', receipt.msg)}` +
  number('requestTime', receipt.requestTime) +
  number('acceptedAt', receipt.acceptedAt) +
  number('attempts', receipt.attempts) +
  flag('possibleDuplicate', receipt.possibleDuplicate) +
  idText('orderId', receipt.orderId);

export const rejectedFields = (entry: number, rejection: Rejection): string =>
  `,"entry":${entry}${number('status', rejection.httpStatus)}${text('code', rejection.weexCode)}` +
  text('reason', rejection.reason);

export const pausedFields = (pause: PauseRecord): string =>
  `${number('since', pause.sinceMillis)}${number('status', pause.httpStatus)}${text('code', pause.weexCode)}${text('reason', pause.reason)}`;

/** Facts, each under its own name. What is not JSON-safe is left out, for no record is worth an exception. */
export function factFields(facts: Readonly<Record<string, unknown>>): string {
  let fields = '';
  for (const [name, value] of Object.entries(facts)) {
    try {
      const json = JSON.stringify(value);
      if (json !== undefined) fields += `,${JSON.stringify(name)}:${json}`;
    } catch {
      // A cycle, a bigint, or a `toJSON` that throws.
    }
  }
  return fields;
}
