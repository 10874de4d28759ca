import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { EntryDraft } from '../../src/entry/entry-draft.js';
import { objectText } from '../../src/entry/json-text.js';
import { createMask } from '../../src/entry/mask.js';
import { problemsOf, sealEntry } from '../../src/entry/seal.js';
import { wireBody } from '../../src/entry/sealed-entry.js';

const KEY = 'weex_9f8e7d6c5b4a';

const draftWith = (changes: Partial<EntryDraft> = {}): EntryDraft => ({
  stage: 'Decision Making',
  model: 'gpt-4o-2024-11-20',
  inputJson: '{"orderId":596471064624628269,"price":44950.10}',
  outputJson: '{"action":"BUY"}',
  explanation: 'RSI oversold.',
  explanationDerived: false,
  orderId: undefined,
  noOrder: false,
  clientOrderId: 'c-1',
  symbol: 'BTCUSDT',
  startedMillis: 1_000,
  endedMillis: 2_500,
  origin: {
    traceId: '0af7651916cd43dd8448eb211c80319c',
    spanId: 'b7ad6b7169203331',
    parentSpanId: undefined,
  },
  ...changes,
});

const options = { id: 'entry-1', maxEntryBytes: 262_144, mask: createMask([KEY, 'bitcoin']) };
const seal = (changes: Partial<EntryDraft> = {}) => sealEntry(draftWith(changes), options);

describe('problemsOf', () => {
  test('finds none in a whole draft', () => {
    expect(problemsOf(draftWith())).toStrictEqual([]);
  });

  test.each<[Partial<EntryDraft>, string]>([
    [{ stage: undefined }, 'stage is missing'],
    [{ stage: ' ' }, 'stage is missing'],
    [{ model: undefined }, 'model is missing'],
    [{ model: '\t' }, 'model is missing'],
    [{ inputJson: undefined }, 'input is missing'],
    [{ inputJson: '{}' }, 'input is an empty object'],
    [{ inputJson: '{ }' }, 'input is an empty object'],
    [{ inputJson: '{"a":' }, 'input is not a JSON object'],
    [{ inputJson: '[1]' }, 'input is not a JSON object'],
    [{ outputJson: '' }, 'output is missing'],
    [{ outputJson: '{} and more' }, 'output is not a JSON object'],
  ])('%j: %s', (changes, problem) => {
    expect(problemsOf(draftWith(changes))).toStrictEqual([problem]);
  });

  test('names all of them', () => {
    const empty = { stage: undefined, model: undefined, inputJson: undefined, outputJson: undefined };
    expect(problemsOf(draftWith(empty))).toHaveLength(4);
  });
});

