import { cpSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createTraceAssembler } from '../../src/assembly/trace-assembler.js';
import { createMask } from '../../src/entry/mask.js';
import { wireBody } from '../../src/entry/sealed-entry.js';
import { createFileJournal } from '../../src/journal/file-journal.js';
import type { OpenEntry, RecoveredEntry, RecoveredSpan } from '../../src/journal/journal.js';
import { createLog } from '../../src/lib/log.js';
import type { FinishedSpan } from '../../src/mapping/finished-span.js';
import { createSpanReader } from '../../src/mapping/read-span.js';
import { createAnnouncer } from '../../src/pipeline/announcer.js';
import { createHooks } from '../../src/pipeline/hooks.js';
import { createIntake } from '../../src/pipeline/intake.js';
import { createKeeper } from '../../src/pipeline/keeper.js';
import { createOutcomes } from '../../src/pipeline/outcomes.js';
import { createSpanEntries } from '../../src/pipeline/span-entries.js';
import { newTally } from '../../src/pipeline/tally.js';
import { FakeClock } from '../helpers/fake-clock.js';
import { tempAccountFolder } from '../journal/temp-folder.js';

const WINDOW = 600_000;
const TRACE = '1'.repeat(32);

/** Assembly over a journal in files; what it releases is noted, and nothing is sent. */
function process(folder: string) {
  const clock = new FakeClock();
  const quiet = createLog({
    quiet: true,
    write: () => {},
    diag: { info: () => {}, warn: () => {}, error: () => {} },
    hasDiagLogger: () => false,
  });
  const released: OpenEntry[] = [];
  const left: RecoveredEntry[] = [];
  const waited: RecoveredSpan[] = [];
  const journal = createFileJournal({
    folder,
    clock,
    log: quiet,
    maxBytes: 2 ** 31,
    retentionDays: 180,
    onRecovered: (entries) => left.push(...entries),
    onWaiting: (spans) => waited.push(...spans),
  });
  const hooks = createHooks();
  const [outcomes, tally] = [createOutcomes(clock), newTally()];
  const announcer = createAnnouncer(quiet, clock, hooks.listeners);
  const intake = createIntake(hooks, 262_144, createMask([]), clock, () => {});
  const keeper = createKeeper({
    ...{ sends: true, journal, openLateJournal: () => journal, outcomes, tally, announcer },
  });
  const spans = createSpanEntries({
    ...{ sends: true, linkWindowMillis: WINDOW, intake, keeper, journal, outcomes, tally, announcer, clock },
    readSpan: createSpanReader({ vocabularies: 'all', include: [], exclude: [] }),
    assembler: createTraceAssembler({
      linkWindowMillis: WINDOW,
      orderIdFrom: ['tool:place_order:id'],
      collapseRepeatsMillis: 0,
      answersOnly: false,
    }),
    release: (group) => released.push(...group),
  });
  return {
    journal,
    spans,
    /** What would go to WEEX, without the times in it. */
    bodies: (): string[] =>
      [...released, ...left]
        .flatMap(({ slot }) => journal.read(slot) ?? [])
        .map((entry) => wireBody(entry).replace(/ in \d+ ms/g, ''))
        .toSorted(),
    async recover(): Promise<void> {
      await journal.recoverNow();
      spans.recovered(waited.splice(0));
    },
  };
}

interface Spec {
  readonly id: string;
  readonly parent: string | undefined;
  readonly attributes: Readonly<Record<string, unknown>>;
}

