import { describe, expect, test } from 'vitest';
import {
  AiLogEntry,
  type AiLogEntryFields,
  createDecisionLog,
  createExecutionLog,
  createRiskAssessmentLog,
  createSignalAnalysisLog,
  createStrategyLog,
  draftOfEntry,
  entryOfDraft,
  redactedDraft,
  refusedOrderIdOf,
} from '../../src/entry/ai-log-entry.js';
import type { EntryDraft } from '../../src/entry/entry-draft.js';
import { problemsOf } from '../../src/entry/seal.js';

const at = new Date('2026-01-02T03:04:05.678Z');

const fields = {
  stage: 'Execution',
  model: 'smart-execution-v1',
  input: { symbol: 'BTCUSDT', size: 0.3 },
  output: { status: 'FILLED' },
  explanation: 'Limit order filled.',
  orderId: '596471064624628269',
  timestamp: at,
} satisfies AiLogEntryFields;

/** As a program without types may call it. */
const untyped = (changes: object): AiLogEntry => Reflect.construct(AiLogEntry, [{ ...fields, ...changes }]);

describe('AiLogEntry', () => {
  test('shows what it was given', () => {
    expect({ ...new AiLogEntry(fields) }).toStrictEqual(fields);
    expect(JSON.parse(JSON.stringify(new AiLogEntry(fields)))).toStrictEqual({
      ...fields,
      timestamp: at.toISOString(),
    });
  });

  test('cannot be changed, neither itself nor through what it was made from', () => {
    const input = { positions: [1] };
    const timestamp = new Date(at);
    const entry = new AiLogEntry({ ...fields, input, timestamp });
    input.positions.push(2);
    timestamp.setTime(0);
    expect(entry.input).toStrictEqual({ positions: [1] });
    expect(entry.timestamp).toStrictEqual(at);
    expect(Reflect.set(entry, 'model', 'other')).toBe(false);
    expect(Reflect.set(entry, 'input', {})).toBe(false);
  });

  test('is of now when no time is given', () => {
    const before = Date.now();
    const { timestamp } = new AiLogEntry({ ...fields, timestamp: undefined });
    expect(timestamp.getTime()).toBeGreaterThanOrEqual(before);
    expect(timestamp.getTime()).toBeLessThanOrEqual(Date.now());
    expect(
      Number.isNaN(new AiLogEntry({ ...fields, timestamp: new Date(Number.NaN) }).timestamp.getTime()),
    ).toBe(false);
  });

  test.each<[unknown, string | undefined, RegExp | undefined]>([
    ['596471064624628269', '596471064624628269', undefined],
    [596471064624628269n, '596471064624628269', undefined],
    [42, '42', undefined],
    [undefined, undefined, undefined],
    ['none', undefined, undefined],
    [596471064624628200, undefined, /above 2\^53/],
    ['ORDER-1', undefined, /decimal digits/],
    [['1', '2'], undefined, /one id/],
    [['1'], '1', undefined],
  ])('order id %s is %s', (orderId, expected, refused) => {
    const entry = untyped({ orderId });
    expect(entry.orderId).toBe(expected);
    if (refused === undefined) expect(refusedOrderIdOf(entry)).toBeUndefined();
    else expect(refusedOrderIdOf(entry)).toMatch(refused);
  });

  test.each<[object, string]>([
    [{ model: undefined }, 'model is missing'],
    [{ model: {} }, 'model is missing'],
    [{ stage: null }, 'stage is missing'],
    [{ input: undefined }, 'input is missing'],
    [{ output: ' ' }, 'output is missing'],
  ])('does not throw into the bot for %j, and the draft tells: %s', (changes, problem) => {
    expect(problemsOf(draftOfEntry(untyped(changes)))).toStrictEqual([problem]);
  });
});