describe('sealEntry', () => {
  test('writes the payload in the order of the fields, with the very text of input and output', () => {
    expect(seal()).toStrictEqual({
      id: 'entry-1',
      payload:
        '{"stage":"Decision Making","model":"gpt-4o-2024-11-20","input":{"orderId":596471064624628269,"price":44950.10},"output":{"action":"BUY"},"explanation":"RSI oversold."}',
      stage: 'Decision Making',
      orderId: undefined,
      noOrder: false,
      clientOrderId: 'c-1',
      symbol: 'BTCUSDT',
      fullExplanation: undefined,
      explanationDerived: false,
      startedMillis: 1_000,
      endedMillis: 2_500,
      origin: draftWith().origin,
    });
  });

  test('keeps a shortened explanation whole beside the payload', () => {
    const explanation = 'The price is low. '.repeat(100);
    const sealed = seal({ explanation });
    expect(JSON.parse(sealed.payload).explanation.length).toBeLessThanOrEqual(1_000);
    expect(sealed.fullExplanation).toBe(explanation);
  });

  test.each([[undefined], [''], ['\u0000\ufffd ']])(
    'a blank explanation (%j) becomes a derived one',
    (explanation) => {
      const sealed = seal({ explanation });
      expect(JSON.parse(sealed.payload).explanation).toBe('Decision Making by gpt-4o-2024-11-20 in 1500 ms.');
      expect(sealed.explanationDerived).toBe(true);
    },
  );

  test('takes a draft with every problem, for the record', () => {
    const sealed = seal({
      stage: undefined,
      model: undefined,
      inputJson: undefined,
      outputJson: '{"cut":',
      explanation: 'x',
    });
    expect(sealed.payload).toBe('{"stage":"","model":"","input":{},"output":{},"explanation":"x"}');
  });

  test('masks our credentials everywhere', () => {
    const sealed = seal({
      stage: KEY,
      model: `m ${KEY}`,
      inputJson: JSON.stringify({ [KEY]: KEY, pass: 'bitcoin', say: 'buy bitcoin' }),
      explanation: `${'x'.repeat(990)} ${KEY} ${'y '.repeat(200)}`,
      clientOrderId: KEY,
      symbol: 'bitcoin',
    });
    expect(JSON.stringify(sealed)).not.toContain(KEY);
    expect(JSON.stringify(sealed)).not.toContain(KEY.slice(0, 8));
    expect(JSON.parse(sealed.payload).input).toStrictEqual({
      '[masked]': '[masked]',
      pass: '[masked]',
      say: 'buy bitcoin',
    });
    expect(sealed.symbol).toBe('[masked]');
  });

  test.each(['596471064624628269', '9223372036854775807'])('keeps order id %s exactly', (orderId) => {
    const sealed = seal({ orderId });
    expect(sealed.orderId).toBe(orderId);
    expect(wireBody(sealed)).toContain(`{"orderId":${orderId},"stage"`);
  });

  test.each(['12,"stage":"x"', '007', 'none', '-1'])(
    'lets nothing but an order id onto the wire: %s',
    (orderId) => {
      expect(seal({ orderId }).orderId).toBeUndefined();
    },
  );

  test('the body stays within maxEntryBytes even with the longest order id linked later', () => {
    const inputJson = JSON.stringify({ prompt: '市场 calm. '.repeat(5_000) });
    for (let maxEntryBytes = 2_000; maxEntryBytes < 2_010; maxEntryBytes += 1) {
      const sealed = sealEntry(draftWith({ inputJson }), { ...options, maxEntryBytes });
      const body = wireBody({ ...sealed, orderId: '9223372036854775807' });
      expect(Buffer.byteLength(body)).toBeLessThanOrEqual(maxEntryBytes);
      expect(Buffer.byteLength(body)).toBeGreaterThan(maxEntryBytes - 8);
    }
  });

  test('a sealed entry is less than 1 MiB whatever is in it and whatever maxEntryBytes says', () => {
    const long = '\u0001"\\é😀'.repeat(500_000);
    const sealed = sealEntry(
      draftWith({
        stage: long,
        model: long,
        inputJson: JSON.stringify({ a: long }),
        outputJson: JSON.stringify({ a: Array(400_000).fill(1.5) }),
        explanation: `${'x'.repeat(2_000)}${'\u0001'.repeat(2_000_000)}`,
        clientOrderId: long,
        symbol: long,
      }),
      { ...options, maxEntryBytes: 100_000_000 },
    );
    const { payload, ...rest } = sealed;
    expect(Buffer.byteLength(payload) + Buffer.byteLength(JSON.stringify(rest))).toBeLessThan(1_048_576);
    expect(() => JSON.parse(payload)).not.toThrow();
  });

  test('whatever a span holds, the body is valid JSON within the limit and without the key', () => {
    const spanValue = fc.oneof(
      fc.anything({ withBigInt: true, withDate: true }),
      fc.json(),
      fc.string({ unit: 'binary' }),
      fc.constantFrom(KEY, `{"a":"${KEY}"}`, `{"a":"\\u0077${KEY.slice(1)}"}`),
    );
    const text = fc.option(fc.oneof(fc.string({ unit: 'binary' }), fc.constant(KEY)), { nil: undefined });
    fc.assert(
      fc.property(spanValue, spanValue, text, text, text, (input, output, stage, model, explanation) => {
        const draft = draftWith({
          stage,
          model,
          explanation,
          inputJson: objectText(input, 'prompt')?.json,
          outputJson: objectText(output, 'response')?.json,
          orderId: '9223372036854775807',
        });
        const body = wireBody(sealEntry(draft, { ...options, maxEntryBytes: 8_192 }));
        expect(Buffer.byteLength(body)).toBeLessThanOrEqual(8_192);
        const parsed: unknown = JSON.parse(body);
        expect(Object.keys(parsed ?? {})).toStrictEqual([
          'orderId',
          'stage',
          'model',
          'input',
          'output',
          'explanation',
        ]);
        expect(JSON.stringify(parsed)).not.toContain(KEY);
        expect(Buffer.from(body).toString()).toBe(body);
      }),
      { numRuns: 250 },
    );
  });
});
