import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { API, AUTO_INSTRUMENTATIONS, type Install, install, SDK } from './helpers/installs.js';
import { run } from './helpers/run.js';

const PATIENT = { timeout: 60_000 };
const THREE_CYCLES = ['1001', '1002', '1003'];

/** The same file for every test: what differs comes by the file's own variables. */
const CONFIG = `
file_format: "1.0"
log_level: warn
resource:
  attributes:
    - name: service.name
      value: "\${SERVICE}"
    - name: deployment.environment.name
      # A text that must not be taken for a variable once more.
      value: "costs $$\${EMPTY:-{}} more"
tracer_provider:
  limits:
    attribute_count_limit: \${ATTRIBUTES:-128}
  processors:
    - batch:
        schedule_delay: 100
        exporter:
          otlp_http:
            endpoint: \${OTEL_EXPORTER_OTLP_ENDPOINT}/v1/traces
            encoding: json
            headers:
              - name: authorization
                value: "Bearer \${TOKEN}"
    - batch:
        exporter:
          weex:
            endpoint: \${WEEX_URL}
            api_key: "\${KEY}"
            link_window: \${LINK_WINDOW:-0}
            journal_dir: none
  sampler:
    parent_based:
      root:
        ROOT:
`;

const WEEX_ONLY = `
file_format: "1.0"
log_level: error
tracer_provider:
  processors:
    - simple: { exporter: { weex: } }
`;

let sdkOnly: Install;
let withAuto: Install;
beforeAll(() => {
  sdkOnly = install(API, SDK, '@opentelemetry/sdk-trace');
  withAuto = install(API, SDK, AUTO_INSTRUMENTATIONS);
  for (const { write } of [sdkOnly, withAuto]) {
    write('otel.yaml', CONFIG.replace('ROOT', 'always_on'));
    write('dropping.yaml', CONFIG.replace('ROOT', 'always_off'));
    write('weex-only.yaml', WEEX_ONLY);
    write('without.yaml', 'file_format: "1.0"\nlog_level: error\n# no weex: here\n');
    write('disabled.yaml', `${WEEX_ONLY}disabled: true\n`);
    write('wrong.yaml', `${WEEX_ONLY.replace('weex: }', 'weex: { link_windw: 5 } }')}`);
    write('broken.yaml', `${WEEX_ONLY}meter_provider: 7\n`);
  }
});
afterAll(() => {
  sdkOnly.remove();
  withAuto.remove();
});

const FILE = { OTEL_CONFIG_FILE: 'otel.yaml', SERVICE: 'file-bot', TOKEN: 'a-secret-token' };

