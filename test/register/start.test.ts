import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { IMPORT, REQUIRE } from './helpers/bot-process.js';
import { API, AUTO_INSTRUMENTATIONS, type Install, install, SDK } from './helpers/installs.js';
import type { OtlpSpan } from './helpers/receivers.js';
import { run } from './helpers/run.js';

const THREE_CYCLES = ['1001', '1002', '1003'];
/** Each test is one process that takes under a second of its own; a busy machine has several of them. */
const PATIENT = { timeout: 60_000 };
const BOTH = { OTEL_TRACES_EXPORTER: 'otlp,weex' };

let sdkOnly: Install;
let withAuto: Install;
beforeAll(() => {
  sdkOnly = install(API, SDK, '@opentelemetry/sdk-trace');
  withAuto = install(API, SDK, AUTO_INSTRUMENTATIONS);
});
afterAll(() => {
  sdkOnly.remove();
  withAuto.remove();
});

describe.concurrent('register with weex in OTEL_TRACES_EXPORTER', PATIENT, () => {
  test.each([
    { bot: 'trader.mjs', by: 'import', flags: IMPORT },
    { bot: 'trader.cjs', by: 'require', flags: REQUIRE },
  ])('starts the installed SDK once: $bot by $by', async ({ bot, flags }) => {
    const { ended, lines, orderIds, spans } = await run(sdkOnly, { bot, flags, env: BOTH });
    expect(ended).toMatchObject({ code: 0, signal: null });
    expect(lines).toEqual([]);
    expect(orderIds).toEqual(THREE_CYCLES);
    const three = (name: string): string[] => [name, name, name];
    expect(spans.map(({ name }) => name).sort()).toEqual([...three('Decision Making'), ...three('cycle')]);
    expect(new Set(spans.map(({ service }) => service))).toEqual(new Set(['grid-bot']));
  });

  test('starts once when two copies of this package are preloaded', async () => {
    const copy = install(API, SDK, 'undici');
    copy.copyOfUs('copy');
    const flags = [...IMPORT, '--require', './copy/dist/register.js'];
    const { lines, orderIds, spans } = await run(copy, { flags, env: BOTH });
    copy.remove();
    expect(lines).toEqual([]);
    expect(orderIds).toEqual(THREE_CYCLES);
    expect(spans).toHaveLength(6);
  });

  test('starts by NODE_OPTIONS, and leaves the environment as it was', async () => {
    const env = { ...BOTH, NODE_OPTIONS: REQUIRE.join(' ') };
    const { ended, orderIds, spans } = await run(sdkOnly, { flags: [], env });
    expect(ended.stdout).toContain('traded otlp,weex');
    expect(orderIds).toEqual(THREE_CYCLES);
    expect(spans).toHaveLength(6);
  });

  test.each([
    { list: 'weex', otlp: 0, console: 0 },
    { list: ' WEEX , none', otlp: 0, console: 0 },
    { list: 'console,weex', otlp: 0, console: 6 },
    // As the SDK has it: `none` beside others falls back to otlp.
    { list: 'console,none,weex', otlp: 6, console: 0 },
  ])('exports to the others as the SDK would: "$list"', async ({ list, otlp, console }) => {
    const { ended, lines, orderIds, spans } = await run(sdkOnly, { env: { OTEL_TRACES_EXPORTER: list } });
    expect(lines).toEqual([]);
    expect(orderIds).toEqual(THREE_CYCLES);
    expect(spans).toHaveLength(otlp);
    expect(ended.stdout.match(/^ {2}id: /gm) ?? []).toHaveLength(console);
  });

  test('warns of a name that no exporter has, and works for weex', async () => {
    const { lines, orderIds } = await run(sdkOnly, { env: { OTEL_TRACES_EXPORTER: 'olpt,weex' } });
    expect(lines).toEqual(['OTEL_TRACES_EXPORTER: the SDK has no exporter named "olpt"']);
    expect(orderIds).toEqual(THREE_CYCLES);
  });

  test.each([
    { sampler: 'always_off', arg: '', least: 0, most: 0 },
    // Wrong once in 500,000,000 runs.
    { sampler: 'parentbased_traceidratio', arg: '0.5', least: 1, most: 29 },
  ])(
    'sends every decision to WEEX, and to the others what $sampler samples',
    async ({ sampler, arg, least, most }) => {
      const { lines, orderIds, spans } = await run(sdkOnly, {
        args: ['30'],
        env: {
          ...BOTH,
          OTEL_TRACES_SAMPLER: sampler,
          OTEL_TRACES_SAMPLER_ARG: arg,
          OTEL_EXPORTER_WEEX_RATE_LIMIT: '50',
        },
      });
      expect(lines).toEqual([]);
      expect(orderIds).toHaveLength(30);
      const sampled = spans.filter(({ name }) => name === 'cycle').length;
      expect(sampled).toBeGreaterThanOrEqual(least);
      expect(sampled).toBeLessThanOrEqual(most);
      expect(spans).toHaveLength(sampled * 2);
    },
  );

  test('warns of a sampler that cannot be, and samples as the SDK would', async () => {
    const { lines, orderIds, spans } = await run(sdkOnly, {
      env: { ...BOTH, OTEL_TRACES_SAMPLER: 'sometimes' },
    });
    expect(lines).toEqual([expect.stringContaining('OTEL_TRACES_SAMPLER: "sometimes"')]);
    expect(orderIds).toEqual(THREE_CYCLES);
    expect(spans).toHaveLength(6);
  });

  test("leaves limits, metrics and its log to the SDK's own variables", async () => {
    const { ended, spans, paths } = await run(sdkOnly, {
      bot: 'meter.cjs',
      env: {
        ...BOTH,
        OTEL_METRICS_EXPORTER: 'otlp',
        OTEL_LOG_LEVEL: 'info',
        OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT: '2',
      },
    });
    expect(paths).toContain('/v1/metrics');
    expect(ended.stdout).toContain('register started @opentelemetry/sdk-node');
    const decision = spans.find(({ name }) => name === 'Decision Making');
    expect(decision?.attributes).toEqual(['ai.model', 'ai.input']);
  });

  test('starts in worker threads that trace, and says nothing twice', async () => {
    const { ended, lines, orderIds, spans } = await run(sdkOnly, {
      bot: 'worker-bot.mjs',
      env: { OTEL_TRACES_EXPORTER: 'otlp,olpt,weex' },
    });
    expect(ended.stdout).toContain('workers ended 0,0');
    expect(lines).toHaveLength(1);
    expect(orderIds).toEqual([...THREE_CYCLES, '4001']);
    expect(spans).toHaveLength(8);
  });

  test('does nothing in a package manager that starts the bot', async () => {
    const npm = install(API, SDK);
    npm.write('npm/package.json', '{"name":"npm"}');
    npm.write('npm/npm-cli.js', "console.log(process.listenerCount('SIGTERM'), 'listeners')");
    const { ended } = await run(npm, { bot: 'npm/npm-cli.js', env: BOTH });
    npm.remove();
    expect(ended.stdout).toBe('0 listeners\n');
    expect(ended.stderr).toBe('');
  });
});

