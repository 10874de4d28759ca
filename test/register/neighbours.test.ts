import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { IMPORT } from './helpers/bot-process.js';
import { API, type Install, install, SDK } from './helpers/installs.js';
import { run } from './helpers/run.js';

// With stand-ins; `npm run neighbours` has the vendors' own packages.
const PATIENT = { timeout: 60_000 };

let bots: Install;
beforeAll(() => {
  bots = install(API, SDK, '@opentelemetry/sdk-trace');
});
afterAll(() => bots.remove());

describe.concurrent('register beside a vendor that sets up tracing by itself', PATIENT, () => {
  test('takes a decision as the bot traced it, before a processor that masks it in place', async () => {
    const { orderIds, inputs } = await run(bots, { bot: 'masking.mjs' });
    expect(orderIds).toEqual(['9001']);
    expect(inputs).toEqual([{ rsi: 28 }]);
  });

  test('goes on with its own provider when a vendor comes later, and says that the vendor gets nothing', async () => {
    const { lines, orderIds } = await run(bots, {
      flags: [...IMPORT, '--import', './vendor-provider.mjs'],
      env: { OTEL_TRACES_EXPORTER: 'weex' },
    });
    expect(lines).toEqual([
      expect.stringMatching(/VendorTracerProvider\) was set up after .* gets no spans/),
    ]);
    expect(orderIds).toEqual(['1001', '1002', '1003']);
  });

  test('says that it cannot attach when the vendor was first, once', async () => {
    const { lines, orderIds } = await run(bots, {
      flags: ['--import', './vendor-provider.mjs', ...IMPORT],
      env: { OTEL_TRACES_EXPORTER: 'weex' },
    });
    expect(lines).toEqual([
      expect.stringContaining('no SDK is started'),
      expect.stringContaining('cannot attach to this tracer provider (VendorTracerProvider)'),
    ]);
    expect(orderIds).toEqual([]);
  });
});
