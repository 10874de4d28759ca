import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSpanMapper, type SpanReading } from '../helpers/span-mapper.js';

const NOW = 1_790_000_000_000;
const mapSpan = createSpanMapper({
  vocabularies: 'all',
  include: [],
  exclude: ['never'],
  clock: { wallMillis: () => NOW },
});

const throws = (): never => {
  throw new Error('broken getter');
};

const whole = (): Record<string, unknown> => ({
  name: 'decision',
  kind: 0,
  spanContext: () => ({ traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), traceFlags: 1 }),
  startTime: [1_700_000_000, 0],
  endTime: [1_700_000_001, 0],
  status: { code: 0 },
  attributes: {
    'ai.stage': 'Execution',
    'ai.model': 'gpt-5',
    'ai.input': '{"a":1}',
    'ai.output': '{"b":2}',
    'ai.explanation': 'because',
    'ai.order_id': '596471064624628269',
    'ai.symbol': 'BTCUSDT',
    'ai.client_order_id': 'c1',
  },
  events: [],
  droppedAttributesCount: 0,
  parentSpanContext: { traceId: 'a'.repeat(32), spanId: 'c'.repeat(16), traceFlags: 1 },
  instrumentationScope: { name: 'bot' },
});

const withGetter = (target: Record<string, unknown>, key: string): Record<string, unknown> =>
  Object.defineProperty({ ...target }, key, { get: throws, enumerable: true });

/** The mapper takes whatever an SDK, a fork of one or another processor makes of a span. */
const read = (span: unknown): SpanReading => Reflect.apply(mapSpan, undefined, [span]);

function firstDraft(span: unknown) {
  const reading = read(span);
  if (reading.kind !== 'entries') throw new Error(`expected entries, got ${JSON.stringify(reading)}`);
  return { ...reading.drafts[0], codes: reading.notices.map(({ code }) => code) };
}

const good = firstDraft(whole());

describe('an entry with one broken attribute', () => {
  it.each<[string, object]>([
    ['ai.stage', { stage: 'Decision Making' }],
    ['ai.model', { model: undefined }],
    ['ai.input', { inputJson: undefined }],
    ['ai.output', { outputJson: undefined }],
    ['ai.explanation', { explanationDerived: true }],
    ['ai.order_id', { orderId: undefined, noOrder: false }],
    ['ai.symbol', { symbol: undefined }],
    ['ai.client_order_id', { clientOrderId: undefined }],
  ])('%s that throws costs that field and no other', (key, lost) => {
    const span = whole();
    const draft = firstDraft({ ...span, attributes: withGetter({ ...Object(span['attributes']) }, key) });
    const { explanation, ...expected } = { ...good, ...lost };
    expect(draft).toMatchObject({ ...expected, codes: expect.arrayContaining(['attribute-unreadable']) });
    if (key !== 'ai.explanation') expect(draft.explanation).toBe(explanation);
  });

  it('keeps the others when a value throws only deep inside', () => {
    const ids = new Proxy(['5'], { get: throws });
    const draft = firstDraft({ ...whole(), attributes: { 'ai.input': '{"a":1}', 'ai.order_id': ids } });
    expect(draft).toMatchObject({ inputJson: '{"a":1}', orderId: undefined });
    expect(draft.codes).toContain('attribute-unreadable');
  });

  it('is read where every look at its attributes but the values throws', () => {
    const attributes = new Proxy(Object(whole()['attributes']), { ownKeys: throws, has: throws });
    expect(firstDraft({ ...whole(), attributes })).toEqual(good);
  });
});

