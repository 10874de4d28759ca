import { skipSpace, stringEnd } from './json-scan';
import { putKey } from './put-key';

/** An integer outside the safe range has at least this many digits; without such a run JSON.parse is exact. */
const LONG_DIGITS = /\d{16}/;
const INTEGER = /^-?\d+$/;
const SCALAR = /[^\s,\]}]+/y;

interface Frame {
  readonly container: unknown[] | Record<string, unknown>;
  key: string;
}

/**
 * `JSON.parse` but for one thing: an integer outside the safe range becomes a bigint and keeps its digits.
 *
 * `__proto__` is a key like any other, and depth costs no stack.
 *
 * @throws SyntaxError for text that is not JSON
 */
export const parseExact = (json: string): unknown => parseWith(json, BigInt);

/** As `parseExact`, but such an integer becomes its digits as text, which every program can write as JSON again. */
export const parseReadable = (json: string): unknown => parseWith(json, (digits) => digits);

function parseWith(json: string, unsafeInteger: (digits: string) => unknown): unknown {
  const parsed: unknown = JSON.parse(json);
  return LONG_DIGITS.test(json) ? readExactly(json, unsafeInteger) : parsed;
}

/** Node 20 gives a reviver no source text, so valid JSON that holds long digits is read a second time, here. */
function readExactly(json: string, unsafeInteger: (digits: string) => unknown): unknown {
  const open: Frame[] = [];
  let at = skipSpace(json, 0);

  const readKey = (frame: Frame): void => {
    if (Array.isArray(frame.container)) return;
    at = skipSpace(json, at);
    const end = stringEnd(json, at);
    frame.key = readString(json, at, end);
    at = skipSpace(json, end) + 1;
  };

  for (;;) {
    let value: unknown;
    at = skipSpace(json, at);
    const first = json[at];
    if (first === '{' || first === '[') {
      const frame: Frame = { container: first === '{' ? {} : [], key: '' };
      at = skipSpace(json, at + 1);
      if (json[at] !== '}' && json[at] !== ']') {
        open.push(frame);
        readKey(frame);
        continue;
      }
      at += 1;
      value = frame.container;
    } else if (first === '"') {
      const end = stringEnd(json, at);
      value = readString(json, at, end);
      at = end;
    } else {
      SCALAR.lastIndex = at;
      const token = SCALAR.exec(json)?.[0] ?? '';
      value = readScalar(token, unsafeInteger);
      at += token.length;
    }

    for (;;) {
      const frame = open.at(-1);
      if (frame === undefined) return value;
      put(frame, value);
      at = skipSpace(json, at);
      const separator = json[at];
      at += 1;
      if (separator === ',') {
        readKey(frame);
        break;
      }
      value = frame.container;
      open.pop();
    }
  }
}

function readString(json: string, start: number, end: number): string {
  const content = json.slice(start + 1, end - 1);
  return content.includes('\\') ? String(JSON.parse(json.slice(start, end))) : content;
}

function readScalar(token: string, unsafeInteger: (digits: string) => unknown): unknown {
  const isUnsafe = INTEGER.test(token) && !Number.isSafeInteger(Number(token));
  return isUnsafe ? unsafeInteger(token) : JSON.parse(token);
}

function put(frame: Frame, value: unknown): void {
  if (Array.isArray(frame.container)) frame.container.push(value);
  else putKey(frame.container, frame.key, value);
}
