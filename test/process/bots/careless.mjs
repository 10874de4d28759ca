// @ts-check
// A bot that puts its own credentials wherever it can, and prints every error that it gets.
import { inspect } from 'node:util';
import { AiLogStage, createDecisionLog, WeexAiLogger, WeexSpanProcessor } from '../../../dist/index.mjs';
import { openAccount, report } from './account.mjs';

const settings = JSON.parse(process.argv[2] ?? '{}');
const { apiKey, apiSecret, apiPassphrase } = settings;
const all = `${apiKey} ${apiSecret} ${apiPassphrase}`;
const { weex, provider, decide } = openAccount();

/** @param {unknown} error */
const print = (error) => {
  console.log(inspect(error, { depth: 9, showHidden: true }));
  console.log(JSON.stringify(error), String(error), error instanceof Error ? error.stack : '');
};

decide('in-every-field', {
  'ai.stage': `stage ${all}`,
  'ai.model': `model ${all}`,
  'ai.input': JSON.stringify({
    id: 'in-every-field',
    headers: { 'ACCESS-KEY': apiKey, deep: [[all]] },
    [all]: 1,
  }),
  'ai.output': JSON.stringify({ text: `a ${all} b`, signed: apiSecret, passphrase: apiPassphrase }),
  'ai.explanation': `because ${all}`,
  'ai.symbol': all,
  'ai.client_order_id': all,
});
decide('as-text', { 'ai.input': `id as-text ${all}`, 'ai.output': all, 'ai.order_id': all });
decide('rejected', { 'ai.model': 'rejected', 'ai.explanation': all });
decide('ordinary');
const logger = new WeexAiLogger(settings);
const entry = (/** @type {string} */ model) =>
  createDecisionLog({ model, input: { id: model, all }, output: { all }, explanation: all });
for (const model of ['rejected', 'fine']) await logger.uploadLog(entry(model)).catch(print);
await weex.forceFlush();
for (const wrong of [
  { ...settings, endpoint: `https://${apiKey}:${apiSecret}@evil.example/?p=${apiPassphrase}` },
  { ...settings, account: `${apiSecret}/..` },
  { ...settings, apiKey: `${apiKey}\n` },
  { ...settings, mode: apiPassphrase, locale: `${apiSecret}\0` },
]) {
  try {
    await new WeexSpanProcessor(wrong).shutdown();
  } catch (error) {
    print(error);
  }
}
print(weex.health());
print(logger);
print(weex);
decide('paused', { 'ai.model': 'paused', 'ai.explanation': all });
await logger.uploadLog(entry('paused')).catch(print);
await logger.close();
await provider.shutdown();
report(`ended ${AiLogStage.DECISION_MAKING}`);
