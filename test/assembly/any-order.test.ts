import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { EntryHandle } from '../../src/assembly/decision.js';
import type { RestoredSpan } from '../../src/assembly/restored-span.js';
import { Bot, factsOf, type SpanSpec, WINDOW } from './bot.js';
import { reference } from './reference.js';

const ROLES = ['plain', 'plain', 'entry', 'entry', 'call', 'call', 'wrapper', 'tool', 'context'] as const;
const maybe = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(value, { nil: undefined, freq: 2 });

/** A trace: each span hangs below one before it. */
const trace: fc.Arbitrary<SpanSpec[]> = fc
  .array(
    fc.record({
      parent: fc.nat(),
      role: fc.constantFrom(...ROLES),
      start: fc.nat({ max: 4 }),
      stage: maybe(fc.constantFrom('Decision Making', 'Execution', 'Strategy Generation')),
      order: fc.option(
        fc.oneof(
          fc.constantFrom('none' as const, 'refused' as const),
          fc.subarray(['11', '12', '13'], { minLength: 1, maxLength: 2 }),
        ),
        { nil: undefined, freq: 2 },
      ),
      symbol: maybe(fc.constantFrom('BTC', 'ETH')),
      call: maybe(fc.constantFrom('place_order 1', 'place_order 2')),
      explanation: maybe(fc.constant('because')),
      input: maybe(fc.constant(false as const)),
      output: maybe(fc.constant(false as const)),
      bare: fc.boolean(),
    }),
    { minLength: 1, maxLength: 9 },
  )
  .map((spans) => {
    const starts: number[] = [];
    return spans.map(
      ({ parent, role, order, symbol, call, stage, explanation, input, output, start, bare }, index) => {
        const parentIndex = parent % Math.max(index, 1);
        const from = index === 0 ? 0 : (starts[parentIndex] ?? 0);
        starts.push(from + start);
        const states = role !== 'plain';
        return {
          id: `s${index}`,
          role,
          start: from + start,
          ...(index === 0 ? {} : { parent: `s${parentIndex}` }),
          ...(states && order !== undefined ? { order } : {}),
          ...(states && symbol !== undefined ? { symbol } : {}),
          ...(states && stage !== undefined ? { stage } : {}),
          ...(call !== undefined && role === 'tool' ? { answers: call } : {}),
          ...(call !== undefined && (role === 'call' || role === 'wrapper') ? { asks: [call] } : {}),
          ...(explanation === undefined ? {} : { explanation }),
          ...(input === undefined ? {} : { input }),
          ...(output === undefined ? {} : { output }),
          ...(role === 'call' && bare ? { bare } : {}),
        };
      },
    );
  });

/** The same places in another order. */
const shuffled = (size: number): fc.Arbitrary<number[]> =>
  fc.shuffledSubarray([...Array(size).keys()], { minLength: size, maxLength: size });

const RUNS = { numRuns: 300 };

