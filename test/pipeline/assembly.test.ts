import { join } from 'node:path';
import { type Attributes, context, type Span, type SpanContext, trace } from '@opentelemetry/api';
import { expect, test, vi } from 'vitest';
import type { WeexOptions } from '../../src/config/settings.js';
import { type EntryHistory, readEntries } from '../../src/journal/read-entries.js';
import { WeexSpanProcessor } from '../../src/otel/weex-span-processor.js';
import { accountAt, emulator, STAGE, tracerWith } from '../helpers/traced-bot.js';

const ORDER = '596471064624628269';
/** Longer than any of these tests takes: what goes, goes by a rule and not by the window. */
const WINDOW = 600_000;

/** A bot in this process, with its own account. */
async function tracedBot(options: WeexOptions = {}) {
  const weex = await emulator();
  const account = accountAt(weex, { linkWindowMillis: WINDOW, account: 'bot', concurrency: 1, ...options });
  const processor = new WeexSpanProcessor(account);
  const { tracer } = tracerWith([processor]);
  const start = (name: string, attributes: Attributes = {}, parent?: Span): Span =>
    tracer.startSpan(
      name,
      { attributes },
      parent === undefined ? context.active() : trace.setSpan(context.active(), parent),
    );
  return {
    weex,
    account,
    processor,
    start,
    stage: (stage: string, parent?: Span, attributes: Attributes = {}) =>
      start(stage, { ...STAGE, 'ai.stage': stage, ...attributes }, parent),
    /** Order id by stage, in the order of sending. */
    orders: () => weex.logs().map(({ stage, orderId }) => [stage, orderId]),
    async entries(): Promise<EntryHistory[]> {
      await processor.forceFlush();
      const found: EntryHistory[] = [];
      for await (const entry of readEntries(join(account.journalDir ?? '', 'bot'))) found.push(entry);
      return found;
    },
  };
}

const CHAT: Attributes = {
  'gen_ai.operation.name': 'chat',
  'gen_ai.request.model': 'gpt-5',
  'gen_ai.input.messages':
    '[{"role":"user","parts":[{"type":"text","content":"{\\"order\\":596471064624628269}"}]}]',
  'gen_ai.output.messages':
    '[{"role":"assistant","parts":[{"type":"reasoning","content":"RSI is 28."},{"type":"text","content":"{\\"id\\":596471064624628271}"}]}]',
};

test('Strategy and Decision wait for the trace and carry the order that only Execution knows', async () => {
  const { weex, processor, stage, start, orders, entries } = await tracedBot();
  const cycle = start('cycle');
  stage('strategy', cycle).end();
  stage('decision', cycle).end();
  stage('execution', cycle, { 'ai.order_id': ORDER }).end();
  await processor.forceFlush();
  expect(weex.logs()).toHaveLength(0);
  expect(processor.health()).toMatchObject({ waiting: 3, pending: 0 });
  expect((await entries()).map(({ state }) => state)).toEqual(['waiting', 'waiting', 'waiting']);

  cycle.end();
  expect(processor.health().waiting).toBe(0);
  await processor.forceFlush();
  expect(orders()).toEqual([
    ['Strategy Generation', ORDER],
    ['Decision Making', ORDER],
    ['Execution', ORDER],
  ]);
  const [strategy, , own] = await entries();
  expect(strategy).toMatchObject({ state: 'delivered', entry: { orderId: ORDER } });
  expect(strategy?.linkReason).toContain(cycle.spanContext().spanId);
  expect(own?.linkReason).toBeUndefined();
});

test('without the end of the trace, an entry goes when its window is over', async () => {
  const { weex, stage, start } = await tracedBot({ linkWindowMillis: 50 });
  const cycle = start('cycle');
  stage('decision', cycle).end();
  await weex.waitForLogs(1);
  cycle.end();
});

test('a HOLD gets no order, and neither does what says "none"', async () => {
  const { processor, stage, start, orders } = await tracedBot();
  const cycle = start('cycle');
  stage('decision', cycle, { 'ai.output': '{"action":"HOLD"}' }).end();
  stage('risk', cycle, { 'ai.order_id': 'none' }).end();
  stage('execution', cycle, { 'ai.order_id': ORDER }).end();
  cycle.end();
  await processor.forceFlush();
  expect(orders()).toEqual([
    ['Decision Making', undefined],
    ['Risk Assessment', undefined],
    ['Execution', ORDER],
  ]);
});

