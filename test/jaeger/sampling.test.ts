import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { IMPORT, runBot } from '../register/helpers/bot-process.js';
import { API, type Install, SDK } from '../register/helpers/installs.js';
import { bot, installBots } from './helpers/bots.js';
import { type Jaeger, jaegerBinary, startJaeger } from './helpers/jaeger.js';
import { spansInJaeger } from './helpers/spans-in-jaeger.js';
import { startWeex } from './helpers/weex.js';

const SDK_TRACE = '@opentelemetry/sdk-trace-base';
const SPANS_OF_A_TRACE = ['ask the market', 'cycle', 'decide'];

let jaeger: Jaeger;
let bots: Install;

describe.skipIf(jaegerBinary === undefined)('sampling beside a real Jaeger', () => {
  beforeAll(async () => {
    bots = installBots(API, SDK, SDK_TRACE, '@opentelemetry/exporter-trace-otlp-proto');
    jaeger = await startJaeger();
  }, 90_000);

  afterAll(async () => {
    await jaeger?.close();
    bots?.remove();
  });

  test.each([
    {
      way: 'NodeSDK in code',
      file: bot('many-in-code.mjs'),
      flags: [],
      traces: 1000,
      ratio: '0.01',
      kept: 10,
    },
    {
      way: 'register and variables',
      file: 'test/matrix/bots/many.cjs',
      flags: IMPORT,
      traces: 200,
      ratio: '0.1',
      // By chance; that a ratio keeps none or all of 200 happens once in 1,000,000,000 runs.
      kept: undefined,
    },
  ])(
    '$way: of $traces traces Jaeger has whole those that a ratio of $ratio keeps, and WEEX has all',
    async ({ way, file, flags, traces, ratio, kept }) => {
      const weex = await startWeex();
      const ended = await runBot(bots, file, {
        flags,
        args: [SDK_TRACE, String(traces), ratio],
        env: {
          ...weex.env,
          OTEL_TRACES_EXPORTER: 'otlp,weex',
          OTEL_TRACES_SAMPLER: 'parentbased_traceidratio',
          OTEL_TRACES_SAMPLER_ARG: ratio,
          OTEL_METRICS_EXPORTER: 'none',
          OTEL_LOGS_EXPORTER: 'none',
          OTEL_EXPORTER_OTLP_ENDPOINT: jaeger.otlpUrl,
          OTEL_SERVICE_NAME: way,
        },
      });
      const spans = await spansInJaeger(jaeger, way);
      const logs = weex.emulator.logs();
      await weex.emulator.close();
      expect(ended, ended.stderr).toMatchObject({ code: 0, signal: null });

      const made: { traceId: string; isKept: boolean }[] = ended.stdout
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line));
      const all = made.map(({ traceId }) => traceId).sort();
      const sampled = made.flatMap(({ traceId, isKept }) => (isKept ? [traceId] : [])).sort();
      expect(all).toHaveLength(traces);
      expect(sampled.length).toBeGreaterThan(0);
      expect(sampled.length).toBeLessThan(traces);
      if (kept !== undefined) expect(sampled).toHaveLength(kept);

      expect(logs.map(({ input }) => Object(input).traceId).sort()).toEqual(all);
      expect([...new Set(spans.map(({ traceId }) => traceId))].sort()).toEqual(sampled);
      const known = new Set(spans.map(({ spanId }) => spanId));
      const orphans = spans.filter(
        ({ parentSpanId }) => parentSpanId !== undefined && !known.has(parentSpanId),
      );
      expect(orphans).toEqual([]);
      for (const id of sampled) {
        const names = spans.filter(({ traceId }) => traceId === id).map(({ name }) => name);
        expect(names.sort()).toEqual(SPANS_OF_A_TRACE);
      }
    },
    120_000,
  );
});
