import { describe, expect, test } from 'vitest';
import { Bot, type SpanSpec } from './bot.js';

const root: SpanSpec = { id: 'root', role: 'context', stage: 'Decision Making' };
const span = (id: string, role: NonNullable<SpanSpec['role']>, more: Partial<SpanSpec> = {}): SpanSpec => ({
  id,
  role,
  parent: 'root',
  ...more,
});

const ROWS: readonly (readonly [
  title: string,
  spans: readonly SpanSpec[],
  expected: Record<string, string>,
])[] = [
  [
    'an own entry wins over all below it, own entries below it stay',
    [
      span('own', 'entry', { parent: undefined }),
      span('wrapper', 'wrapper', { parent: 'own' }),
      span('call', 'call', { parent: 'wrapper' }),
      span('inner', 'entry', { parent: 'own' }),
    ],
    { own: 'no order', wrapper: 'below-own-entry', call: 'below-own-entry', inner: 'no order' },
  ],
  [
    'a wrapper gives way to the calls below it',
    [root, span('w', 'wrapper'), span('c1', 'call', { parent: 'w' }), span('c2', 'call', { parent: 'w' })],
    { w: 'wrapper', c1: 'no order', c2: 'no order' },
  ],
  [
    'a wrapper without a logged call below it stands for itself, with the model from below',
    [
      root,
      span('w', 'wrapper', { model: false }),
      span('c', 'call', { parent: 'w', bare: true, model: 'gpt-5' }),
    ],
    { w: 'no order' },
  ],
  [
    'a wrapper of which nobody names a model is dropped',
    [root, span('w', 'wrapper', { model: false })],
    { w: 'no-model' },
  ],
  [
    'of two views of one call the inner is kept',
    [root, span('outer', 'call'), span('inner', 'call', { parent: 'outer' })],
    { outer: 'inner-call-kept', inner: 'no order' },
  ],
  [
    'but the outer when the inner shows less',
    [root, span('outer', 'call', { explanation: 'why' }), span('inner', 'call', { parent: 'outer' })],
    { outer: 'no order', inner: 'outer-call-kept' },
  ],
  [
    'what lies below a tool span is a call of its own',
    [
      root,
      span('w', 'wrapper'),
      span('c', 'call', { parent: 'w' }),
      span('tool', 'tool', { parent: 'c' }),
      span('agent', 'wrapper', { parent: 'tool' }),
      span('sub', 'call', { parent: 'agent' }),
    ],
    { w: 'wrapper', c: 'no order', agent: 'wrapper', sub: 'no order' },
  ],
  [
    'the same response from two instrumentations goes once, from the one that shows more',
    [
      root,
      span('a', 'call', { response: 'r1', scope: 'ai' }),
      span('b', 'call', { response: 'r1', scope: '@ai-sdk/otel', explanation: 'why' }),
      span('c', 'call', { response: 'r2', scope: 'ai' }),
    ],
    { a: 'same-response', b: 'no order', c: 'no order' },
  ],
  [
    'the same response id twice from one instrumentation is two calls',
    [root, span('a', 'call', { response: 'r1' }), span('b', 'call', { response: 'r1' })],
    { a: 'no order', b: 'no order' },
  ],
  [
    'what is missing after the whole trace was heard makes an entry invalid',
    [span('own', 'entry', { parent: undefined, model: false, output: false })],
    { own: 'invalid: model is missing; output is missing' },
  ],
];