test('a stage with several orders is one log for each, and those before it get the first', async () => {
  const { processor, stage, start, orders } = await tracedBot();
  const cycle = start('cycle');
  stage('decision', cycle).end();
  stage('execution', cycle, { 'ai.order_id': ['11', '12'] }).end();
  cycle.end();
  await processor.forceFlush();
  expect(orders().toSorted()).toEqual([
    ['Decision Making', '11'],
    ['Execution', '11'],
    ['Execution', '12'],
  ]);
});

test('the order comes from a tool result by orderIdFrom', async () => {
  const { processor, stage, start, orders } = await tracedBot({
    orderIdFrom: ['tool:place_order:data.orderId'],
  });
  const cycle = start('cycle');
  stage('decision', cycle).end();
  start(
    'execute_tool place_order',
    {
      'gen_ai.operation.name': 'execute_tool',
      'gen_ai.tool.name': 'place_order',
      'gen_ai.tool.call.result': `{"data":{"orderId":${ORDER}}}`,
    },
    cycle,
  ).end();
  cycle.end();
  await processor.forceFlush();
  expect(orders()).toEqual([['Decision Making', ORDER]]);
});

test('linkOrder names the order of a trace, an entry and a client order id while they wait', async () => {
  const { processor, stage, start, orders, entries } = await tracedBot();
  const spans = ['decision', 'strategy', 'risk'].map((name) => {
    const root = start('cycle');
    stage(name, root, name === 'risk' ? { 'ai.client_order_id': 'c-1' } : {}).end();
    return root;
  });
  const [byTrace, byEntry] = spans;
  const strategy = (await entries()).find(({ entry }) => entry.stage === 'Strategy Generation');
  const entryId = strategy?.entry.id ?? '';
  expect(processor.linkOrder({ traceId: byTrace?.spanContext().traceId ?? '' }, '11')).toBe('linked');
  expect(processor.linkOrder({ entryId }, '12')).toBe('linked');
  expect(processor.linkOrder({ clientOrderId: 'c-1' }, '13')).toBe('linked');
  expect(byEntry?.isRecording()).toBe(true);
  for (const span of spans) span.end();
  await processor.forceFlush();
  expect(orders().toSorted()).toEqual([
    ['Decision Making', '11'],
    ['Risk Assessment', '13'],
    ['Strategy Generation', '12'],
  ]);
});

test('linkOrder after sending says so, and the journal notes it; never for a HOLD or a skipped entry', async () => {
  const { account, processor, stage, start } = await tracedBot({ filter: ({ stage: s }) => s !== 'hidden' });
  const late = stage('decision');
  late.end();
  const hold = stage('decision', undefined, { 'ai.order_id': 'none' });
  hold.end();
  const hidden = stage('hidden', undefined);
  hidden.end();
  await processor.forceFlush();
  const traceOf = (span: Span) => ({ traceId: span.spanContext().traceId });
  expect(processor.linkOrder(traceOf(late), ORDER)).toBe('too-late');
  expect(processor.linkOrder(traceOf(hold), ORDER)).toBe('unknown');
  expect(processor.linkOrder(traceOf(hidden), ORDER)).toBe('unknown');
  expect(processor.linkOrder({ traceId: 'f'.repeat(32) }, ORDER)).toBe('unknown');
  const notes: unknown[] = [];
  const folder = join(account.journalDir ?? '', 'bot');
  for await (const _ of readEntries(folder, ({ kind, fields }) => {
    if (kind === 'note' && fields['name'] === 'late-order') notes.push(fields['facts']);
  }));
  expect(notes).toEqual([{ entryId: expect.any(String), orderId: ORDER }]);
  expect(start('x').isRecording()).toBe(true);
});

test('linkOrder throws at nothing, and refuses what is no order id', async () => {
  const { processor } = await tracedBot();
  vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  for (const wrong of [undefined, null, {}, 'x', { traceId: undefined }, { entryId: 'e', traceId: 't' }])
    expect(Reflect.apply(processor.linkOrder, processor, [wrong, ORDER])).toBe('unknown');
  expect(processor.linkOrder({ traceId: 'f'.repeat(32) }, 2 ** 60)).toBe('refused');
});

