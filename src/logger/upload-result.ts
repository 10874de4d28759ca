import { WeexApiError, type WeexApiErrorFields } from '../errors';
import type { WeexReceipt } from '../journal/journal';
import type { EntryOutcome } from '../pipeline/entry-outcome';

/** What a caller gets for an entry: a receipt, or an error to reject with or throw. */
export type UploadResult =
  | { readonly kind: 'receipt'; readonly receipt: WeexReceipt }
  | { readonly kind: 'error'; readonly error: WeexApiError };

export interface UploadContext {
  readonly entryId: string;
  readonly timeoutMillis: number;
  readonly wallMillis: number;
}

export function resultOf(
  outcome: EntryOutcome,
  { entryId, timeoutMillis, wallMillis }: UploadContext,
): UploadResult {
  const error = (fields: Omit<WeexApiErrorFields, 'entryId'>): UploadResult => ({
    kind: 'error',
    error: new WeexApiError({ ...fields, entryId }),
  });
  switch (outcome.kind) {
    case 'accepted':
      return { kind: 'receipt', receipt: outcome.receipt };
    case 'recorded':
      // A bot on paper runs the same code as a live one, so this is no error; the code says what it is.
      return { kind: 'receipt', receipt: recordedReceipt(entryId, wallMillis) };
    case 'rejected': {
      const { httpStatus, weexCode, reason } = outcome.rejection;
      const message = `WEEX rejected the entry: ${reason}`;
      return error({ code: 'REJECTED', disposition: 'reject', message, httpStatus, weexCode });
    }
    case 'invalid':
    case 'skipped': {
      const message = `the entry was not sent (${outcome.kind}): ${outcome.reason}`;
      return error({ code: 'REJECTED', disposition: 'reject', message });
    }
    case 'paused': {
      const { httpStatus, weexCode, reason } = outcome.refusal;
      const message = `WEEX refuses the account (${reason}); the entry is kept and sent when it accepts again`;
      return error({ code: 'PAUSED', disposition: 'hold', message, httpStatus, weexCode });
    }
    case 'pending': {
      const message = `no answer from WEEX within ${timeoutMillis} ms; the entry is kept and delivery goes on`;
      return error({ code: 'PENDING', disposition: 'retry', message });
    }
    case 'lost': {
      const message = 'the entry is lost: neither disk nor memory had room; make room and upload it again';
      return error({ code: 'LOST', disposition: 'retry', message });
    }
  }
}

export const closedError = (): WeexApiError =>
  new WeexApiError({
    code: 'CLOSED',
    disposition: 'reject',
    message: 'the logger was closed; the entry was not taken',
  });

/** `item` was given where an entry belongs. Its content is not shown. */
export const notAnEntryError = (item: unknown): WeexApiError =>
  new WeexApiError({
    code: 'REJECTED',
    disposition: 'reject',
    message: `expected an AiLogEntry, such as createDecisionLog() makes, got ${item === null ? 'null' : typeof item}`,
  });

const recordedReceipt = (entryId: string, wallMillis: number): WeexReceipt => ({
  entryId,
  code: 'RECORDED',
  msg: 'not sent: the mode is not live',
  acceptedAt: wallMillis,
  attempts: 0,
  possibleDuplicate: false,
});
