import type { AttemptRecord, PauseRecord, Rejection, WeexReceipt } from './journal';
import type { JournalRecord } from './read-journal';

const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
const numberOf = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined);

/** WEEX's acceptance, from an `accepted` record. */
export function receiptOf({ fields, atMillis }: JournalRecord): WeexReceipt {
  const requestTime = numberOf(fields['requestTime']);
  const orderId = textOf(fields['orderId']);
  return {
    entryId: textOf(fields['id']) ?? '',
    code: textOf(fields['code']) ?? '',
    msg: textOf(fields['msg']) ?? '',
    ...(requestTime === undefined ? {} : { requestTime }),
    acceptedAt: numberOf(fields['acceptedAt']) ?? atMillis,
    attempts: numberOf(fields['attempts']) ?? 1,
    possibleDuplicate: fields['possibleDuplicate'] === true,
    ...(orderId === undefined ? {} : { orderId }),
  };
}

/** WEEX's words, from a `rejected` record. */
export const rejectionOf = ({ fields }: JournalRecord): Rejection => ({
  httpStatus: numberOf(fields['status']),
  weexCode: textOf(fields['code']),
  reason: textOf(fields['reason']) ?? '',
});

const DISPOSITIONS = ['retry', 'clock', 'hold', 'reject'] as const;

/** A try that was not accepted, from an `attempt` record. */
export const attemptOf = ({ fields, atMillis }: JournalRecord): AttemptRecord => ({
  attempt: numberOf(fields['attempt']) ?? 1,
  atMillis: numberOf(fields['began']) ?? atMillis,
  durationMillis: numberOf(fields['took']) ?? 0,
  disposition: DISPOSITIONS.find((known) => known === fields['disposition']) ?? 'retry',
  httpStatus: numberOf(fields['status']),
  weexCode: textOf(fields['code']),
  reason: textOf(fields['reason']) ?? '',
  uncertain: fields['uncertain'] === true,
});

/** Why the account was paused, from a `paused` record. */
export const pauseOf = ({ fields, atMillis }: JournalRecord): PauseRecord => ({
  ...(numberOf(fields['status']) === undefined ? {} : { httpStatus: numberOf(fields['status']) }),
  sinceMillis: numberOf(fields['since']) ?? atMillis,
  reason: textOf(fields['reason']) ?? '',
  weexCode: textOf(fields['code']),
});

/** The order id and the reason of a `link` record. */
export const linkOf = ({ fields }: JournalRecord): { readonly orderId: string; readonly reason: string } => ({
  orderId: textOf(fields['orderId']) ?? '',
  reason: textOf(fields['reason']) ?? '',
});

/** The reason that a `skip`, `invalid` or `settled` record gives. */
export const reasonOf = ({ fields }: JournalRecord): string => textOf(fields['reason']) ?? '';

/** The name and the facts of a `note` record. */
export function noteOf({ kind, fields }: JournalRecord): Note | undefined {
  const { name, facts } = fields;
  if (kind !== 'note' || typeof name !== 'string') return undefined;
  return { name, facts: typeof facts === 'object' && facts !== null ? { ...facts } : fields };
}

export interface Note {
  readonly name: string;
  readonly facts: Readonly<Record<string, unknown>>;
}
