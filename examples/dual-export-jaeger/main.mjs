// @ts-check
/**
 * The SDK in code, exporting to Jaeger and to WEEX.
 *
 *   docker compose up -d
 *   node main.mjs
 *
 * With WEEX_API_KEY, WEEX_API_SECRET and WEEX_API_PASSPHRASE set it writes to that account, and what it writes
 * is true: a rule was tried on generated candles, and no order was placed. Without them it uses a stand-in.
 */
import { trace } from '@opentelemetry/api';
import { AiLogStage, startActiveStage } from 'opentelemetry-exporter-weex';
import { startWeexStandIn } from '../support/weex-stand-in.mjs';
import { createMarket } from '../trading-bot/market.mjs';
import { findSignal, readCandles, STRATEGY_MODEL } from '../trading-bot/strategy.mjs';
import { startTelemetry } from './telemetry.mjs';

const standIn = process.env['WEEX_API_KEY'] ? undefined : await startWeexStandIn();
console.log(
  standIn === undefined
    ? 'WEEX: your account, by WEEX_API_KEY'
    : `WEEX: a stand-in at ${standIn.emulator.url}`,
);

const { weexProcessor, shutdown } = startTelemetry({ weex: standIn?.settings ?? {}, ratio: 1 });

const traceId = await trace.getTracer('dual-export-bot').startActiveSpan('cycle', async (cycle) => {
  const candles = await createMarket({ seed: 7 }).candles('BTCUSDT', 1);
  const reading = readCandles(candles);
  const details = { model: STRATEGY_MODEL, input: { symbol: 'BTCUSDT', candles: 'generated', ...reading } };
  startActiveStage(AiLogStage.STRATEGY_GENERATION, details, (stage) => {
    const signal = findSignal(reading, 0);
    stage.setOutput({ signal: signal.action, traded: false });
    stage.setExplanation(
      `A test of the logging with generated candles; no order was placed. ${signal.reason}`,
    );
    stage.setOrderId('none');
  });
  cycle.end();
  return cycle.spanContext().traceId;
});

const jaegerError = await shutdown();
const { delivered, pending, paused } = weexProcessor.health();

if (jaegerError === undefined) console.log(`Jaeger: http://localhost:16686/trace/${traceId}`);
else console.log(`Jaeger: not reached (${jaegerError}). Is it running? See docker-compose.yml`);
console.log(`WEEX: ${delivered} of 1 delivered`);
if (pending > 0)
  console.log(`WEEX: ${pending} kept for the next start ${paused ? `(${paused.reason})` : ''}`);

const ok = jaegerError === undefined && delivered === 1;
console.log(`dual-export ${ok ? 'ok' : 'FAILED'}`);
process.exitCode = ok ? 0 : 1;
await standIn?.close();
