import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { IMPORT, linesOf, REQUIRE, runBot } from './helpers/bot-process.js';
import { API, AUTO_INSTRUMENTATIONS, type Install, install, SDK } from './helpers/installs.js';
import { startCollector } from './helpers/receivers.js';
import { startWeex } from './helpers/weex.js';

const NO_OTHER_SIGNALS = { OTEL_METRICS_EXPORTER: 'none', OTEL_LOGS_EXPORTER: 'none' };
const THREE_CYCLES = ['1001', '1002', '1003'];

let sdkOnly: Install;
let weex: Awaited<ReturnType<typeof startWeex>>;
let collector: Awaited<ReturnType<typeof startCollector>>;

beforeAll(() => {
  sdkOnly = install(API, SDK);
});
afterAll(() => sdkOnly.remove());

beforeEach(async () => {
  [weex, collector] = await Promise.all([startWeex(), startCollector()]);
});
afterEach(async () => {
  await Promise.all([weex.close(), collector.close()]);
});

const env = (variables: Readonly<Record<string, string>>): Record<string, string> => ({
  ...weex.env,
  ...NO_OTHER_SIGNALS,
  OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
  OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
  OTEL_SERVICE_NAME: 'grid-bot',
  ...variables,
});

/** Lines that tell of trouble: the pipeline's own first line tells of none. */
const troubles = (ended: Parameters<typeof linesOf>[0]): readonly string[] =>
  linesOf(ended).filter((line) => !line.includes('of every stage span'));