describe.concurrent('register with an exporter named weex in OTEL_CONFIG_FILE', PATIENT, () => {
  test("starts what the file says, with the entry's options and the variables that the file names", async () => {
    const { ended, lines, orderIds, spans } = await run(sdkOnly, {
      env: { ...FILE, OTEL_TRACES_EXPORTER: 'none', OTEL_EXPORTER_WEEX_LINK_WINDOW: '60000' },
      fileKeys: true,
    });
    expect(ended).toMatchObject({ code: 0, signal: null });
    expect(lines).toEqual([]);
    expect(orderIds).toEqual(THREE_CYCLES);
    expect(spans).toHaveLength(6);
    expect(new Set(spans.map(({ service }) => service))).toEqual(new Set(['file-bot']));
    expect(spans[0]?.resource['deployment.environment.name']).toMatch(/^costs \$\{\} more$/);
  });

  test('leaves nothing of the file behind, and its variables as they were', async () => {
    const temporary = join(sdkOnly.dir, 'tmp');
    sdkOnly.write('tmp/.keep', '');
    const { ended } = await run(sdkOnly, {
      bot: 'environment.mjs',
      env: { ...FILE, TMPDIR: temporary },
      fileKeys: true,
    });
    expect(readdirSync(temporary)).toEqual(['.keep']);
    expect(ended.stdout).toBe('otel.yaml no text variables\n');
  });

  test('sends every decision to WEEX where the sampler of the file samples none', async () => {
    const { lines, orderIds, spans } = await run(sdkOnly, {
      env: { ...FILE, OTEL_CONFIG_FILE: 'dropping.yaml' },
      fileKeys: true,
    });
    expect(lines).toEqual([]);
    expect(orderIds).toEqual(THREE_CYCLES);
    expect(spans).toEqual([]);
  });

  test('works for WEEX alone, and prints no span', async () => {
    const { ended, lines, orderIds, paths } = await run(sdkOnly, {
      env: { OTEL_CONFIG_FILE: 'weex-only.yaml' },
    });
    expect(lines).toEqual([]);
    expect(orderIds).toEqual(THREE_CYCLES);
    expect(ended.stdout).toBe('traded unset\n');
    expect(paths.size).toBe(0);
  });

  test('traces library calls where auto-instrumentations are installed', async () => {
    const { orderIds, spans } = await run(withAuto, {
      bot: 'http-bot.mjs',
      env: { ...FILE, OTEL_NODE_ENABLED_INSTRUMENTATIONS: 'http,undici' },
      fileKeys: true,
    });
    expect(orderIds).toEqual(['5001']);
    expect(spans.filter(({ scope }) => scope.endsWith('instrumentation-http'))).toHaveLength(2);
  });

  test('warns of limits that would cut decisions', async () => {
    const { lines } = await run(sdkOnly, { env: { ...FILE, ATTRIBUTES: '4' }, fileKeys: true });
    expect(lines).toEqual([expect.stringMatching(/^a span keeps only 4 attributes/)]);
  });

  test('says what is wrong with the entry, and starts the rest', async () => {
    const { ended, lines, orderIds } = await run(sdkOnly, { env: { OTEL_CONFIG_FILE: 'wrong.yaml' } });
    expect(ended).toMatchObject({ code: 0, signal: null });
    expect(lines).toEqual([
      expect.stringMatching(/^register takes no AI logs: .*"linkWindw" is not an option.*linkWindowMillis/),
    ]);
    expect(orderIds).toEqual([]);
  });

  test.each([
    {
      file: 'broken.yaml',
      says: /OTEL_CONFIG_FILE .*meter_provider must be object; register starts nothing/,
    },
    { file: 'disabled.yaml', says: /OTEL_CONFIG_FILE says disabled/ },
  ])('starts nothing by $file, and says why', async ({ file, says }) => {
    const { ended, lines, orderIds } = await run(sdkOnly, { env: { OTEL_CONFIG_FILE: file } });
    expect(ended).toMatchObject({ code: 0, signal: null });
    expect(lines).toEqual([expect.stringMatching(says)]);
    expect(orderIds).toEqual([]);
  });

  test('takes AI logs that only OTEL_TRACES_EXPORTER asks for, and says where to ask', async () => {
    const { lines, orderIds, paths } = await run(sdkOnly, {
      env: { OTEL_CONFIG_FILE: 'without.yaml', OTEL_TRACES_EXPORTER: 'otlp,weex' },
    });
    expect(lines).toEqual([expect.stringContaining('has no exporter named weex')]);
    expect(orderIds).toEqual(THREE_CYCLES);
    expect(paths.size).toBe(0);
  });

  test('names the SDK to install when the installed one cannot read the file', async () => {
    const old = install(API);
    old.write(
      'node_modules/@opentelemetry/sdk-node/package.json',
      '{"version":"0.203.0","name":"@opentelemetry/sdk-node"}',
    );
    old.write('node_modules/@opentelemetry/sdk-node/index.js', 'exports.NodeSDK = class {};');
    old.write('otel.yaml', CONFIG);
    const { lines } = await run(old, { env: FILE });
    old.remove();
    expect(lines).toEqual([
      expect.stringMatching(/sdk-node 0\.203\.0 cannot read .* 0\.220 or newer.*; register starts nothing/),
    ]);
  });
});