describe('toWeexPayload', () => {
  test('has the order id as text, and objects for input and output', () => {
    expect(
      new AiLogEntry({ ...fields, stage: 'execution', input: 'fill?', output: [1, 2] }).toWeexPayload(),
    ).toStrictEqual({
      orderId: '596471064624628269',
      stage: 'Execution',
      model: 'smart-execution-v1',
      input: { prompt: 'fill?' },
      output: { value: [1, 2] },
      explanation: 'Limit order filled.',
    });
  });

  test('without an order has no orderId', () => {
    expect('orderId' in new AiLogEntry({ ...fields, orderId: undefined }).toWeexPayload()).toBe(false);
  });

  test('can be written as JSON, with every digit, and with the explanation cut', () => {
    const entry = new AiLogEntry({
      ...fields,
      input: '{"id":596471064624628269}',
      output: { id: 596471064624628269n },
      explanation: 'Because. '.repeat(200),
    });
    const payload = entry.toWeexPayload();
    expect(payload.input).toStrictEqual({ id: '596471064624628269' });
    expect(payload.output).toStrictEqual({ id: '596471064624628269' });
    expect(payload.explanation.length).toBeLessThanOrEqual(1_000);
    expect(() => JSON.stringify(payload)).not.toThrow();
  });

  test('of an entry without content has empty objects', () => {
    expect(untyped({ input: undefined, output: '' }).toWeexPayload()).toMatchObject({
      input: {},
      output: {},
    });
  });
});

test.each([
  [createStrategyLog, 'Strategy Generation'],
  [createDecisionLog, 'Decision Making'],
  [createExecutionLog, 'Execution'],
  [createRiskAssessmentLog, 'Risk Assessment'],
  [createSignalAnalysisLog, 'Signal Analysis'],
])('%# makes an entry of its stage', (create, stage) => {
  const { stage: _, ...rest } = fields;
  const entry = create(rest);
  expect(entry).toBeInstanceOf(AiLogEntry);
  expect({ ...entry }).toStrictEqual({ ...fields, stage });
});

test('the draft of an entry holds the text of objects, exact digits and no order when that was said', () => {
  const draft = draftOfEntry(
    new AiLogEntry({
      ...fields,
      stage: 'risk_assessment',
      model: ' m ',
      input: ' {"id":596471064624628269,"p":1.10} ',
      output: { at, big: 596471064624628269n },
      orderId: 'None',
    }),
  );
  expect(draft).toStrictEqual({
    stage: 'Risk Assessment',
    model: 'm',
    inputJson: '{"id":596471064624628269,"p":1.10}',
    outputJson: '{"at":"2026-01-02T03:04:05.678Z","big":"596471064624628269"}',
    explanation: 'Limit order filled.',
    explanationDerived: false,
    orderId: undefined,
    noOrder: true,
    clientOrderId: undefined,
    symbol: undefined,
    startedMillis: at.getTime(),
    endedMillis: at.getTime(),
    origin: undefined,
  });
});

