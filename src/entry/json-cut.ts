const NUMBER_BEGUN = /^-?(?:(?:0|[1-9]\d*)(?:\.(?:\d+(?:[eE](?:[+-]?\d*)?)?)?|[eE](?:[+-]?\d*)?)?)?$/;
const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;
const WORD = /[^\s,:\]}"[{]*/y;
const SPACE = /[ \n\r\t]*/y;
const LITERALS = ['true', 'false', 'null'];

type Expected = 'value' | 'value-or-close' | 'key' | 'key-or-close' | 'colon' | 'comma-or-close';

/**
 * Whether `text` is the beginning of a JSON object or array whose end is missing, as an attribute length limit
 * leaves it. Text that merely begins with a bracket (`[INFO] ...`, `{{template}}`) is not.
 */
export function isCutJson(text: string): boolean {
  const open: ('{' | '[')[] = [];
  let expected: Expected = 'value';
  let at = 0;
  for (;;) {
    SPACE.lastIndex = at;
    at += SPACE.exec(text)?.[0].length ?? 0;
    if (at >= text.length) return open.length > 0;
    const char = text[at];
    switch (expected) {
      case 'key-or-close':
      case 'value-or-close':
      case 'comma-or-close':
        if (char === '}' || char === ']') {
          if (open.pop() !== (char === '}' ? '{' : '[') || open.length === 0) return false;
          expected = 'comma-or-close';
          at += 1;
          continue;
        }
        if (expected !== 'comma-or-close') break;
        if (char !== ',') return false;
        expected = open.at(-1) === '{' ? 'key' : 'value';
        at += 1;
        continue;
      case 'colon':
        if (char !== ':') return false;
        expected = 'value';
        at += 1;
        continue;
    }
    const isKey: boolean = expected === 'key' || expected === 'key-or-close';
    if (char === '"') {
      const end = wholeStringEnd(text, at);
      if (end === 'cut') return open.length > 0;
      if (end === 'wrong') return false;
      at = end;
      expected = isKey ? 'colon' : 'comma-or-close';
    } else if (isKey) {
      return false;
    } else if (char === '{' || char === '[') {
      open.push(char);
      expected = char === '{' ? 'key-or-close' : 'value-or-close';
      at += 1;
    } else {
      WORD.lastIndex = at;
      const word = WORD.exec(text)?.[0] ?? '';
      at += word.length;
      if (at === text.length) return open.length > 0 && isWordBegun(word);
      if (!NUMBER.test(word) && !LITERALS.includes(word)) return false;
      expected = 'comma-or-close';
    }
    if (open.length === 0) return false;
  }
}

const isWordBegun = (word: string): boolean =>
  word !== '' && (NUMBER_BEGUN.test(word) || LITERALS.some((literal) => literal.startsWith(word)));

/** The index after the string that opens at `open`. */
function wholeStringEnd(text: string, open: number): number | 'cut' | 'wrong' {
  let at = open + 1;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === 0x22) return at + 1;
    if (code < 0x20) return 'wrong';
    if (code === 0x5c) {
      const after = text.slice(at + 1, at + 6);
      if (/^u[0-9a-fA-F]{4}/.test(after)) at += 6;
      else if (/^["\\/bfnrt]/.test(after)) at += 2;
      else return /^(?:u[0-9a-fA-F]{0,3})?$/.test(after) ? 'cut' : 'wrong';
    } else {
      at += 1;
    }
  }
  return 'cut';
}