test('an own entry takes what it lacks from the only model call below it, digit by digit', async () => {
  const { weex, processor, start, entries } = await tracedBot();
  const own = start('decide', { 'ai.stage': 'decision', 'ai.output': '{"action":"buy"}' });
  start('chat gpt-5', CHAT, own).end();
  own.end();
  await processor.forceFlush();
  expect(weex.logs()).toHaveLength(1);
  const [log] = weex.logs();
  expect(log).toMatchObject({ stage: 'Decision Making', model: 'gpt-5', explanation: 'RSI is 28.' });
  expect(log?.raw).toContain('596471064624628269');
  expect(log?.raw).toContain('{"action":"buy"}');
  const states = (await entries()).map(({ entry, state, reason }) => [entry.stage, state, reason]);
  expect(states.toSorted()).toEqual([
    ['Decision Making', 'delivered', undefined],
    ['Decision Making', 'skipped', 'below-own-entry'],
  ]);
  expect(processor.health()).toMatchObject({ delivered: 1, skipped: 1, invalid: 0, waiting: 0 });
});

test('what is lent was redacted before it was kept', async () => {
  const { weex, processor, start } = await tracedBot({
    redact: ({ input, output, explanation }) => ({
      ...(JSON.stringify(output).includes('596471064624628271') ? { output: { hidden: true } } : {}),
      explanation: explanation.replace('28', '[hidden]'),
      input: Object.assign({}, input),
    }),
  });
  const own = start('decide', { 'ai.stage': 'decision', 'ai.input': '{"symbol":"BTCUSDT"}' });
  start('chat gpt-5', CHAT, own).end();
  own.end();
  await processor.forceFlush();
  expect(weex.logs()).toHaveLength(1);
  expect(weex.logs()[0]).toMatchObject({ output: { hidden: true }, explanation: 'RSI is [hidden].' });
});

test('the filter judges the entry that would go: with the stage and the model that its trace lends', async () => {
  const { weex, processor, start, stage } = await tracedBot({
    filter: ({ stage: name, model }) => name === 'Decision Making' && model === 'gpt-5',
  });
  const around = start('cycle', { 'ai.stage': 'decision' });
  start('my_chain', { ...CHAT, 'gen_ai.operation.name': 'chat' }, around).end();
  around.end();
  const own = start('decide', {
    'ai.stage': 'decision',
    'ai.input': '{"a":1}',
    'ai.output': '{"action":"buy"}',
  });
  start('chat gpt-5', CHAT, own).end();
  own.end();
  stage('strategy').end();
  await processor.forceFlush();
  expect(weex.logs().map(({ stage: name, model }) => [name, model])).toEqual([
    ['Decision Making', 'gpt-5'],
    ['Decision Making', 'gpt-5'],
  ]);
  expect(processor.health()).toMatchObject({ delivered: 2, skipped: 2 });
});

test('a model that redact took away stays away, and the entry is invalid', async () => {
  const { weex, processor, stage, start } = await tracedBot({ redact: () => ({ model: '' }) });
  vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  const cycle = start('cycle');
  stage('decision', cycle).end();
  cycle.end();
  await processor.forceFlush();
  expect(weex.logs()).toHaveLength(0);
  expect(processor.health()).toMatchObject({ invalid: 1, waiting: 0, pending: 0 });
});

test('a stage is lent by the nearest span around that states one', async () => {
  const { weex, processor, start } = await tracedBot();
  const cycle = start('cycle', { 'ai.stage': 'risk' });
  start('chat gpt-5', CHAT, start('inner', {}, cycle)).end();
  cycle.end();
  expect(processor.health().waiting).toBe(1);
  await processor.shutdown();
  expect(weex.logs().map(({ stage }) => stage)).toEqual(['Risk Assessment']);
});

test('model calls without content are counted, with one warning that names the switch', async () => {
  const written: string[] = [];
  vi.spyOn(process.stderr, 'write').mockImplementation((line) => written.push(String(line)) > 0);
  const { processor, start } = await tracedBot();
  const { 'gen_ai.input.messages': _, 'gen_ai.output.messages': __, ...bare } = CHAT;
  for (let i = 0; i < 3; i += 1) start('chat gpt-5', bare).end();
  await processor.forceFlush();
  expect(processor.health()).toMatchObject({ skipped: 3, delivered: 0, waiting: 0 });
  expect(written.filter((line) => /CAPTURE_MESSAGE_CONTENT/.test(line))).toHaveLength(1);
});