describe('whatever the order', () => {
  test('in which spans end inside the window, the same entries go, with the same orders', () => {
    const withEnds = trace.chain((spans) => fc.tuple(fc.constant(spans), shuffled(spans.length)));
    fc.assert(
      fc.property(withEnds, ([spans, ends]) => {
        const bot = new Bot().run(
          spans,
          ends.flatMap((at) => spans[at] ?? []),
        );
        expect(bot.result).toEqual(reference(spans));
        expect(bot.assembler.waiting()).toBe(0);
        expect(bot.assembler.nextDueMillis()).toBeUndefined();
        const starts = bot.sequence.map(
          (name) => spans.find(({ id }) => id === name.split('#')[0])?.start ?? 0,
        );
        expect(starts).toEqual(starts.toSorted((a, b) => a - b));
      }),
      RUNS,
    );
  });

  test('in which traces are interleaved, none touches another', () => {
    const many = fc.array(trace, { minLength: 2, maxLength: 4 }).chain((traces) => {
      const total = traces.reduce((sum, spans) => sum + 2 * spans.length, 0);
      return fc.tuple(fc.constant(traces), fc.array(fc.nat(), { minLength: total, maxLength: total }));
    });
    fc.assert(
      fc.property(many, ([traces, picks]) => {
        const bot = new Bot();
        const steps = traces.map((spans, index) => [
          ...spans.map((span) => () => bot.start(span, `t${index}`)),
          ...spans.map((span) => () => bot.end(span, `t${index}`)),
        ]);
        for (const pick of picks) {
          const open = steps.filter((list) => list.length > 0);
          open[pick % open.length]?.shift()?.();
        }
        const expected = traces.flatMap((spans, index) =>
          Object.entries(reference(spans)).map(([name, outcome]) => [`t${index}/${name}`, outcome]),
        );
        expect(bot.result).toEqual(Object.fromEntries(expected));
      }),
      RUNS,
    );
  });

  test('a crash at any moment: the journal alone gives the same answer', () => {
    const cut = trace.chain((spans) =>
      fc.tuple(fc.constant(spans), shuffled(spans.length), fc.nat({ max: spans.length - 1 })),
    );
    fc.assert(
      fc.property(cut, ([spans, ends, count]) => {
        const before = new Bot();
        const after = new Bot();
        for (const span of spans) before.start(span);
        const journal: RestoredSpan[] = [];
        const ended = new Set<string>();
        for (const span of ends.slice(0, count).flatMap((at) => spans[at] ?? [])) {
          ended.add(span.id);
          if (span.role !== 'plain') {
            const facts = factsOf(span, 't');
            const handles: EntryHandle[] = after.handlesFor(span);
            const content = span.role === 'call' ? facts.draft : undefined;
            const kept = before.assembler.journaled(facts);
            journal.push({ span: kept, handles, content, remainingMillis: WINDOW });
          }
          before.end(span);
        }
        expect(before.result, 'nothing leaves while the trace goes on').toEqual({});
        after.take(after.assembler.restore(JSON.parse(JSON.stringify(journal)), 5));
        const known = spans.map((span): SpanSpec => {
          const { id, parent, start } = span;
          return ended.has(id)
            ? span
            : { id, role: 'plain', ...(parent && { parent }), ...(start && { start }) };
        });
        expect(after.result).toEqual(reference(known));
        expect(after.assembler.waiting()).toBe(0);
      }),
      RUNS,
    );
  });

  test('and however long it takes, each entry goes once and never after its window', () => {
    const slow = trace.chain((spans) =>
      fc.tuple(
        fc.constant(spans),
        shuffled(spans.length),
        fc.array(fc.nat({ max: WINDOW }), { minLength: spans.length, maxLength: spans.length }),
        fc.boolean(),
      ),
    );
    fc.assert(
      fc.property(slow, ([spans, ends, waits, announced]) => {
        const bot = new Bot();
        if (announced) for (const span of spans) bot.start(span);
        const due = new Map<string, number>();
        ends.forEach((at, index) => {
          const span = spans[at];
          if (span === undefined) return;
          const before = bot.names.size;
          bot.end(span);
          for (let handle = before; handle < bot.names.size; handle += 1)
            due.set(bot.names.get(handle) ?? '', bot.now + WINDOW);
          const until = bot.now + (waits[index] ?? 0);
          for (let next = bot.assembler.nextDueMillis(); next !== undefined && next <= until; ) {
            bot.tick(next - bot.now);
            next = bot.assembler.nextDueMillis();
          }
          bot.now = until;
          for (const [name, millis] of due)
            if (millis < bot.now) expect(bot.outcomes.has(name), name).toBe(true);
        });
        bot.tick(WINDOW);
        expect([...bot.outcomes.keys()].sort()).toEqual([...bot.names.values()].sort());
        expect(bot.assembler.waiting()).toBe(0);
      }),
      RUNS,
    );
  });
});
