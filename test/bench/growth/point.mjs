// @ts-check
// One point of a curve, in a process of its own.
//   node point.mjs traces <open traces> | size <bytes> | journal <records>
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT_CONTEXT, trace } from '@opentelemetry/api';
import { BasicTracerProvider } from '@opentelemetry/sdk-trace-base';
import { WeexSpanProcessor } from '../../../dist/index.mjs';
import { median } from '../figures.mjs';
import { breathe, CREDENTIALS, stageAttributes, stagePayload } from '../stages.mjs';

const [kind, given] = process.argv.slice(2);
const amount = Number(given);
const folder = mkdtempSync(join(tmpdir(), 'weex-growth-'));

function openAccount() {
  const weex = new WeexSpanProcessor({
    ...CREDENTIALS,
    endpoint: 'http://127.0.0.1:1',
    journalDir: folder,
    account: 'bench',
    flushTimeoutMillis: 0,
  });
  const provider = new BasicTracerProvider({ spanProcessors: [weex] });
  return { provider, tracer: provider.getTracer('bench') };
}

/** Microseconds of the main thread for a stage, its trace's share included: so many traces are open all the time. */
async function ofTraces() {
  const { tracer } = openAccount();
  const STAGES_A_TRACE = 3;
  const stages = 12_000;
  const open = Array.from({ length: amount }, () => ({
    root: tracer.startSpan('cycle'),
    left: STAGES_A_TRACE,
  }));
  const times = [];
  for (let number = 0; number < stages; number++) {
    const at = open[number % amount];
    if (at === undefined) continue;
    const span = tracer.startSpan(
      'stage',
      { attributes: stageAttributes(stagePayload(number), number) },
      trace.setSpan(ROOT_CONTEXT, at.root),
    );
    const begun = performance.now();
    span.end();
    at.left -= 1;
    if (at.left === 0) {
      at.root.end();
      times.push((performance.now() - begun) * 1_000);
      at.root = tracer.startSpan('cycle');
      at.left = STAGES_A_TRACE;
    } else times.push((performance.now() - begun) * 1_000);
    if (number % 3 === 2) await breathe();
  }
  const warm = times.slice(stages / 3);
  // The middle half: the end of a trace is in it, and what the machine did meanwhile is not.
  const middle = [...warm].sort((a, b) => a - b).slice(0, Math.floor(warm.length * 0.95));
  return middle.reduce((sum, time) => sum + time, 0) / middle.length;
}

/** Microseconds of `span.end()` by the size of the entry. */
async function ofSize() {
  const { tracer } = openAccount();
  const times = [];
  const spans = amount > 50_000 ? 400 : 4_000;
  for (let number = 0; number < spans; number++) {
    const attributes = stageAttributes(stagePayload(number, amount), number);
    const span = tracer.startSpan('stage', { attributes });
    const begun = performance.now();
    span.end();
    times.push((performance.now() - begun) * 1_000);
    await breathe();
  }
  return median(times.slice(spans / 2));
}

/** Milliseconds until every entry of a journal is known again after a restart. */
async function ofJournal() {
  const built = (/** @type {string} */ name) =>
    createRequire(import.meta.url)(join(import.meta.dirname, '../../../dist', name));
  const { createFileJournal } = built('journal/file-journal.js');
  const { systemClock: clock } = built('lib/clock.js');
  const silent = { info() {}, warn() {}, error() {} };
  const shared = { folder, clock, log: silent, maxBytes: 2 ** 40, retentionDays: 180, about: {} };
  const first = createFileJournal({ ...shared, onRecovered: () => {} });
  const payload = JSON.stringify(stagePayload(1, 500));
  const entry = { payload, stage: 'Decision Making', noOrder: false, explanationDerived: false };
  for (let number = 0; number < amount; number++) {
    first.append({ ...entry, id: `id-${number}`, startedMillis: 1e12, endedMillis: 1e12 + number });
    if (number % 1_000 === 999) await breathe();
  }
  await first.close();
  let known = 0;
  const begun = performance.now();
  const next = createFileJournal({
    ...shared,
    onRecovered: (/** @type {readonly unknown[]} */ entries) => {
      known += entries.length;
    },
  });
  await next.recoverNow();
  const millis = performance.now() - begun;
  if (known !== amount) throw new Error(`${known} of ${amount} recovered`);
  return millis;
}

const measure = kind === 'traces' ? ofTraces : kind === 'size' ? ofSize : ofJournal;
const value = await measure();
rmSync(folder, { recursive: true, force: true });
console.log(value);
process.exit();