describe.concurrent('register with auto-instrumentations installed', PATIENT, () => {
  const THEIRS = ['--import', `${AUTO_INSTRUMENTATIONS}/register`];

  const runHttpBot = (env: Readonly<Record<string, string>>, flags = IMPORT) =>
    run(withAuto, {
      bot: 'http-bot.mjs',
      flags,
      env: { OTEL_NODE_RESOURCE_DETECTORS: 'env', OTEL_NODE_ENABLED_INSTRUMENTATIONS: 'http,undici', ...env },
    });

  const scopes = (spans: readonly OtlpSpan[]): readonly string[] => spans.map(({ scope }) => scope).sort();
  const HTTP = '@opentelemetry/instrumentation-http';

  test('traces library calls, but not our own requests', async () => {
    const { lines, orderIds, spans } = await runHttpBot(BOTH);
    expect(lines).toEqual([]);
    expect(orderIds).toEqual(['5001']);
    expect(scopes(spans)).toEqual([HTTP, HTTP, 'bot', 'bot']);
  });

  test('obeys the variables that choose instrumentations', async () => {
    const { orderIds, spans } = await runHttpBot({ ...BOTH, OTEL_NODE_DISABLED_INSTRUMENTATIONS: 'http' });
    expect(orderIds).toEqual(['5001']);
    expect(scopes(spans)).toEqual(['bot', 'bot']);
  });

  test.each([
    { order: 'after', flags: [...THEIRS, ...IMPORT] },
    { order: 'before', flags: [...IMPORT, ...THEIRS] },
  ])('attaches when loaded $order their register', async ({ flags }) => {
    const { lines, orderIds, spans } = await runHttpBot({ OTEL_TRACES_EXPORTER: 'otlp' }, flags);
    expect(lines).toEqual([expect.stringContaining('attached to the tracer provider')]);
    expect(orderIds).toEqual(['5001']);
    expect(scopes(spans)).toEqual([HTTP, HTTP, 'bot', 'bot']);
  });

  test('starts no second SDK after their register has started one', async () => {
    const { lines, orderIds, spans } = await runHttpBot(BOTH, [...THEIRS, ...IMPORT]);
    expect(lines).toEqual([
      expect.stringContaining('no SDK is started'),
      expect.stringContaining('attached to the tracer provider'),
    ]);
    expect(orderIds).toEqual(['5001']);
    expect(scopes(spans)).toEqual([HTTP, HTTP, 'bot', 'bot']);
  });

  test('adds only the tracer provider that their register leaves out for weex alone', async () => {
    const env = { OTEL_TRACES_EXPORTER: 'weex', OTEL_LOG_LEVEL: 'debug' };
    const { ended, lines, orderIds } = await runHttpBot(env, [...THEIRS, ...IMPORT]);
    expect(lines).toContainEqual(expect.stringContaining('only the tracer provider is added'));
    expect(ended.stdout.match(/Loading instrumentation for \S+instrumentation-http/g)).toHaveLength(1);
    expect(orderIds).toEqual(['5001']);
  });
});

