import { createHash } from 'node:crypto';
import { timelinessOf } from '../audit/entry-facts';
import { membersOf } from '../entry/json-scan';
import { cutPayload } from '../entry/payload-size';
import { wireBody } from '../entry/sealed-entry';
import type { AttemptRecord, WeexReceipt } from '../journal/journal';
import type { EntryHistory } from '../journal/read-entries';
import type { Redriven, Story, StoryAnswer, StoryAttempt, StoryBody, StoryRecord } from './bundle';
import { timeOf } from './outages';

/** What only the account's other files say of an entry. */
export interface Sequel {
  readonly records: readonly StoryRecord[];
  readonly redriven: Redriven | undefined;
}

export interface StoryOptions {
  readonly redacts: boolean;
  /** Whether a text holds one of the account's own credentials. */
  holdsSecret(text: string): boolean;
  readonly nowMillis: number;
}

const WITHHELD = "it holds one of this account's credentials";

/** The story of one entry, with its own lines and what other files say of it. */
export function makeStory(
  history: EntryHistory,
  lines: readonly StoryRecord[],
  sequel: Sequel | undefined,
  options: StoryOptions,
): Story {
  const { entry, state, receipt, rejection, linkReason } = history;
  const { nowMillis } = options;
  const holdsSecret = [...lines, ...(sequel?.records ?? [])].some(
    ({ line }) => line !== undefined && options.holdsSecret(line),
  );
  const isBare = options.redacts || holdsSecret;
  // What was accepted was sent with the order id of that moment.
  const orderId = receipt === undefined ? entry.orderId : receipt.orderId;
  const members = contentOf(entry.payload);
  const acceptedMillis = receipt?.acceptedAt;
  const { endedMillis } = entry;
  const records = [...lines, ...(sequel?.records ?? [])];
  const ownBy = linkReason === undefined ? 'own' : 'link';
  return {
    id: entry.id,
    stage: entry.stage,
    model: members.model,
    state,
    reason: history.reason,
    orderId,
    orderBy: orderId === undefined ? undefined : ownBy,
    linkReason,
    clientOrderId: entry.clientOrderId,
    symbol: entry.symbol,
    trace: entry.origin,
    began: timeOf(entry.startedMillis),
    decided: timeOf(endedMillis),
    journaled: timeOf(history.writtenMillis),
    timeliness: timelinessOf({ state, endedMillis, acceptedMillis }, nowMillis),
    millisToReceipt: acceptedMillis === undefined ? undefined : acceptedMillis - endedMillis,
    body: bodyOf(history, orderId, members, isBare, holdsSecret),
    attempts: history.attempts.map(attemptOf),
    answer: receipt === undefined ? undefined : answerOf(receipt),
    rejection,
    redriven: sequel?.redriven === undefined ? undefined : redrivenOf(sequel.redriven, isBare),
    records: isBare ? records.map((record) => ({ ...record, line: undefined })) : records,
  };
}

interface Content {
  readonly model: string;
  readonly input: string;
  readonly output: string;
  readonly explanation: string;
}

/** The members as their very text: parsing would change long numbers, and so the hashes. */
function contentOf(payload: string): Content {
  const found = new Map<string, string>();
  for (const { keyStart, keyEnd, start, end } of membersOf(payload, payload.indexOf('{'))) {
    found.set(String(JSON.parse(payload.slice(keyStart, keyEnd))), payload.slice(start, end));
  }
  return {
    model: String(JSON.parse(found.get('model') ?? '""')),
    input: found.get('input') ?? '',
    output: found.get('output') ?? '',
    explanation: found.get('explanation') ?? '',
  };
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

function bodyOf(
  { entry, attempts }: EntryHistory,
  orderId: string | undefined,
  content: Content,
  isBare: boolean,
  holdsSecret: boolean,
): StoryBody {
  const text = wireBody({ payload: entry.payload, orderId });
  const cutTo = attempts.map(cutBytesOf).findLast((bytes) => bytes !== undefined);
  const cut =
    cutTo === undefined
      ? undefined
      : wireBody({ payload: cutPayload(entry.payload, cutTo).payload, orderId });
  return {
    sha256: sha256(text),
    bytes: Buffer.byteLength(text),
    cut: cut === undefined ? undefined : { sha256: sha256(cut), bytes: Buffer.byteLength(cut) },
    text: isBare ? undefined : text,
    hashes: isBare
      ? {
          input: sha256(content.input),
          output: sha256(content.output),
          explanation: sha256(content.explanation),
        }
      : undefined,
    withheld: holdsSecret ? WITHHELD : undefined,
  };
}

/** Delivery says in its own words to how many bytes it cut what WEEX found too large. */
function cutBytesOf({ httpStatus, reason }: AttemptRecord): number | undefined {
  const bytes = httpStatus === 413 ? /cut to (\d+) bytes/.exec(reason)?.[1] : undefined;
  return bytes === undefined ? undefined : Number(bytes);
}

const attemptOf = (attempt: AttemptRecord): StoryAttempt => ({
  attempt: attempt.attempt,
  began: timeOf(attempt.atMillis),
  tookMillis: attempt.durationMillis,
  disposition: attempt.disposition,
  httpStatus: attempt.httpStatus,
  weexCode: attempt.weexCode,
  words: attempt.reason,
  mayHaveArrived: attempt.uncertain,
});

const answerOf = ({
  code,
  msg,
  acceptedAt,
  requestTime,
  attempts,
  possibleDuplicate,
}: WeexReceipt): StoryAnswer => ({
  code,
  msg,
  received: timeOf(acceptedAt),
  weexTime: requestTime === undefined ? undefined : timeOf(requestTime),
  clockDifferenceMillis: requestTime === undefined ? undefined : requestTime - acceptedAt,
  attempts,
  possibleDuplicate,
});

/** Changed explanations are content too. */
function redrivenOf({ as, reason, changes }: Redriven, isBare: boolean): Redriven {
  return { as, reason, changes: isBare ? { sha256: sha256(JSON.stringify(changes) ?? '') } : changes };
}
