import type { SpanSpec } from './bot.js';

/** The rules once more, slow and plain: what becomes of each entry of a trace whose spans are all known. */
export function reference(spans: readonly SpanSpec[]): Record<string, string> {
  const byId = new Map(spans.map((span) => [span.id, span]));
  const at = (span: SpanSpec): number => (span.start ?? 0) * 1_000 + spans.indexOf(span);
  const parentOf = (span: SpanSpec): SpanSpec | undefined => byId.get(span.parent ?? '');
  const above = (span: SpanSpec): SpanSpec[] => {
    const parent = parentOf(span);
    return parent === undefined ? [] : [parent, ...above(parent)];
  };
  const under = (top: SpanSpec): SpanSpec[] => spans.filter((span) => above(span).includes(top));
  /** Below, and not hidden behind a tool span in between. */
  const inSight = (top: SpanSpec): SpanSpec[] =>
    top.role === 'tool'
      ? []
      : under(top).filter((span) => {
          const between = above(span).slice(0, above(span).indexOf(top));
          return between.every((one) => one.role !== 'tool');
        });
  const loggable = (span: SpanSpec): boolean =>
    ['entry', 'call', 'wrapper'].includes(span.role ?? '') && span.bare !== true;
  const score = (span: SpanSpec): number =>
    (span.input === false ? 0 : 2) +
    (span.output === false ? 0 : 2) +
    (span.explanation === undefined ? 0 : 1);
  const modelOf = (span: SpanSpec): string | undefined =>
    typeof span.model === 'string'
      ? span.model
      : span.model === undefined && span.role === 'call'
        ? 'gpt-5'
        : undefined;
  const isLogged = (span: SpanSpec): boolean => reasonFor(span) === undefined;

  /** Of calls around each other, those that stand for `top` and all below it. */
  function standing(top: SpanSpec): SpanSpec[] {
    const inner = innerCalls(top);
    if (top.role !== 'call' || top.bare) return inner;
    if (inner.length === 0) return [top];
    return Math.max(...inner.map(score)) >= score(top) ? inner : [top];
  }
  function innerCalls(top: SpanSpec): SpanSpec[] {
    if (top.role === 'tool') return [];
    return spans.filter((span) => parentOf(span) === top && span.role !== 'entry').flatMap(standing);
  }

  function reasonFor(span: SpanSpec): string | undefined {
    if (span.role === 'entry') return undefined;
    const sightsOf = above(span).filter((one) => inSight(one).includes(span));
    if (sightsOf.some((one) => one.role === 'entry')) return 'below-own-entry';
    if (span.role === 'wrapper') {
      if (inSight(span).some((one) => loggable(one) && (one.role !== 'wrapper' || hasModel(one))))
        return 'wrapper';
      return hasModel(span) ? undefined : 'no-model';
    }
    if (!standing(span).includes(span)) return 'inner-call-kept';
    for (const outer of [...sightsOf].reverse()) {
      if (outer.role !== 'call' || outer.bare) continue;
      if (standing(outer).includes(outer)) return 'outer-call-kept';
    }
    return undefined;
  }
  function hasModel(wrapper: SpanSpec): boolean {
    const lender = [wrapper, ...above(wrapper)].some((one) =>
      one.role === 'plain' || one.role === undefined ? false : statedModel(one) !== undefined,
    );
    return lender || inSight(wrapper).some((one) => one.role === 'call' && modelOf(one) !== undefined);
  }
  function statedModel(span: SpanSpec): string | undefined {
    const usual = ['entry', 'wrapper'].includes(span.role ?? '') && !span.bare ? 'gpt-5' : modelOf(span);
    return typeof span.model === 'string' ? span.model : span.model === false ? undefined : usual;
  }

  const isEntry = (span: SpanSpec): boolean => loggable(span) && isLogged(span);
  const stageOf = (span: SpanSpec): string =>
    [span, ...above(span)]
      .map((one) => one.stage ?? (one.role === 'entry' ? 'Decision Making' : undefined))
      .find((one) => one !== undefined) ?? '';
  const symbolOf = (span: SpanSpec): string | undefined =>
    [span, ...above(span)].find((one) => one.symbol !== undefined)?.symbol;
  const branch = (span: SpanSpec, ancestor: SpanSpec): string => {
    if (span === ancestor) return 'entries';
    const child = [span, ...above(span)].find((one) => parentOf(one) === ancestor);
    return child === undefined || isEntry(child) ? 'entries' : child.id;
  };

  /** By this answer, and by no other. */
  function isAskedBy(entry: SpanSpec, run: SpanSpec): boolean {
    const asking = spans.filter((one) => isEntry(one) && one.asks?.includes(run.answers ?? '?'));
    return asking.length === 1 && asking[0] === entry;
  }

  function orderOf(entry: SpanSpec): string {
    if (entry.order === 'none' || entry.order === 'refused') return 'no order';
    const run = spans
      .filter((one) => Array.isArray(one.order) && isAskedBy(entry, one) && at(entry) <= at(one))
      .sort((a, b) => at(a) - at(b))[0];
    if (run !== undefined) {
      if (above(entry).find((one) => one.order !== undefined)?.order === 'none') return 'no order';
      const [mine, theirs] = [symbolOf(entry), symbolOf(run)];
      const differ = mine !== undefined && theirs !== undefined && mine !== theirs;
      return differ ? 'ambiguous' : String(run.order?.[0]);
    }
    for (const ancestor of [entry, ...above(entry)]) {
      if (ancestor !== entry && ancestor.order === 'none') return 'no order';
      const own = ancestor !== entry && Array.isArray(ancestor.order) ? ancestor.order : undefined;
      const stated = under(ancestor)
        .filter((one) => Array.isArray(one.order))
        .sort((a, b) => at(a) - at(b));
      const source = own === undefined ? stated[0] : ancestor;
      if (source === undefined) continue;
      const mine = branch(entry, ancestor);
      const entries = [ancestor, ...under(ancestor)].filter(isEntry);
      const same = entries.filter((one) => stageOf(one) === stageOf(entry));
      const symbol = symbolOf(entry);
      const oneRun = own !== undefined && (ancestor.role === 'wrapper' || ancestor.role === 'call');
      if (own === undefined && at(entry) > at(source)) return 'ambiguous';
      if (!oneRun && same.some((one) => branch(one, ancestor) !== mine)) return 'ambiguous';
      const theirs = symbolOf(source);
      if (symbol !== undefined && theirs !== undefined && symbol !== theirs) return 'ambiguous';
      const told = symbol !== undefined && symbol === theirs;
      if (!oneRun && !told && same.some((one) => branch(one, ancestor) === mine && symbolOf(one) !== symbol))
        return 'ambiguous';
      const ids = stated.flatMap((one) => (Array.isArray(one.order) ? [...one.order] : []));
      if (own !== undefined) {
        if (ids.length > 0 && !ids.some((id) => own.includes(id))) return 'ambiguous';
        return own[0] ?? '';
      }
      const first = Array.isArray(source.order) ? source.order : [];
      const elsewhere = stated.filter((one) => branch(one, ancestor) !== branch(source, ancestor));
      const others = elsewhere.flatMap((one) => (Array.isArray(one.order) ? [...one.order] : []));
      if (others.some((id) => !first.includes(id))) return 'ambiguous';
      return first[0] ?? '';
    }
    return 'no order';
  }

  const outcomes: [string, string][] = [];
  for (const span of spans.filter(loggable)) {
    const reason = reasonFor(span);
    const ids = Array.isArray(span.order) ? span.order : [undefined];
    ids.forEach((id: string | undefined, index: number) => {
      const missing = [
        ...(stageOf(span) === '' ? ['stage is missing'] : []),
        ...(span.input === false && !lends(span, 'input') ? ['input is missing'] : []),
        ...(span.output === false && !lends(span, 'output') ? ['output is missing'] : []),
      ];
      const outcome =
        reason ?? (missing.length > 0 ? `invalid: ${missing.join('; ')}` : (id ?? orderOf(span)));
      outcomes.push([span.id + (index > 0 ? `#${index}` : ''), outcome]);
    });
  }
  return Object.fromEntries(outcomes.sort(([a], [b]) => (a < b ? -1 : 1)));

  function lends(span: SpanSpec, field: 'input' | 'output'): boolean {
    if (span.role !== 'entry') return false;
    const calls = innerCalls(span);
    return calls.length === 1 && calls[0]?.[field] !== false;
  }
}