describe('register with weex in OTEL_TRACES_EXPORTER', () => {
  test.each([
    { bot: 'trader.mjs', flags: IMPORT },
    { bot: 'trader.mjs', flags: REQUIRE },
    { bot: 'trader.cjs', flags: IMPORT },
    { bot: 'trader.cjs', flags: REQUIRE },
    { bot: 'trader.mjs', flags: [...IMPORT, ...REQUIRE, ...IMPORT] },
  ])('starts the installed SDK for $bot by $flags, once', async ({ bot, flags }) => {
    const ended = await runBot(sdkOnly, bot, { flags, env: env({ OTEL_TRACES_EXPORTER: 'otlp,weex' }) });
    expect(ended).toMatchObject({ code: 0, signal: null });
    expect(troubles(ended)).toEqual([]);
    expect(weex.orderIds()).toEqual(THREE_CYCLES);
    expect(collector.spans.map(({ name }) => name).sort()).toEqual([
      ...Array(3).fill('Decision Making'),
      ...Array(3).fill('cycle'),
    ]);
    expect(new Set(collector.spans.map(({ service }) => service))).toEqual(new Set(['grid-bot']));
  });

  test('starts by NODE_OPTIONS, and leaves the environment as it was', async () => {
    const ended = await runBot(sdkOnly, 'trader.mjs', {
      env: env({ OTEL_TRACES_EXPORTER: 'otlp,weex', NODE_OPTIONS: IMPORT.join(' ') }),
    });
    expect(ended.stdout).toContain('traded otlp,weex');
    expect(weex.orderIds()).toEqual(THREE_CYCLES);
    expect(collector.spans).toHaveLength(6);
  });

  test.each([
    { list: 'weex', otlp: 0, console: 0 },
    { list: ' WEEX ', otlp: 0, console: 0 },
    { list: 'weex,none', otlp: 0, console: 0 },
    { list: 'console,weex', otlp: 0, console: 6 },
    { list: 'weex,console,otlp', otlp: 6, console: 6 },
    // As the SDK has it: `none` beside others falls back to otlp.
    { list: 'console,none,weex', otlp: 6, console: 0 },
  ])('exports to the others as the SDK would: "$list"', async ({ list, otlp, console }) => {
    const ended = await runBot(sdkOnly, 'trader.cjs', {
      flags: IMPORT,
      env: env({ OTEL_TRACES_EXPORTER: list }),
    });
    expect(troubles(ended)).toEqual([]);
    expect(weex.orderIds()).toEqual(THREE_CYCLES);
    expect(collector.spans).toHaveLength(otlp);
    expect(ended.stdout.match(/^ {2}id: /gm) ?? []).toHaveLength(console);
  });

  test('warns of a name that no exporter has, and works for the rest', async () => {
    const ended = await runBot(sdkOnly, 'trader.cjs', {
      flags: IMPORT,
      env: env({ OTEL_TRACES_EXPORTER: 'olpt,weex' }),
    });
    expect(troubles(ended)).toEqual(['OTEL_TRACES_EXPORTER: the SDK has no exporter named "olpt"']);
    expect(weex.orderIds()).toEqual(THREE_CYCLES);
  });

  test.each([
    { sampler: 'always_off', arg: '', sampled: (count: number) => count === 0 },
    {
      sampler: 'parentbased_traceidratio',
      arg: '0.2',
      sampled: (count: number) => count > 0 && count < 60,
    },
  ])(
    'sends every decision to WEEX and what $sampler $arg samples to the others',
    async ({ sampler, arg, sampled }) => {
      const ended = await runBot(sdkOnly, 'trader.cjs', {
        args: ['100'],
        flags: IMPORT,
        env: env({
          OTEL_TRACES_EXPORTER: 'otlp,weex',
          OTEL_TRACES_SAMPLER: sampler,
          OTEL_TRACES_SAMPLER_ARG: arg,
          OTEL_EXPORTER_WEEX_RATE_LIMIT: '1000',
          OTEL_EXPORTER_WEEX_EXIT_TIMEOUT: '15000',
        }),
      });
      expect(troubles(ended)).toEqual([]);
      expect(weex.orderIds()).toHaveLength(100);
      expect(sampled(collector.spans.filter(({ name }) => name === 'cycle').length)).toBe(true);
    },
  );

  test('warns of a sampler that cannot be, and works as the SDK would', async () => {
    const ended = await runBot(sdkOnly, 'trader.cjs', {
      flags: IMPORT,
      env: env({ OTEL_TRACES_EXPORTER: 'otlp,weex', OTEL_TRACES_SAMPLER: 'sometimes' }),
    });
    expect(troubles(ended)).toEqual([expect.stringContaining('OTEL_TRACES_SAMPLER: "sometimes"')]);
    expect(weex.orderIds()).toEqual(THREE_CYCLES);
    expect(collector.spans).toHaveLength(6);
  });

  test("leaves limits, metrics and its log to the SDK's own variables", async () => {
    const ended = await runBot(sdkOnly, 'meter.cjs', {
      flags: IMPORT,
      env: env({
        OTEL_TRACES_EXPORTER: 'otlp,weex',
        OTEL_METRICS_EXPORTER: 'otlp',
        OTEL_LOG_LEVEL: 'info',
        OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT: '2',
      }),
    });
    expect(collector.paths).toContain('/v1/metrics');
    expect(ended.stdout).toContain('register started @opentelemetry/sdk-node');
    expect(collector.spans.find(({ name }) => name === 'Decision Making')?.attributes).toEqual([
      'ai.model',
      'ai.input',
    ]);
  });

  test('starts in worker threads that trace, and says nothing twice', async () => {
    const ended = await runBot(sdkOnly, 'worker-bot.mjs', {
      flags: IMPORT,
      env: env({ OTEL_TRACES_EXPORTER: 'otlp,nope,weex' }),
    });
    expect(ended.stdout).toContain('workers ended 0,0');
    expect(troubles(ended)).toHaveLength(1);
    expect(weex.orderIds()).toEqual([...THREE_CYCLES, '4001']);
    expect(collector.spans).toHaveLength(8);
  });

  test('does nothing in a package manager that starts the bot', async () => {
    const ended = await runBot(sdkOnly, 'npm-cli.js', {
      flags: IMPORT,
      env: env({ OTEL_TRACES_EXPORTER: 'weex' }),
    });
    expect(ended.stdout).toBe('no SDK\n');
    expect(ended.stderr).toBe('');
  });
});

