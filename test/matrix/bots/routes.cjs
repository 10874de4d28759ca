// @ts-check
const { tmpdir } = require('node:os');
const { join } = require('node:path');

/**
 * Makes one decision for each way from the SDK into this package, each with an account, a WEEX and a journal of its own.
 *
 * @param {any} sdk of any line: only 3.x has `TracerProvider`, and its processors take their exporter as an option
 * @param {typeof import('opentelemetry-exporter-weex')} ours
 * @param {typeof import('opentelemetry-exporter-weex/emulator')} emulators
 * @param {string} form
 */
exports.tryRoutes = async (sdk, ours, emulators, form) => {
  const isThird = sdk.BasicTracerProvider === undefined;
  const Provider = isThird ? sdk.TracerProvider : sdk.BasicTracerProvider;
  /** @type {(Processor: any, exporter: unknown) => unknown} */
  const behind = (Processor, exporter) => (isThird ? new Processor({ exporter }) : new Processor(exporter));
  /** @type {Record<string, (options: import('opentelemetry-exporter-weex').WeexOptions) => unknown>} */
  const routes = {
    processor: (options) => new ours.WeexSpanProcessor(options),
    batch: (options) => behind(sdk.BatchSpanProcessor, new ours.WeexSpanExporter(options)),
    simple: (options) => behind(sdk.SimpleSpanProcessor, new ours.WeexSpanExporter(options)),
  };
  const orderId = '9223372036854775801';
  for (const [route, open] of Object.entries(routes)) {
    const weex = await emulators.startWeexEmulator();
    const journalDir = join(process.env.MATRIX_JOURNALS ?? tmpdir(), `${form}-${route}`);
    const processor = open({ ...weex.credentials, endpoint: weex.url, journalDir });
    const isOurs = route === 'processor';
    // Only our own processor sees what the sampler drops.
    const sampler = isOurs ? new ours.AiStageSampler(new sdk.AlwaysOffSampler()) : new sdk.AlwaysOnSampler();
    const provider = new Provider({ sampler, spanProcessors: [processor] });
    const tracer = provider.getTracer('bot');
    const details = { model: 'm-1', input: { rsi: 28 }, tracer };
    await ours.startActiveStage(ours.AiLogStage.DECISION_MAKING, details, async (stage) => {
      stage.setOutput({ action: 'buy' }).setExplanation('RSI 28 is oversold.').setOrderId(BigInt(orderId));
    });
    await provider.shutdown();
    const logs = weex.logs();
    const [log] = logs;
    if (logs.length !== 1 || log?.orderId !== orderId || log.stage !== 'Decision Making') {
      throw new Error(`${route}: expected one log of order ${orderId}, got ${JSON.stringify(logs)}`);
    }
    await weex.close();
  }
  console.log(`delivered ${Object.keys(routes).join(' ')}`);
};
