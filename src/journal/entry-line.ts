import type { EntryOrigin } from '../entry/entry-draft';
import type { SealedEntry } from '../entry/sealed-entry';
import { CRC_TAIL_BYTES, PAYLOAD_MARK } from './records';

const MARK = Buffer.from(PAYLOAD_MARK);

/** A line's own fields as JSON values; the payload is left out, because parsing changes 18-digit numbers. */
export interface LineFields {
  readonly fields: Readonly<Record<string, unknown>>;
  /** The exact text of the payload, when the record has one. */
  readonly payload: string | undefined;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Takes a checked line apart. The mark before the payload cannot stand inside a JSON string, whose quotes are
 * escaped, and no object before the payload has a key of that name.
 */
export function readLineFields(line: Buffer): LineFields | undefined {
  const crcFrom = line.length - CRC_TAIL_BYTES;
  const payloadFrom = hasPayload(line) ? line.indexOf(MARK) : -1;
  const head = line.toString('utf8', 0, payloadFrom < 0 ? crcFrom : payloadFrom);
  try {
    const fields: unknown = JSON.parse(`${head}}`);
    if (!isRecord(fields)) return undefined;
    if (payloadFrom >= 0) {
      return { fields, payload: line.toString('utf8', payloadFrom + MARK.length, crcFrom) };
    }
    const text = fields['payloadText'];
    return { fields, payload: typeof text === 'string' ? text : undefined };
  } catch {
    return undefined;
  }
}

/** Only these records hold an entry; others may hold any JSON, in which the mark means nothing. */
function hasPayload(line: Buffer): boolean {
  const kind = line.toString('latin1', 9, 13);
  return kind === 'entr' || kind === 'inva' || kind === 'skip' || kind === 'sett';
}

const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
const numberOf = (value: unknown): number => (typeof value === 'number' ? value : 0);

/** The entry that a line holds; `undefined` when it holds none. */
export function entryOf({ fields, payload }: LineFields): SealedEntry | undefined {
  const id = textOf(fields['id']);
  if (id === undefined || payload === undefined) return undefined;
  return {
    id,
    payload,
    stage: textOf(fields['stage']) ?? '',
    orderId: textOf(fields['orderId']),
    noOrder: fields['noOrder'] === true,
    clientOrderId: textOf(fields['clientOrderId']),
    symbol: textOf(fields['symbol']),
    fullExplanation: textOf(fields['explanation']),
    explanationDerived: fields['derived'] === true,
    startedMillis: numberOf(fields['start']),
    endedMillis: numberOf(fields['end']),
    origin: originOf(fields),
    ...(fields['waiting'] === true ? { waiting: true } : {}),
    ...(fields['keptBack'] === true ? { keptBack: true } : {}),
    ...(fields['recordOnly'] === true ? { recordOnly: true } : {}),
    ...(fields['known'] === undefined ? {} : { known: JSON.stringify(fields['known']) }),
  };
}

function originOf(fields: Readonly<Record<string, unknown>>): EntryOrigin | undefined {
  const traceId = textOf(fields['trace']);
  const spanId = textOf(fields['span']);
  if (traceId === undefined || spanId === undefined) return undefined;
  return { traceId, spanId, parentSpanId: textOf(fields['parent']) };
}