describe('register with auto-instrumentations installed', () => {
  let withAuto: Install;
  beforeAll(() => {
    withAuto = install(API, SDK, AUTO_INSTRUMENTATIONS);
  });
  afterAll(() => withAuto.remove());

  const auto = (variables: Readonly<Record<string, string>>) =>
    env({
      OTEL_TRACES_EXPORTER: 'otlp,weex',
      OTEL_NODE_RESOURCE_DETECTORS: 'env',
      OTEL_NODE_ENABLED_INSTRUMENTATIONS: 'http',
      ...variables,
    });

  test('traces library calls, but not its own requests', async () => {
    const ended = await runBot(withAuto, 'http-bot.mjs', { flags: IMPORT, env: auto({}) });
    expect(troubles(ended)).toEqual([]);
    expect(weex.orderIds()).toEqual(['5001']);
    const scopes = collector.spans.map(({ scope }) => scope.replace('@opentelemetry/', ''));
    expect(scopes.sort()).toEqual(['bot', 'bot', 'instrumentation-http', 'instrumentation-http']);
  });

  test('obeys the variables that choose instrumentations', async () => {
    await runBot(withAuto, 'http-bot.mjs', {
      flags: IMPORT,
      env: auto({ OTEL_NODE_DISABLED_INSTRUMENTATIONS: 'http' }),
    });
    expect(weex.orderIds()).toEqual(['5001']);
    expect(new Set(collector.spans.map(({ scope }) => scope))).toEqual(new Set(['bot']));
  });

  const THEIRS = ['--import', `${AUTO_INSTRUMENTATIONS}/register`];

  test.each([
    { order: 'after', flags: [...THEIRS, ...IMPORT], list: 'otlp' },
    { order: 'before', flags: [...IMPORT, ...THEIRS], list: 'otlp' },
  ])('attaches $order their register', async ({ flags, list }) => {
    const ended = await runBot(withAuto, 'http-bot.mjs', {
      flags,
      env: auto({ OTEL_TRACES_EXPORTER: list }),
    });
    expect(troubles(ended)).toEqual([expect.stringContaining('attached to the tracer provider')]);
    expect(weex.orderIds()).toEqual(['5001']);
    expect(collector.spans).toHaveLength(4);
  });

  test('starts no second SDK after their register has started one', async () => {
    const ended = await runBot(withAuto, 'http-bot.mjs', { flags: [...THEIRS, ...IMPORT], env: auto({}) });
    expect(troubles(ended)).toEqual([
      expect.stringContaining('no SDK is started'),
      expect.stringContaining('attached to the tracer provider'),
    ]);
    expect(weex.orderIds()).toEqual(['5001']);
    expect(collector.spans).toHaveLength(4);
  });

  test('adds only the tracer provider that their register left out for weex alone', async () => {
    const ended = await runBot(withAuto, 'http-bot.mjs', {
      flags: [...THEIRS, ...IMPORT],
      env: auto({ OTEL_TRACES_EXPORTER: 'weex' }),
    });
    expect(troubles(ended)).toEqual([expect.stringContaining('only the tracer provider is added')]);
    expect(weex.orderIds()).toEqual(['5001']);
  });
});

describe('register without weex in OTEL_TRACES_EXPORTER', () => {
  test.each([
    { bot: 'own-sdk.mjs', flags: IMPORT },
    { bot: 'own-sdk.mjs', flags: REQUIRE },
    { bot: 'own-sdk.cjs', flags: IMPORT },
    { bot: 'own-sdk.cjs', flags: REQUIRE },
  ])('attaches to the SDK that $bot starts, by $flags', async ({ bot, flags }) => {
    const ended = await runBot(sdkOnly, bot, { flags, env: env({}) });
    expect(troubles(ended)).toEqual([expect.stringMatching(/^attached .* sampler cannot be changed/)]);
    expect(weex.orderIds()).toEqual(THREE_CYCLES);
    expect(collector.spans).toHaveLength(6);
  });

  test("leaves the bot's own list of processors and its shutdown alone", async () => {
    const ended = await runBot(sdkOnly, 'own-provider.mjs', { flags: IMPORT, env: env({}) });
    expect(ended.stdout).toContain('own array 0');
    expect(weex.orderIds()).toEqual(['2001']);
  });

  test('attaches to a provider that comes late, by the answer that the API gives', async () => {
    const ended = await runBot(sdkOnly, 'late-provider.mjs', { flags: IMPORT, env: env({}) });
    expect(ended.stdout).toContain('answer true setGlobalTracerProvider');
    expect(weex.orderIds()).toEqual(['3001']);
  });

  test('says that it cannot attach to a provider that is not of the SDK', async () => {
    const ended = await runBot(sdkOnly, 'vendor-provider.mjs', { flags: IMPORT, env: env({}) });
    expect(ended).toMatchObject({ code: 0 });
    expect(troubles(ended)).toEqual([
      expect.stringContaining('cannot attach to this tracer provider (VendorTracerProvider)'),
    ]);
  });

  test('starts nothing, and says that no provider came', async () => {
    const ended = await runBot(sdkOnly, 'trader.mjs', { flags: IMPORT, env: env({}) });
    expect(ended).toMatchObject({ code: 0, signal: null });
    expect(troubles(ended)).toEqual([expect.stringContaining('no tracer provider has been set')]);
    expect(weex.orderIds()).toEqual([]);
    expect(collector.paths.size).toBe(0);
  });
});