describe.concurrent('register without weex in OTEL_TRACES_EXPORTER', PATIENT, () => {
  test.each([
    { bot: 'own-sdk.mjs', by: 'import', flags: IMPORT },
    { bot: 'own-sdk.cjs', by: 'require', flags: REQUIRE },
  ])('attaches to the SDK that the bot starts: $bot by $by', async ({ bot, flags }) => {
    const { lines, orderIds, spans } = await run(sdkOnly, { bot, flags });
    expect(lines).toEqual([expect.stringMatching(/^attached .* sampler cannot be changed/)]);
    expect(orderIds).toEqual(THREE_CYCLES);
    expect(spans).toHaveLength(6);
  });

  test('does not complain of a sampler that the bot has wrapped', async () => {
    const { lines, orderIds } = await run(sdkOnly, { bot: 'wrapped-sampler.mjs' });
    expect(lines).toEqual(['attached to the tracer provider that was set in this process.']);
    expect(orderIds).toEqual(THREE_CYCLES);
  });

  test("leaves the bot's own list of processors alone, and outlives its provider", async () => {
    const { ended, orderIds } = await run(sdkOnly, { bot: 'own-provider.mjs' });
    expect(ended.stdout).toContain('own list 0');
    expect(orderIds).toEqual(['2001', '2002']);
    expect(ended.stderr.match(/of every stage span/g)).toHaveLength(1);
  });

  test('attaches to a provider that comes late, and gives the answer of the API', async () => {
    const { ended, orderIds } = await run(sdkOnly, { bot: 'late-provider.mjs' });
    expect(ended.stdout).toContain('answer true setGlobalTracerProvider');
    expect(orderIds).toEqual(['3001']);
  });

  test('finds a provider that was set through a copy of the API that it does not know', async () => {
    const { lines, orderIds } = await run(sdkOnly, { bot: 'hidden-provider.mjs' });
    expect(lines).toEqual([expect.stringContaining('attached to the tracer provider')]);
    expect(orderIds).toEqual(['7001']);
  });

  test('says that it cannot attach to a provider that is not of the SDK', async () => {
    const { ended, lines } = await run(sdkOnly, { bot: 'vendor-provider.mjs' });
    expect(ended).toMatchObject({ code: 0, signal: null });
    expect(lines).toEqual([
      expect.stringContaining('cannot attach to this tracer provider (VendorTracerProvider)'),
    ]);
  });

  test('starts nothing, and says that no provider came', async () => {
    const { ended, lines, orderIds, paths } = await run(sdkOnly, {});
    expect(ended).toMatchObject({ code: 0, signal: null });
    expect(lines).toEqual([expect.stringContaining('no tracer provider has been set')]);
    expect(orderIds).toEqual([]);
    expect(paths.size).toBe(0);
  });
});

