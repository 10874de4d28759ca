import { isUtf8 } from 'node:buffer';
import type { Problem } from './codes';
import { jsonMembers } from './json-members';

/** The fields of an upload that keeps all rules, but input and output. */
export interface CheckedLog {
  /** Digits exactly as they stand in the body. */
  readonly orderId: string | undefined;
  readonly stage: string;
  readonly model: string;
  readonly explanation: string;
}

export type BodyCheck =
  | { readonly kind: 'good'; readonly log: CheckedLog }
  | { readonly kind: 'bad'; readonly problem: Problem };

/** WEEX's `Long`. */
const LARGEST_ORDER_ID = 9_223_372_036_854_775_807n;
const EXPLANATION_CHARACTERS = 1_000;

/**
 * WEEX's documented rules for the body, and those of WEEX's own competition skill.
 *
 * Stricter than WEEX is known to be where a slip could cost a log: an order id in quotes, a field that occurs
 * twice, half a surrogate pair and bytes that are not UTF-8 are refused.
 */
export function checkBody(body: Buffer): BodyCheck {
  if (!isUtf8(body)) return bad('not-json', 'the body is not UTF-8');
  const raw = body.toString('utf8');
  const fields = parseObject(raw);
  if (typeof fields === 'string') return bad('not-json', fields);

  const texts = new Map<string, string>();
  for (const { name, text } of jsonMembers(raw)) {
    if (texts.has(name)) return bad('parameter-invalid', `a field occurs twice (${fieldName(name)})`);
    texts.set(name, text);
  }

  const stage = checkText('stage', fields['stage']);
  const model = checkText('model', fields['model']);
  const explanation = checkText('explanation', fields['explanation']);
  const problem =
    checkOrderId(texts.get('orderId')) ??
    problemOf(stage) ??
    problemOf(model) ??
    checkObject('input', fields['input']) ??
    checkObject('output', fields['output']) ??
    problemOf(explanation) ??
    (typeof explanation === 'string' ? checkExplanation(explanation) : undefined);
  if (problem !== undefined) return { kind: 'bad', problem };
  if (typeof stage !== 'string' || typeof model !== 'string' || typeof explanation !== 'string') {
    throw new Error('unreachable: a field without a problem is text');
  }
  const orderId = texts.get('orderId');
  return {
    kind: 'good',
    log: {
      orderId: orderId === 'null' ? undefined : orderId,
      stage,
      model,
      explanation,
    },
  };
}

/** The object, or what is wrong with the text. */
function parseObject(raw: string): Record<string, unknown> | string {
  let value: unknown;
  try {
    value = JSON.parse(raw);
  } catch {
    return raw === '' ? 'the body is empty' : 'the body cannot be parsed';
  }
  return isObject(value) ? value : 'the body must be a JSON object';
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function bad(kind: Problem['kind'], detail: string): BodyCheck {
  return { kind: 'bad', problem: { kind, detail } };
}

/** Names come from the body: only plain short ones are repeated in an answer. */
const fieldName = (name: string): string => (/^\w{1,40}$/.test(name) ? name : 'an unusual name');

function checkOrderId(text: string | undefined): Problem | undefined {
  if (text === undefined || text === 'null') return undefined;
  if (!/^[1-9]\d{0,18}$/.test(text) || BigInt(text) > LARGEST_ORDER_ID) {
    return {
      kind: 'parameter-invalid',
      detail: 'orderId must be null, absent, or bare digits from 1 to 9223372036854775807',
    };
  }
  return undefined;
}

function checkText(name: string, value: unknown): string | Problem {
  if (value === undefined || value === null) return { kind: 'parameter-empty', detail: name };
  if (typeof value !== 'string') return { kind: 'parameter-invalid', detail: `${name} must be a string` };
  if (value.trim() === '') return { kind: 'parameter-empty', detail: name };
  return value;
}

const problemOf = (checked: string | Problem): Problem | undefined =>
  typeof checked === 'string' ? undefined : checked;

function checkObject(name: string, value: unknown): Problem | undefined {
  if (value === undefined || value === null) return { kind: 'parameter-empty', detail: name };
  if (!isObject(value)) return { kind: 'parameter-invalid', detail: `${name} must be a JSON object` };
  if (Object.keys(value).length === 0) return { kind: 'parameter-empty', detail: name };
  return undefined;
}

function checkExplanation(explanation: string): Problem | undefined {
  const characters = countCharacters(explanation.trim());
  if (characters > EXPLANATION_CHARACTERS) {
    return {
      kind: 'parameter-invalid',
      detail: `explanation has ${characters} characters, at most ${EXPLANATION_CHARACTERS} are taken`,
    };
  }
  if (explanation.includes('\ufffd')) {
    return { kind: 'parameter-invalid', detail: 'explanation holds U+FFFD, the mark of broken text' };
  }
  if (/[\ud800-\udfff]/u.test(explanation)) {
    return { kind: 'parameter-invalid', detail: 'explanation holds half a surrogate pair' };
  }
  return undefined;
}

function countCharacters(text: string): number {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}