describe("register beside the bot's own SDK", () => {
  test('says that the second provider is ignored, and takes every decision once', async () => {
    const ended = await runBot(sdkOnly, 'own-sdk.mjs', {
      flags: IMPORT,
      env: env({ OTEL_TRACES_EXPORTER: 'otlp,weex' }),
    });
    expect(troubles(ended)).toEqual([expect.stringContaining('the OpenTelemetry API ignores it')]);
    expect(weex.orderIds()).toEqual(THREE_CYCLES);
    expect(collector.spans).toHaveLength(6);
  });

  test('takes decisions from a provider that the bot uses by itself', async () => {
    const ended = await runBot(sdkOnly, 'own-provider.mjs', {
      flags: IMPORT,
      env: env({ OTEL_TRACES_EXPORTER: 'weex' }),
    });
    expect(troubles(ended)).toEqual([expect.stringContaining('the OpenTelemetry API ignores it')]);
    expect(weex.orderIds()).toEqual(['2001']);
  });
});

describe('register that cannot do its job', () => {
  test.each(['otlp,weex', 'weex', ''])('names all missing credentials in one line: "%s"', async (list) => {
    const variables = env({ OTEL_TRACES_EXPORTER: list });
    for (const name of ['WEEX_API_KEY', 'WEEX_API_SECRET', 'WEEX_API_PASSPHRASE']) delete variables[name];
    const ended = await runBot(sdkOnly, 'trader.mjs', { flags: IMPORT, env: variables });
    expect(ended).toMatchObject({ code: 0, signal: null });
    expect(ended.stdout).toContain('traded');
    const [line, ...more] = troubles(ended);
    expect(more).toEqual([]);
    expect(line).toMatch(/^AI logs are off: .*WEEX_API_KEY.*WEEX_API_SECRET.*WEEX_API_PASSPHRASE/);
    expect(collector.spans).toHaveLength(list === 'otlp,weex' ? 6 : 0);
  });

  test('names the package to install when there is no SDK', async () => {
    const none = install(API);
    const ended = await runBot(none, 'trader.mjs', {
      flags: IMPORT,
      env: env({ OTEL_TRACES_EXPORTER: 'otlp,weex' }),
    });
    none.remove();
    expect(ended).toMatchObject({ code: 0, signal: null });
    expect(ended.stdout).toContain('traded');
    expect(troubles(ended)[0]).toContain('npm install @opentelemetry/sdk-node');
    expect(troubles(ended)).toHaveLength(1);
  });

  test('says what the SDK threw, and lets the bot run', async () => {
    const broken = install(API);
    broken.write('node_modules/@opentelemetry/sdk-node/index.js', 'throw new Error("half installed")');
    const ended = await runBot(broken, 'trader.mjs', {
      flags: IMPORT,
      env: env({ OTEL_TRACES_EXPORTER: 'weex' }),
    });
    broken.remove();
    expect(ended).toMatchObject({ code: 0, signal: null });
    expect(troubles(ended)[0]).toContain('half installed');
  });

  test('starts nothing with OTEL_SDK_DISABLED, and says that AI logs are off', async () => {
    const ended = await runBot(sdkOnly, 'trader.mjs', {
      flags: IMPORT,
      env: env({ OTEL_TRACES_EXPORTER: 'otlp,weex', OTEL_SDK_DISABLED: 'True' }),
    });
    expect(ended).toMatchObject({ code: 0, signal: null });
    expect(linesOf(ended)).toEqual([expect.stringMatching(/OTEL_SDK_DISABLED .*AI logs are off/)]);
    expect(collector.paths.size).toBe(0);
  });

  test('is silent with OTEL_LOG_LEVEL=none', async () => {
    const ended = await runBot(sdkOnly, 'trader.mjs', {
      flags: IMPORT,
      env: env({ OTEL_SDK_DISABLED: 'true', OTEL_LOG_LEVEL: 'none' }),
    });
    expect(ended.stderr).toBe('');
  });

  test('starts the SDK for the others when the mode is off, and says nothing', async () => {
    const ended = await runBot(sdkOnly, 'trader.mjs', {
      flags: IMPORT,
      env: env({ OTEL_TRACES_EXPORTER: 'otlp,weex', OTEL_EXPORTER_WEEX_MODE: 'off' }),
    });
    expect(ended.stderr).toBe('');
    expect(weex.orderIds()).toEqual([]);
    expect(collector.spans).toHaveLength(6);
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
      'const provider = { getTracer: () => ({ startActiveSpan(...args) {} }) };' +
        'exports.trace = { getTracerProvider: () => provider, getTracer: provider.getTracer };',
    );
    const ended = await runBot(two, 'trader.cjs', {
      flags: IMPORT,
      env: env({ OTEL_TRACES_EXPORTER: 'weex' }),
    });
    two.remove();
    expect(ended).toMatchObject({ code: 0, signal: null });
    expect(troubles(ended)).toEqual([
      expect.stringMatching(/several copies of @opentelemetry\/api: .* the bot's 1\.99\.0 in /),
    ]);
  });
});