describe.concurrent("register beside the bot's own SDK", PATIENT, () => {
  test('says that the second provider is ignored, and takes every decision once', async () => {
    const { lines, orderIds, spans } = await run(sdkOnly, { bot: 'own-sdk.mjs', env: BOTH });
    expect(lines).toEqual([expect.stringContaining('the OpenTelemetry API ignores it')]);
    expect(orderIds).toEqual(THREE_CYCLES);
    expect(spans).toHaveLength(6);
  });

  test('takes decisions from a provider that the bot uses by itself', async () => {
    const { lines, orderIds } = await run(sdkOnly, {
      bot: 'own-provider.mjs',
      env: { OTEL_TRACES_EXPORTER: 'weex' },
    });
    expect(lines[0]).toContain('the OpenTelemetry API ignores it');
    expect(orderIds).toEqual(['2001', '2002']);
  });

  test("leaves a provider alone that has our processor from the bot's code", async () => {
    const { lines, orderIds } = await run(sdkOnly, { bot: 'own-processor.mjs' });
    expect(lines).toEqual([]);
    expect(orderIds).toEqual(THREE_CYCLES);
  });
});

describe.concurrent('register that cannot do its job', PATIENT, () => {
  const CREDENTIALS = ['WEEX_API_KEY', 'WEEX_API_SECRET', 'WEEX_API_PASSPHRASE'];

  test.each([
    { list: 'otlp,weex', spans: 6 },
    { list: 'weex', spans: 0 },
    { list: '', spans: 0 },
  ])('names all missing credentials in one line, and works for the others: "$list"', async (given) => {
    const { ended, lines, spans } = await run(sdkOnly, {
      env: { OTEL_TRACES_EXPORTER: given.list },
      without: CREDENTIALS,
    });
    expect(ended).toMatchObject({ code: 0, signal: null });
    expect(ended.stdout).toContain('traded');
    expect(lines).toEqual([
      expect.stringMatching(new RegExp(`^register takes no AI logs: .*${CREDENTIALS.join('.*')}`)),
    ]);
    expect(spans).toHaveLength(given.spans);
  });

  test('names the package to install when there is no SDK', async () => {
    const none = install(API);
    const { ended, lines } = await run(none, { env: BOTH });
    none.remove();
    expect(ended).toMatchObject({ code: 0, signal: null });
    expect(ended.stdout).toContain('traded');
    expect(lines).toEqual([expect.stringContaining('npm install @opentelemetry/sdk-node')]);
  });

  test('says what the SDK threw', async () => {
    const broken = install(API);
    broken.write('node_modules/@opentelemetry/sdk-node/index.js', 'throw new Error("half installed")');
    const { ended, lines } = await run(broken, { env: BOTH });
    broken.remove();
    expect(ended).toMatchObject({ code: 0, signal: null });
    expect(lines).toEqual([expect.stringMatching(/could not be started: half installed/)]);
  });

  test('says which copy of the API does not see the provider', async () => {
    const two = install(SDK);
    two.write(
      'node_modules/@opentelemetry/api/package.json',
      '{"name":"@opentelemetry/api","version":"1.99.0"}',
    );
    // A copy that knows nothing of the others, as a newer one does when an older one has registered.
    two.write(
      'node_modules/@opentelemetry/api/index.js',
      `const provider = { getTracer: () => ({ startActiveSpan() {} }) };
      exports.trace = { getTracerProvider: () => provider, getTracer: provider.getTracer };`,
    );
    const { ended, lines } = await run(two, { bot: 'trader.cjs', env: BOTH });
    two.remove();
    expect(ended).toMatchObject({ code: 0, signal: null });
    expect(lines).toEqual([
      expect.stringMatching(/several copies of @opentelemetry\/api: .* the bot's 1\.99\.0 in /),
    ]);
  });

  test('starts nothing with OTEL_SDK_DISABLED, and says that AI logs are off', async () => {
    const { ended, lines, paths } = await run(sdkOnly, { env: { ...BOTH, OTEL_SDK_DISABLED: 'True' } });
    expect(ended).toMatchObject({ code: 0, signal: null });
    expect(lines).toEqual([expect.stringMatching(/OTEL_SDK_DISABLED .*AI logs are off/)]);
    expect(paths.size).toBe(0);
  });

  test('is silent with OTEL_LOG_LEVEL=none', async () => {
    const { ended } = await run(sdkOnly, { env: { OTEL_SDK_DISABLED: 'true', OTEL_LOG_LEVEL: 'none' } });
    expect(ended.stderr).toBe('');
  });

  test('works for the others and is silent when the mode is off', async () => {
    const { ended, orderIds, spans } = await run(sdkOnly, {
      env: { ...BOTH, OTEL_EXPORTER_WEEX_MODE: 'off' },
    });
    expect(ended.stderr).toBe('');
    expect(orderIds).toEqual([]);
    expect(spans).toHaveLength(6);
  });
});
