import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { context, trace } from '@opentelemetry/api';
import { expect, test, vi } from 'vitest';
import { createFileJournal } from '../../src/journal/file-journal.js';
import { readEntries } from '../../src/journal/read-entries.js';
import { systemClock } from '../../src/lib/clock.js';
import { WeexSpanProcessor } from '../../src/otel/weex-span-processor.js';
import { accountAt, emulator, STAGE, tracerWith } from '../helpers/traced-bot.js';
import { filesOf } from '../journal/journal-lines.js';
import { HeardLog } from '../journal/open-journal.js';
import { sampleEntry } from '../journal/sample-entry.js';

const ORDER = '596471064624628269';
const KNOWN_TO_NOBODY = '{"format":"of another version"}';
const NO_MODEL = '{"stage":"Decision Making","model":"","input":{"a":1},"output":{"b":2},"explanation":"x"}';

test('what waited and cannot be understood any more goes as it is, if that can go', async () => {
  const weex = await emulator();
  vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  const account = accountAt(weex, { account: 'bot', linkWindowMillis: 600_000 });
  const folder = join(account.journalDir ?? '', 'bot');
  const left = createFileJournal({
    folder,
    clock: systemClock,
    log: new HeardLog(),
    maxBytes: 2 ** 31,
    retentionDays: 180,
  });
  const origin = (spanId: string) => ({ traceId: 'a'.repeat(32), spanId, parentSpanId: undefined });
  const waiting = { waiting: true, known: KNOWN_TO_NOBODY };
  left.append(sampleEntry({ ...waiting, stage: 'complete', origin: origin('1') }));
  left.append(sampleEntry({ ...waiting, stage: 'without known', known: undefined, origin: origin('2') }));
  left.append(sampleEntry({ ...waiting, stage: 'without span', origin: undefined }));
  left.append(sampleEntry({ ...waiting, stage: 'no model', payload: NO_MODEL, origin: origin('3') }));
  left.append(sampleEntry({ ...waiting, stage: 'record', recordOnly: true, origin: origin('4') }));
  left.append(sampleEntry({ ...waiting, stage: 'kept back', keptBack: true, origin: origin('5') }));
  await left.close();

  const next = new WeexSpanProcessor(account);
  await weex.waitForLogs(3, { timeoutMillis: 10_000 });
  await next.shutdown();
  const states: string[] = [];
  for await (const { entry, state, reason } of readEntries(folder))
    states.push(`${entry.stage}: ${state}${reason === undefined ? '' : `, ${reason}`}`);
  expect(states).toEqual([
    'complete: delivered',
    'without known: delivered',
    'without span: delivered',
    'no model: invalid, model is missing',
    'record: skipped, mode record',
    'kept back: skipped, filter',
  ]);
  expect(weex.logs()).toHaveLength(3);
});

test('what the filter kept back stays back after a restart, even in a process without the filter', async () => {
  const weex = await emulator();
  const account = accountAt(weex, { account: 'bot', linkWindowMillis: 600_000 });
  const first = new WeexSpanProcessor({ ...account, filter: ({ stage }) => stage !== 'Risk Assessment' });
  const { tracer } = tracerWith([first]);
  for (const stage of ['risk', 'decision'])
    tracer
      .startSpan(stage, { attributes: { ...STAGE, 'ai.stage': stage, 'ai.client_order_id': `c-${stage}` } })
      .end();
  await first.shutdown();
  expect(weex.logs()).toHaveLength(0);
  const next = new WeexSpanProcessor({ ...account, linkWindowMillis: 0 });
  await weex.waitForLogs(1, { timeoutMillis: 10_000 });
  await next.shutdown();
  expect(weex.logs().map(({ stage }) => stage)).toEqual(['Decision Making']);
  expect(next.health()).toMatchObject({ waiting: 0, pending: 0, skipped: 1 });
});

test('no credential gets into what is kept of spans, and every line of it has the right order', async () => {
  const weex = await emulator();
  vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  const account = accountAt(weex, { account: 'bot', linkWindowMillis: 600_000 });
  const { apiSecret } = weex.credentials;
  const processor = new WeexSpanProcessor(account);
  const { tracer, provider } = tracerWith([processor]);
  const root = tracer.startSpan('root');
  const inner = { attributes: { 'ai.stage': `risk ${apiSecret}`, 'ai.symbol': apiSecret } };
  const around = trace.setSpan(context.active(), root);
  tracer.startSpan(`context ${apiSecret}`, inner, around).end();
  tracer.startSpan('decide', { attributes: { ...STAGE, 'ai.client_order_id': apiSecret } }, around).end();
  tracer
    .startSpan(
      'execution',
      { attributes: { ...STAGE, 'ai.stage': 'execution', 'ai.order_id': ORDER } },
      around,
    )
    .end();
  const text = filesOf(join(account.journalDir ?? '', 'bot'))
    .map((file) => readFileSync(file, 'utf8'))
    .join('\n');
  expect(text).toContain('"kind":"span"');
  expect(text).not.toContain(apiSecret);
  root.end();
  await provider.shutdown();
  expect(weex.logs().map(({ orderId }) => orderId)).toContain(ORDER);
});
