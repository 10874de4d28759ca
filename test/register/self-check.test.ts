import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SelfCheck } from '../../src/host/self-check.js';
import { API, type Install, install, SDK } from './helpers/installs.js';
import { type Run, run } from './helpers/run.js';

const PATIENT = { timeout: 60_000 };

let bots: Install;
beforeAll(() => {
  bots = install(API, SDK, '@opentelemetry/sdk-trace');
});
afterAll(() => bots.remove());

/** Runs a bot with a journal on disk; its notes about itself, and what it said. */
async function checked(folder: string, options: Run) {
  const journal = join(bots.dir, folder);
  const { lines } = await run(bots, {
    ...options,
    env: {
      ...options.env,
      OTEL_EXPORTER_WEEX_JOURNAL_DIR: journal,
      OTEL_EXPORTER_WEEX_ACCOUNT: 'grid',
    },
  });
  const notes = readdirSync(journal, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.jsonl'))
    .flatMap((path) => readFileSync(join(journal, path), 'utf8').trim().split('\n'))
    .map((line): { kind: string; name?: string; facts?: SelfCheck } => JSON.parse(line))
    .filter(({ kind, name }) => kind === 'note' && name === 'self-check')
    .map(({ facts }) => facts);
  return { lines, notes };
}

describe.concurrent('what was found at the start is said once and kept in the journal', PATIENT, () => {
  test('for an SDK that register has started', async () => {
    const { lines, notes } = await checked('started', {
      env: {
        OTEL_TRACES_EXPORTER: 'weex',
        OTEL_TRACES_SAMPLER: 'always_off',
        OTEL_SPAN_ATTRIBUTE_VALUE_LENGTH_LIMIT: '1000',
      },
    });
    expect(lines).toEqual([expect.stringMatching(/^attribute values are cut at 1000 characters/)]);
    expect(notes).toEqual([
      {
        provider: 'started',
        sampler: 'AiStageSampler{record=all, delegate=AlwaysOffSampler}',
        dropsStages: false,
        attributeCountLimit: 128,
        attributeValueLengthLimit: 1_000,
        problems: lines,
      },
    ]);
  });

  test('for a provider that register has attached to, and whose sampler it cannot change', async () => {
    const { lines, notes } = await checked('attached', {
      bot: 'own-sdk.mjs',
      env: { OTEL_TRACES_SAMPLER: 'traceidratio', OTEL_TRACES_SAMPLER_ARG: '0.5' },
    });
    expect(lines).toEqual([
      'attached to the tracer provider that was set in this process. Its sampler cannot be changed from here.',
      expect.stringMatching(/^the sampler TraceIdRatioBased\{0\.5\} drops AI stages.* AiStageSampler/),
    ]);
    expect(notes).toMatchObject([{ provider: 'attached', dropsStages: true, problems: lines.slice(1) }]);
  });

  test('for a processor that the bot has made', async () => {
    const { lines, notes } = await checked('code', { bot: 'drops.mjs', flags: [] });
    expect(lines).toEqual([
      expect.stringMatching(/^the sampler TraceIdRatioBased\{0\.01\} drops AI stages/),
      expect.stringMatching(/^a span keeps only 8 attributes/),
    ]);
    expect(notes).toMatchObject([{ provider: 'in code', dropsStages: true, problems: lines }]);
  });

  test('for a provider that the API ignores', async () => {
    const { lines, notes } = await checked('ignored', {
      bot: 'own-sdk.mjs',
      env: { OTEL_TRACES_EXPORTER: 'otlp,weex' },
    });
    expect(notes.at(-1)).toMatchObject({ provider: 'started', problems: lines });
    expect(lines).toEqual([expect.stringContaining('the OpenTelemetry API ignores it')]);
  });
});