test('repeats go once, and never one with an order is taken for one', async () => {
  const { weex, processor, stage } = await tracedBot({ collapseRepeatsMillis: 60_000 });
  for (let i = 0; i < 3; i += 1) stage('decision').end();
  for (let i = 0; i < 2; i += 1) stage('decision', undefined, { 'ai.order_id': ORDER }).end();
  await processor.forceFlush();
  expect(weex.logs()).toHaveLength(3);
  expect(processor.health()).toMatchObject({ delivered: 3, skipped: 2 });
});

test('forceFlush leaves traces alone that go on; shutdown releases all but what waits for a client order id', async () => {
  const { weex, processor, stage, start, orders } = await tracedBot();
  const over = start('over');
  over.end();
  stage('strategy', over).end();
  const open = start('open');
  stage('decision', open).end();
  stage('risk', open, { 'ai.client_order_id': 'c-9' }).end();
  await processor.forceFlush();
  expect(orders()).toEqual([['Strategy Generation', undefined]]);
  expect(processor.health().waiting).toBe(2);
  await processor.shutdown();
  expect(orders()).toEqual([
    ['Strategy Generation', undefined],
    ['Decision Making', undefined],
  ]);
  open.end();
  expect(weex.logs()).toHaveLength(2);
});

test('an entry that waits for a client order id gets its order from the next process', async () => {
  const first = await tracedBot();
  first.stage('decision', undefined, { 'ai.client_order_id': 'c-7' }).end();
  await first.processor.shutdown();
  expect(first.orders()).toEqual([]);
  const next = new WeexSpanProcessor(first.account);
  const { tracer } = tracerWith([next]);
  await vi.waitFor(() => expect(next.health().waiting).toBe(1), { timeout: 10_000 });
  tracer
    .startSpan('execution', {
      attributes: {
        ...STAGE,
        'ai.stage': 'execution',
        'ai.client_order_id': 'c-7',
        'ai.order_id': ORDER,
      },
    })
    .end();
  expect(next.health().waiting).toBe(0);
  await next.forceFlush();
  expect(first.orders().toSorted()).toEqual([
    ['Decision Making', ORDER],
    ['Execution', ORDER],
  ]);
});

test('a span that ends after shutdown is kept once, whoever else of ours saw it', async () => {
  const { weex, account, processor } = await tracedBot();
  vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  const second = new WeexSpanProcessor(account);
  const { tracer } = tracerWith([processor, second]);
  const span = tracer.startSpan('late', { attributes: { ...STAGE, 'ai.client_order_id': 'c-8' } });
  const held = tracer.startSpan('held', { attributes: { ...STAGE, 'ai.client_order_id': 'c-8' } });
  held.end();
  await processor.shutdown();
  await second.shutdown();
  span.end();
  expect(processor.linkOrder({ clientOrderId: 'c-8' }, ORDER)).not.toBe('refused');
  const states: string[] = [];
  for await (const { state, entry } of readEntries(join(account.journalDir ?? '', 'bot')))
    states.push(`${entry.clientOrderId} ${state}`);
  expect(states).toEqual(['c-8 waiting', 'c-8 waiting']);
  expect(weex.logs()).toHaveLength(0);
});

test('a remote parent is no span of this process, so its trace is over with the span', async () => {
  const { weex, processor, start } = await tracedBot();
  const remote: SpanContext = {
    traceId: '1'.repeat(32),
    spanId: '2'.repeat(16),
    traceFlags: 1,
    isRemote: true,
  };
  const root = start('handler', {}, trace.wrapSpanContext(remote));
  start('decide', STAGE, root).end();
  root.end();
  expect(processor.health().waiting).toBe(0);
  await processor.forceFlush();
  expect(weex.logs()).toHaveLength(1);
});

test('mode record keeps what was decided, and nothing leaves', async () => {
  const { weex, processor, stage, start, entries } = await tracedBot({ mode: 'record' });
  const cycle = start('cycle');
  stage('decision', cycle).end();
  stage('execution', cycle, { 'ai.order_id': ORDER }).end();
  cycle.end();
  expect((await entries()).map(({ state, reason, entry }) => [state, reason, entry.orderId])).toEqual([
    ['skipped', 'mode record', ORDER],
    ['skipped', 'mode record', ORDER],
  ]);
  expect(processor.health()).toMatchObject({ skipped: 2, waiting: 0, pending: 0 });
  expect(weex.logs()).toHaveLength(0);
});