describe('an entry whose span is broken elsewhere', () => {
  it.each<[string, object]>([
    ['name', {}],
    ['kind', {}],
    ['spanContext', { origin: undefined }],
    ['startTime', { startedMillis: 1_700_000_001_000 }],
    ['endTime', { endedMillis: NOW }],
    ['status', {}],
    ['events', {}],
    ['droppedAttributesCount', {}],
    ['instrumentationScope', {}],
    ['parentSpanContext', { origin: { ...Object(good.origin), parentSpanId: undefined } }],
  ])('is read though %s throws, is null or is missing', (key, changed) => {
    for (const broken of [
      withGetter(whole(), key),
      { ...whole(), [key]: null },
      { ...whole(), [key]: undefined },
      { ...whole(), [key]: 'nonsense' },
    ]) {
      const { codes, ...draft } = firstDraft(broken);
      const { codes: _, ...expected } = good;
      expect(draft).toEqual({ ...expected, ...changed });
    }
  });

  it('says that an end time is missing', () => {
    expect(firstDraft({ ...whole(), endTime: [0, 0] }).codes).toEqual(['time-unreadable']);
  });

  it('keeps its failure', () => {
    const events = [null, { name: 'exception', attributes: { 'exception.type': 'RangeError' } }];
    const span = withGetter(
      { ...whole(), attributes: { 'ai.input': 'x' }, status: { code: 2, message: 'refused' }, events },
      'startTime',
    );
    expect(JSON.parse(firstDraft(span).outputJson ?? '')).toEqual({ error: 'refused', type: 'RangeError' });
  });
});

describe('what is no readable span', () => {
  it.each<[string, unknown]>([
    ['null', null],
    ['undefined', undefined],
    ['an empty object', {}],
    ['a span without attributes', { ...whole(), attributes: null }],
    ['a span whose attributes throw', withGetter(whole(), 'attributes')],
    [
      'attributes that throw at every look',
      { ...whole(), attributes: new Proxy({ 'ai.input': 1 }, { get: throws }) },
    ],
    ['a proxy that throws at everything', new Proxy({}, { get: throws, has: throws, ownKeys: throws })],
  ])('%s is skipped as unreadable', (_, span) => {
    expect(read(span)).toEqual({ kind: 'skipped', reason: 'unreadable' });
  });

  it('never throws and never changes the span, whatever the span is', () => {
    const key = fc.constantFrom(...Object.keys(Object(whole()['attributes'])), 'http.route');
    const value = fc.anything({
      withBigInt: true,
      withDate: true,
      withMap: true,
      withNullPrototype: true,
      withSparseArray: true,
      withTypedArray: true,
    });
    const attributes = fc.dictionary(key, value, { noNullPrototype: false });
    const brokenKeys = fc.uniqueArray(fc.constantFrom(...Object.keys(whole())), { maxLength: 4 });
    fc.assert(
      fc.property(
        attributes,
        brokenKeys,
        fc.array(value, { minLength: 4, maxLength: 4 }),
        (given, keys, values) => {
          const span: Record<string, unknown> = { ...whole(), attributes: given };
          keys.forEach((broken, index) => {
            span[broken] = values[index];
          });
          const keysBefore = Reflect.ownKeys(given);
          const reading = read(span);
          expect(['none', 'skipped', 'entries']).toContain(reading.kind);
          expect(Reflect.ownKeys(given)).toEqual(keysBefore);
          if (reading.kind !== 'entries') return;
          for (const draft of reading.drafts) {
            for (const json of [draft.inputJson, draft.outputJson]) {
              if (json !== undefined) expect(typeof JSON.parse(json)).toBe('object');
            }
            if (draft.orderId !== undefined) expect(draft.orderId).toMatch(/^[1-9]\d{0,18}$/);
            for (const text of [
              draft.stage,
              draft.model,
              draft.explanation,
              draft.symbol,
              draft.clientOrderId,
            ]) {
              expect(text === undefined || (typeof text === 'string' && text !== '')).toBe(true);
            }
            expect(Number.isSafeInteger(draft.startedMillis) && Number.isSafeInteger(draft.endedMillis)).toBe(
              true,
            );
          }
        },
      ),
      { numRuns: 500 },
    );
  });

  it('reads a frozen span like any other', () => {
    const span = whole();
    for (const value of Object.values(span)) Object.freeze(value);
    const typed: unknown = Object.freeze(span);
    expect(firstDraft(typed)).toEqual(good);
  });
});
