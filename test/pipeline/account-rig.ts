import { metrics } from '@opentelemetry/api';
import { createTraceAssembler } from '../../src/assembly/trace-assembler.js';
import { createDelivery } from '../../src/delivery/uploader.js';
import { createDecisionLog } from '../../src/entry/ai-log-entry.js';
import { createMask } from '../../src/entry/mask.js';
import type { WeexEvent } from '../../src/events.js';
import type { PauseRecord } from '../../src/journal/journal.js';
import { createMemoryJournal } from '../../src/journal/memory-journal.js';
import { createLog } from '../../src/lib/log.js';
import { createSpanReader } from '../../src/mapping/read-span.js';
import { createAnnouncer } from '../../src/pipeline/announcer.js';
import { createHooks } from '../../src/pipeline/hooks.js';
import { createIntake } from '../../src/pipeline/intake.js';
import { createKeeper } from '../../src/pipeline/keeper.js';
import { createMetrics } from '../../src/pipeline/metrics.js';
import { createOutcomes } from '../../src/pipeline/outcomes.js';
import { createPipeline } from '../../src/pipeline/pipeline.js';
import { createSpanEntries } from '../../src/pipeline/span-entries.js';
import { newTally } from '../../src/pipeline/tally.js';
import { CREDENTIALS, ScriptedTransport } from '../delivery/rig.js';
import { FakeClock } from '../helpers/fake-clock.js';

/** A whole pipeline on a fake clock, with WEEX as a script; its lines and its events are noted. */
export function accountRig({ paused }: { readonly paused?: PauseRecord } = {}) {
  const clock = new FakeClock();
  const transport = new ScriptedTransport(clock);
  const events: WeexEvent[] = [];
  const lines: string[] = [];
  const log = createLog({
    quiet: false,
    write: (line) => lines.push(line.replace('opentelemetry-exporter-weex: ', '')),
    diag: { info: () => {}, warn: () => {}, error: () => {} },
    hasDiagLogger: () => false,
  });
  const hooks = createHooks();
  hooks.add({ onEvent: (event) => events.push(event) });
  const journal = createMemoryJournal();
  const announcer = createAnnouncer(log, clock, hooks.listeners);
  const outcomes = createOutcomes(clock);
  const tally = newTally();
  const intake = createIntake(hooks, 262_144, createMask([]), clock, () => {});
  const keeper = createKeeper({
    sends: true,
    journal,
    openLateJournal: () => journal,
    outcomes,
    tally,
    announcer,
  });
  const pipeline = createPipeline({
    intake,
    journal,
    keeper,
    openSpanEntries: (release) =>
      createSpanEntries({
        sends: true,
        linkWindowMillis: 20_000,
        readSpan: createSpanReader({ vocabularies: 'own', include: [], exclude: [] }),
        assembler: createTraceAssembler({
          linkWindowMillis: 20_000,
          orderIdFrom: [],
          collapseRepeatsMillis: 0,
          answersOnly: false,
        }),
        intake,
        keeper,
        journal,
        outcomes,
        tally,
        announcer,
        clock,
        release,
      }),
    pausedAtStart: paused,
    openDelivery: (listener) =>
      createDelivery({
        options: {
          endpoint: 'https://api-contract.weex.com',
          apiVersion: 'v2',
          timeoutMillis: 10_000,
          locale: 'en-US',
          rateLimit: 10,
          concurrency: 4,
          userAgent: 'opentelemetry-exporter-weex/0.0.0',
        },
        account: { paused, acceptedBefore: true },
        credentials: { current: () => CREDENTIALS, refresh: () => CREDENTIALS },
        journal,
        transport,
        listener,
        cutPayload: (payload) => ({ payload, cut: true }),
        clock,
        log,
      }),
    outcomes,
    tally,
    announcer,
    metrics: createMetrics(() => metrics.getMeterProvider(), { address: 'weex.test', port: 443 }, clock),
    clock,
  });
  const decide = (model = 'gpt-5-2026-08-06') =>
    pipeline.submit(
      createDecisionLog({
        model,
        input: { rsi: 28 },
        output: { action: 'buy' },
        explanation: 'RSI 28 is oversold.',
        timestamp: new Date(clock.wallMillis()),
      }),
    );
  return {
    clock,
    transport,
    pipeline,
    announcer,
    lines,
    decide,
    /** One decision every ten seconds. */
    async decideFor(minutes: number, model?: string): Promise<void> {
      for (let count = 0; count < minutes * 6; count += 1) {
        decide(model);
        await clock.advance(10_000);
      }
    },
    /** What the bot has been told, without what happens to single entries. */
    changes(): WeexEvent[] {
      announcer.drain();
      return events.filter(({ type }) => type !== 'delivered');
    },
    events,
  };
}
