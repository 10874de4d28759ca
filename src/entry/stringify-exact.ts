/**
 * The JSON text of a JSON value, with every bigint as bare digits.
 *
 * Meant for what `parseExact` and `serializeForAiLog` return. As in `JSON.stringify`, lone surrogates are
 * escaped, what has no JSON form is `null` or left out, and a cycle throws a TypeError; depth costs no stack.
 */
export function stringifyExact(value: unknown): string {
  // Many programs give bigint a toJSON, and then JSON.stringify would quote it without a word.
  if (!('toJSON' in BigInt.prototype)) {
    try {
      return JSON.stringify(value) ?? 'null';
    } catch {
      // A bigint, or deeper than the stack: the loop below takes both.
    }
  }
  return write(value);
}

interface Frame {
  readonly container: object;
  /** Undefined for an array. */
  readonly keys: readonly string[] | undefined;
  readonly length: number;
  next: number;
  empty: boolean;
}

function write(root: unknown): string {
  const out: string[] = [];
  const open: Frame[] = [];
  const ancestors = new Set<object>();

  const begin = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) {
      out.push(scalarText(value) ?? 'null');
      return;
    }
    if (ancestors.has(value)) throw new TypeError('cannot write a value that contains itself as JSON');
    ancestors.add(value);
    const keys = Array.isArray(value) ? undefined : Object.keys(value);
    const length = Array.isArray(value) ? value.length : (keys?.length ?? 0);
    out.push(keys === undefined ? '[' : '{');
    open.push({ container: value, keys, length, next: 0, empty: true });
  };

  begin(jsonForm(root, ''));
  for (;;) {
    const frame = open.at(-1);
    if (frame === undefined) return out.join('');
    if (frame.next === frame.length) {
      out.push(frame.keys === undefined ? ']' : '}');
      ancestors.delete(frame.container);
      open.pop();
      continue;
    }
    const index = frame.next;
    frame.next += 1;
    const key = frame.keys === undefined ? String(index) : (frame.keys[index] ?? '');
    const member = jsonForm(Reflect.get(frame.container, key), key);
    if (frame.keys !== undefined && !hasJsonForm(member)) continue;
    if (!frame.empty) out.push(',');
    frame.empty = false;
    if (frame.keys !== undefined) out.push(JSON.stringify(key), ':');
    begin(member);
  }
}

function jsonForm(value: unknown, key: string): unknown {
  if (typeof value !== 'object' || value === null || !('toJSON' in value)) return value;
  return typeof value.toJSON === 'function' ? value.toJSON(key) : value;
}

const hasJsonForm = (value: unknown): boolean =>
  value !== undefined && typeof value !== 'function' && typeof value !== 'symbol';

const scalarText = (value: unknown): string | undefined =>
  typeof value === 'bigint' ? String(value) : JSON.stringify(value);