const ATTRIBUTES: fc.Arbitrary<Readonly<Record<string, unknown>>> = fc.oneof(
  fc.constant({}),
  fc.record(
    {
      'ai.stage': fc.constantFrom('decision', 'execution', 'risk'),
      'ai.model': fc.constant('m'),
      'ai.input': fc.constant('{"n":596471064624628269}'),
      'ai.output': fc.constantFrom('{"action":"buy","n":596471064624628271}', '{"action":"HOLD"}'),
      'ai.explanation': fc.constant('because'),
      'ai.order_id': fc.constantFrom('11', '12', 'none', ['13', '14']),
      'ai.symbol': fc.constantFrom('BTC', 'ETH'),
    },
    { requiredKeys: ['ai.output'] },
  ),
  fc.record({ 'ai.stage': fc.constantFrom('decision', 'risk'), 'ai.symbol': fc.constantFrom('BTC', 'ETH') }),
  fc.constant({
    'gen_ai.operation.name': 'chat',
    'gen_ai.request.model': 'gpt-5',
    'gen_ai.input.messages': '[{"role":"user","parts":[{"type":"text","content":"go?"}]}]',
    'gen_ai.output.messages':
      '[{"role":"assistant","parts":[{"type":"reasoning","content":"RSI"},{"type":"text","content":"buy"}]}]',
  }),
  fc.constant({
    'gen_ai.operation.name': 'execute_tool',
    'gen_ai.tool.name': 'place_order',
    'gen_ai.tool.call.result': '{"id":596471064624628103}',
  }),
);

const bot = fc
  .array(fc.record({ parent: fc.nat(), attributes: ATTRIBUTES }), { minLength: 1, maxLength: 7 })
  .chain((made) => {
    const specs = made.map(
      ({ parent, attributes }, index): Spec => ({
        id: String(index).padStart(16, '0'),
        parent: index === 0 ? undefined : String(parent % index).padStart(16, '0'),
        attributes: index === 0 ? {} : attributes,
      }),
    );
    const ends = fc.shuffledSubarray(specs, { minLength: specs.length, maxLength: specs.length });
    return fc.record({ specs: fc.constant(specs), ends, cut: fc.nat({ max: specs.length }) });
  });

function finished({ id, parent, attributes }: Spec, sequence: number): FinishedSpan {
  return {
    name: `span ${sequence}`,
    kind: 0,
    spanContext: () => ({ traceId: TRACE, spanId: id, traceFlags: 1 }),
    startTime: [1_760_000_000 + sequence, 0],
    endTime: [1_760_000_100, 0],
    status: { code: 0 },
    attributes,
    events: [],
    droppedAttributesCount: 0,
    parentSpanId: parent,
    instrumentationScope: { name: 'bot' },
  };
}

function play(into: ReturnType<typeof process>, specs: readonly Spec[], ends: readonly Spec[]): void {
  specs.forEach(({ id, parent }, index) => {
    into.spans.started({
      traceId: TRACE,
      spanId: id,
      localParentSpanId: parent,
      startedMillis: 1_760_000_000_000 + index * 1_000,
    });
  });
  for (const spec of ends)
    into.spans.ended(
      finished(
        spec,
        specs.findIndex(({ id }) => id === spec.id),
      ),
    );
}

test('a process that is cut off anywhere leaves to the next what it would have sent itself', async () => {
  let linked = 0;
  await fc.assert(
    fc.asyncProperty(bot, async ({ specs, ends, cut }) => {
      // What has not ended by the cut is a span of which nothing is known, in the life without a cut too.
      const known = new Set(ends.slice(0, cut));
      const [whole, first] = [process(tempAccountFolder()), process(tempAccountFolder())];
      play(
        whole,
        specs,
        ends.map((spec) => (known.has(spec) ? spec : { ...spec, attributes: {} })),
      );
      const folder = tempAccountFolder();
      play(first, specs, ends.slice(0, cut));
      // As SIGKILL in this turn leaves it: what is not written yet never will be.
      cpSync(first.journal.facts().folder, folder, { recursive: true, filter: isNoSocket });
      const next = process(folder);
      await next.recover();
      expect(next.bodies()).toEqual(whole.bodies());
      expect(next.spans.waiting()).toBe(0);
      linked += whole.bodies().filter((body) => body.startsWith('{"orderId"')).length;
      for (const { journal } of [whole, first, next]) await journal.close();
    }),
    { numRuns: 100 },
  );
  expect(linked).toBeGreaterThan(10);
}, 60_000);

const isNoSocket = (path: string): boolean => !path.endsWith('.sock');