describe('which spans are entries', () => {
  test.each(ROWS)('%s', (_, spans, expected) => {
    expect(new Bot().run(spans).result).toEqual(expected);
    expect(new Bot().run(spans, spans).result, 'parents end first').toEqual(expected);
  });

  test('an own entry borrows what it lacks from the only call below it', () => {
    const own = span('own', 'entry', { parent: undefined, model: false, input: false, output: false });
    const call = span('call', 'call', { parent: 'own', model: 'gpt-5', explanation: 'oversold' });
    const failed = span('failed', 'call', { parent: 'own', bare: true });
    const bot = new Bot().run([own, failed, call]);
    expect(bot.decisions.get('own')).toMatchObject({
      kind: 'release',
      lent: {
        model: 'gpt-5',
        inputJson: '{"prompt":"call"}',
        outputJson: '{"response":"call"}',
        explanation: 'oversold',
      },
    });
    const two = new Bot().run([own, call, { ...call, id: 'call2' }]);
    expect(two.result).toMatchObject({
      own: 'invalid: model is missing; input is missing; output is missing',
    });
  });

  test('what the bot stated is not replaced', () => {
    const own = span('own', 'entry', { parent: undefined, explanation: 'mine' });
    const bot = new Bot().run([
      own,
      span('call', 'call', { parent: 'own', explanation: 'theirs', model: 'other' }),
    ]);
    expect(bot.decisions.get('own')).toMatchObject({ lent: {} });
  });

  test('the firmest stage wins, the nearest of equal ones; an own entry’s name gives way to `ai.stage` alone', () => {
    const top = span('root', 'context', { parent: undefined, stage: 'risk' });
    const agent = span('agent', 'wrapper', { stage: 'my-agent', firmness: 'function' });
    const call = span('call', 'call', { parent: 'agent', stage: 'chat', firmness: 'span-name' });
    const lentTo = (name: string, spans: readonly SpanSpec[]): unknown => {
      const decision = new Bot().run(spans).decisions.get(name);
      return decision?.kind === 'release' ? decision.lent.stage : decision?.kind;
    };
    expect(lentTo('call', [top, agent, call])).toBe('Risk Assessment');
    expect(lentTo('call', [{ ...agent, parent: undefined }, call])).toBe('my-agent');
    const unnamed = span('unnamed', 'call', { parent: 'run', stage: 'Decision Making', firmness: 'unnamed' });
    const run = span('run', 'context', { parent: undefined, stage: 'risk', firmness: 'span-name' });
    expect(lentTo('unnamed', [run, unnamed])).toBe('Risk Assessment');

    const own = span('own', 'entry', { parent: 'agent', stage: 'pick', firmness: 'span-name' });
    expect(lentTo('own', [{ ...agent, parent: undefined }, own])).toBeUndefined();
    expect(lentTo('own', [top, agent, own])).toBe('Risk Assessment');
  });

  test('`answersOnly` drops steps that only call a tool and that another call follows', () => {
    const spans = [
      root,
      span('w', 'wrapper'),
      span('step', 'call', { parent: 'w', start: 1, toolCallsOnly: true }),
      span('answer', 'call', { parent: 'w', start: 2 }),
      span('alone', 'call', { start: 3, toolCallsOnly: true }),
    ];
    const kept = { w: 'wrapper', answer: 'no order', alone: 'no order' };
    expect(new Bot({ answersOnly: true }).run(spans).result).toEqual({ ...kept, step: 'answers-only' });
    expect(new Bot().run(spans).result).toEqual({ ...kept, step: 'no order' });
  });

  test('`answersOnly` keeps the step whose tool call placed an order: it is the decision', () => {
    const spans = [
      root,
      span('w', 'wrapper'),
      span('look', 'call', { parent: 'w', start: 1, toolCallsOnly: true, asks: ['get_market a'] }),
      span('trade', 'call', { parent: 'w', start: 2, toolCallsOnly: true, asks: ['place_order b'] }),
      span('run', 'tool', { parent: 'w', start: 3, answers: 'place_order b', order: ['11'] }),
      span('answer', 'call', { parent: 'w', start: 4 }),
    ];
    expect(new Bot({ answersOnly: true }).run(spans).result).toEqual({
      w: 'wrapper',
      look: 'answers-only',
      trade: '11',
      answer: 'ambiguous',
    });
  });
});
