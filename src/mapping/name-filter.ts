export interface NameFilterOptions {
  /** Names or patterns; none means that everything is included. */
  readonly include: readonly string[];
  /** Wins over `include`. */
  readonly exclude: readonly string[];
}

export type NameVerdict = 'passed' | 'not-included' | 'excluded';

/**
 * Decides by the names that a span goes by: its scope's and its own. A pattern is compared with the whole name,
 * case counts, and `*` stands for any characters or none.
 */
export function createNameFilter(options: NameFilterOptions): (names: readonly string[]) => NameVerdict {
  const included = options.include.map(matcherOf);
  const excluded = options.exclude.map(matcherOf);
  return (names) => {
    if (excluded.some((matches) => names.some(matches))) return 'excluded';
    return included.length === 0 || included.some((matches) => names.some(matches))
      ? 'passed'
      : 'not-included';
  };
}

type Matcher = (name: string) => boolean;

/** No regular expression: `*a*a*a*b` would make one back-track for seconds inside `span.end()`. */
function matcherOf(pattern: string): Matcher {
  const [head = '', ...rest] = pattern.split('*');
  const tail = rest.pop();
  if (tail === undefined) return (name) => name === pattern;
  return (name) => {
    if (name.length < head.length + tail.length || !name.startsWith(head) || !name.endsWith(tail))
      return false;
    const end = name.length - tail.length;
    let at = head.length;
    for (const piece of rest) {
      const found = name.indexOf(piece, at);
      if (found === -1 || found + piece.length > end) return false;
      at = found + piece.length;
    }
    return true;
  };
}