describe('redact', () => {
  const inputJson = '{"id":596471064624628269,"price":1.10,"key":"k","key":"k2"}';
  const outputJson = '{ "action" : "BUY" }';
  const draft: EntryDraft = {
    ...draftOfEntry(new AiLogEntry(fields)),
    inputJson,
    outputJson,
    explanationDerived: true,
    symbol: 'BTCUSDT',
    origin: { traceId: 't', spanId: 's', parentSpanId: undefined },
  };
  /** What the pipeline does with a hook. */
  const redact = (hook: (entry: AiLogEntry) => unknown, from = draft): EntryDraft => {
    const entry = entryOfDraft(from);
    return Reflect.apply(redactedDraft, undefined, [from, hook(entry), entry]);
  };

  test('a hook sees values with exact digits, the same ones each time', () => {
    const entry = entryOfDraft(draft);
    expect({ ...entry }).toStrictEqual({
      ...fields,
      input: { id: '596471064624628269', price: 1.1, key: 'k2' },
      output: { action: 'BUY' },
    });
    expect(entry.input).toBe(entry.input);
  });

  test('a hook sees a draft with gaps, or with text that is no JSON', () => {
    const gaps = {
      stage: undefined,
      model: undefined,
      inputJson: undefined,
      outputJson: '{"cut',
      explanation: undefined,
    };
    const entry = entryOfDraft({ ...draft, ...gaps, orderId: undefined, noOrder: true });
    expect({ ...entry }).toStrictEqual({
      ...{ stage: '', model: '', input: {}, output: '{"cut', explanation: '' },
      orderId: undefined,
      timestamp: at,
    });
    expect(redact((given) => ({ ...given }), { ...draft, ...gaps })).toStrictEqual({ ...draft, ...gaps });
  });

  test.each<[string, (entry: AiLogEntry) => unknown]>([
    ['nothing', () => undefined],
    ['nothing after reading', (entry) => void [entry.input, entry.output]],
    ['the entry', (entry) => entry],
    ['a copy of its fields', (entry) => ({ ...entry })],
    ['a new entry of the same fields', (entry) => new AiLogEntry({ ...entry, input: entry.input })],
    [
      'order id, time and more, which are not its to change',
      () => ({ orderId: '1', timestamp: new Date(0), noOrder: true, symbol: 'X' }),
    ],
  ])('%s returned: nothing is lost', (title, hook) => {
    const redacted = redact(hook);
    if (title.startsWith('a new entry')) {
      expect(redacted).toMatchObject({
        stage: draft.stage,
        orderId: draft.orderId,
        explanationDerived: true,
      });
      expect(redacted.inputJson).toBe('{"id":596471064624628269,"price":1.1,"key":"k2"}');
    } else {
      expect(redacted).toStrictEqual(draft);
    }
  });

  test('a field returned replaces, the others keep their exact text', () => {
    const redacted = redact((entry) => ({
      ...entry,
      output: { action: 'BUY', note: 'x' },
      explanation: 'y',
    }));
    expect(redacted).toStrictEqual({
      ...draft,
      outputJson: '{"action":"BUY","note":"x"}',
      explanation: 'y',
      explanationDerived: false,
    });
  });

  test.each<[string, (input: object) => unknown]>([
    ['spread', (input) => ({ ...input, key: '***' })],
    ['written and parsed', (input) => JSON.parse(JSON.stringify(input).replace('k2', '***'))],
    ['cloned and changed', (input) => Object.assign(structuredClone(input), { key: '***' })],
  ])('a number that only digits can hold stays a number when its object is %s', (_, scrub) => {
    expect(redact((entry) => ({ ...entry, input: scrub(Object(entry.input)) }))).toStrictEqual({
      ...draft,
      inputJson: '{"id":596471064624628269,"price":1.1,"key":"***"}',
    });
  });

  test('text stays text, and digits that moved become text', () => {
    const from = {
      ...draft,
      inputJson: '{"a":"596471064624628269","b":[1,596471064624628269],"__proto__":[596471064624628269]}',
    };
    const whole = redact(({ input }) => ({ input: { ...Object(input), c: 1 } }), from);
    expect(whole.inputJson).toBe(
      '{"a":"596471064624628269","b":[1,596471064624628269],"__proto__":[596471064624628269],"c":1}',
    );
    const moved = redact(({ input }) => ({ input: { b: Object(input).b.slice(1) } }), from);
    expect(moved.inputJson).toBe('{"b":["596471064624628269"]}');
  });

  test('what a hook changes in place counts, whatever it returns', () => {
    for (const result of [undefined, 'entry', 'copy']) {
      const redacted = redact((entry) => {
        Reflect.deleteProperty(Object(entry.input), 'key');
        return result === 'entry' ? entry : result === 'copy' ? { ...entry } : undefined;
      });
      expect(redacted.inputJson).toBe('{"id":596471064624628269,"price":1.1}');
      expect(redacted.outputJson).toBe(outputJson);
    }
  });

  test.each([
    ['text', { input: 'gone', output: 'gone' }, '{"prompt":"gone"}', '{"response":"gone"}'],
    ['undefined', { input: undefined, output: undefined }, '{"redacted":true}', '{"redacted":true}'],
    ['null and an empty text', { input: null, output: '' }, '{"redacted":true}', '{"redacted":true}'],
    ['an empty object', { input: {}, output: [] }, '{"value":{}}', '{"value":[]}'],
  ])('%s in place of content is an object that is not empty', (_, replacement, input, output) => {
    const redacted = redact(() => replacement);
    expect([redacted.inputJson, redacted.outputJson]).toStrictEqual([input, output]);
    expect(problemsOf(redacted)).toStrictEqual([]);
  });

  test('an explanation taken away is blank, so that sealing derives one', () => {
    expect(redact(() => ({ explanation: undefined }))).toMatchObject({
      explanation: '',
      explanationDerived: false,
    });
  });

  test.each([
    ['a promise', Promise.resolve({ input: 'x' })],
    ['text', 'x'],
    ['null', null],
  ])('%s returned throws, because then nothing is known to be redacted', (_, result) => {
    expect(() => redact(() => result)).toThrow(TypeError);
  });
});
