import { cleanWords, pageWords } from './answer-words';
import { CODES, type CodeMeaning, type FailureKind, SUCCESS_CODES, statusMeaning } from './codes';
import { retryAfterMillis } from './retry-after';
import type { Exchange } from './transport';

/** What an answer said, for the journal and for people. */
export interface Words {
  readonly httpStatus: number | undefined;
  readonly weexCode: string | undefined;
  readonly reason: string;
}

/** What came of one attempt, and so what is to be done. */
export type Verdict =
  | {
      readonly kind: 'accepted';
      readonly httpStatus: number;
      readonly code: string;
      readonly msg: string;
      readonly requestTime: number | undefined;
    }
  | {
      readonly kind: 'retry';
      readonly failure: FailureKind;
      readonly retryAfterMillis: number | undefined;
      /** WEEX may have taken the entry all the same. */
      readonly uncertain: boolean;
      readonly words: Words;
    }
  | { readonly kind: 'clock'; readonly requestTime: number | undefined; readonly words: Words }
  /** `known`: the code is in the table, so it is about this entry and not about the account. */
  | { readonly kind: 'reject'; readonly known: boolean; readonly words: Words }
  | { readonly kind: 'order-unknown' | 'hold' | 'too-large'; readonly words: Words };

export interface JudgingContext {
  /** Before the first acceptance an unknown code may well say that the account is not on the list. */
  readonly acceptedBefore: boolean;
  /** Replaced in WEEX's words. */
  readonly secrets: readonly string[];
  readonly wallMillis: number;
}

type Answer = Extract<Exchange, { kind: 'answer' }>;

/**
 * Judges an outcome of the transport. The body decides before the status: WEEX answers HTTP 200 with an error
 * in it, and a proxy in front answers 200 with a page.
 */
export function classify(
  exchange: Exclude<Exchange, { kind: 'throttled' }>,
  context: JudgingContext,
): Verdict {
  switch (exchange.kind) {
    case 'failure':
      return judgeFailure(exchange.reason, exchange.uncertain);
    case 'answer':
      return judgeAnswer(exchange, context);
  }
}

function judgeFailure(reason: string, uncertain: boolean): Verdict {
  const words = { httpStatus: undefined, weexCode: undefined, reason };
  // Trying again would not help: somebody has to mend a setting.
  if (reason === 'INVALID_HEADER') {
    const why = 'a credential or the locale has a character that no HTTP header may carry';
    return { kind: 'hold', words: { ...words, reason: why } };
  }
  return { kind: 'retry', failure: 'network', retryAfterMillis: undefined, uncertain, words };
}

function judgeAnswer(answer: Answer, context: JudgingContext): Verdict {
  const envelope = readEnvelope(answer.body);
  if (envelope === undefined) {
    const page = pageWords(answer.body, context.secrets);
    const said = page === '' ? 'an empty answer' : `an answer without a WEEX code: ${page}`;
    const meaning = statusMeaning(answer.status);
    const status = `HTTP ${answer.status}${meaning === undefined ? '' : ` (${meaning})`}`;
    const words = { httpStatus: answer.status, weexCode: undefined, reason: `${status}, ${said}` };
    return judgeStatus(answer, words, context);
  }
  const msg = cleanWords(envelope.msg, context.secrets);
  if (SUCCESS_CODES.has(envelope.code)) {
    const { code, requestTime } = envelope;
    return { kind: 'accepted', httpStatus: answer.status, code, msg, requestTime };
  }
  const meaning = CODES.get(envelope.code);
  const weexCode = cleanWords(envelope.code, context.secrets, 40);
  const reason = msg === '' ? (meaning?.meaning ?? 'no message') : msg;
  const words = { httpStatus: answer.status, weexCode, reason };
  if (meaning === undefined) return judgeStatus(answer, words, context);
  return judgeCode(meaning, answer, words, envelope.requestTime, context);
}

function judgeCode(
  meaning: CodeMeaning,
  answer: Answer,
  words: Words,
  requestTime: number | undefined,
  context: JudgingContext,
): Verdict {
  switch (meaning.kind) {
    case 'retry':
      return retryVerdict(meaning.failure, answer, words, context);
    case 'clock':
      return { kind: 'clock', requestTime, words };
    case 'reject':
      return { kind: 'reject', known: true, words };
    case 'hold':
    case 'order-unknown':
      return { kind: meaning.kind, words };
  }
}

/** For an answer whose code, if any, is not in the table. */
function judgeStatus(answer: Answer, words: Words, context: JudgingContext): Verdict {
  const { status } = answer;
  if (status === 413) return { kind: 'too-large', words };
  if (status === 429) return retryVerdict('rate-limit', answer, words, context);
  // 521 is WEEX's answer to an IP address that is not on the allowlist.
  if (status === 521 || status === 401 || status === 403 || status === 404) return { kind: 'hold', words };
  if (status >= 300 && status < 400) return { kind: 'hold', words };
  const unread = status < 300 && words.weexCode === undefined;
  if (unread || status === 408 || status >= 500) return retryVerdict('server', answer, words, context);
  return context.acceptedBefore ? { kind: 'reject', known: false, words } : { kind: 'hold', words };
}

function retryVerdict(failure: FailureKind, answer: Answer, words: Words, context: JudgingContext): Verdict {
  // An unreadable 2xx may have been an acceptance, and behind a gateway's time-out there may be one.
  const uncertain = (answer.status < 300 && words.weexCode === undefined) || answer.status === 504;
  const wait = retryAfterMillis(answer.headers, context.wallMillis);
  return { kind: 'retry', failure, retryAfterMillis: wait, uncertain, words };
}

const BYTE_ORDER_MARK = 0xfeff;

interface Envelope {
  readonly code: string;
  readonly msg: string;
  readonly requestTime: number | undefined;
}

function readEnvelope(body: string): Envelope | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(body.charCodeAt(0) === BYTE_ORDER_MARK ? body.slice(1) : body);
  } catch {
    return undefined;
  }
  if (typeof parsed !== 'object' || parsed === null || !('code' in parsed)) return undefined;
  const { code } = parsed;
  if (typeof code !== 'number' && (typeof code !== 'string' || code.trim() === '')) return undefined;
  const msg = 'msg' in parsed && typeof parsed.msg === 'string' ? parsed.msg : '';
  const requestTime = 'requestTime' in parsed ? Number(parsed.requestTime) : Number.NaN;
  return {
    code: String(code).trim(),
    msg,
    requestTime: Number.isFinite(requestTime) && requestTime > 0 ? requestTime : undefined,
  };
}
