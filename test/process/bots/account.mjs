// @ts-check
// What every bot here shares: a processor on the built package, and one decision.
import { writeSync } from 'node:fs';
import { BasicTracerProvider } from '@opentelemetry/sdk-trace-base';
import { WeexSpanProcessor } from '../../../dist/index.mjs';

/** The pipe to the test: what is written there has happened. */
const REPORT = 3;

/** The options come as JSON in the first argument; an argument for each account, when there are several. */
export function openAccount(json = process.argv[2] ?? '{}') {
  const weex = new WeexSpanProcessor(JSON.parse(json));
  const provider = new BasicTracerProvider({ spanProcessors: [weex] });
  const tracer = provider.getTracer('bot');
  /**
   * Ends one stage span that carries `id`. When this returns, `end()` has returned.
   * @param {string} id
   * @param {import('@opentelemetry/api').Attributes} attributes
   * @param {number} ageMillis how long ago it was decided
   */
  const decide = (id, attributes = {}, ageMillis = 0) =>
    tracer
      .startSpan('decision', {
        startTime: Date.now() - ageMillis,
        attributes: {
          'ai.stage': 'decision',
          'ai.model': 'gpt-5-2026-08-06',
          'ai.input': `{"id":"${id}","symbol":"BTCUSDT"}`,
          'ai.output': '{"action":"buy","size":0.010}',
          'ai.explanation': 'RSI 28 is oversold.',
          ...attributes,
        },
      })
      .end(Date.now() - ageMillis);
  return { weex, provider, decide };
}

/**
 * Tells the test, at once: a line that was written survives whatever comes next.
 * @param {string} line
 */
export const report = (line) => void writeSync(REPORT, `${line}\n`);
