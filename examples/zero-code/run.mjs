// @ts-check
/**
 * Runs `bot.mjs`, unchanged, with nothing but environment variables:
 *
 *   OTEL_TRACES_EXPORTER=otlp,weex node --import opentelemetry-exporter-weex/register bot.mjs
 *
 * against a stand-in for WEEX and an OTLP receiver, and shows what each of them got.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { startOtlpReceiver } from '../support/otlp-receiver.mjs';
import { table } from '../support/table.mjs';
import { startWeexStandIn } from '../support/weex-stand-in.mjs';

const weex = await startWeexStandIn();
const receiver = await startOtlpReceiver();

const env = {
  ...weex.env,
  OTEL_TRACES_EXPORTER: 'otlp,weex',
  OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
  OTEL_SERVICE_NAME: 'zero-code-bot',
  OTEL_NODE_RESOURCE_DETECTORS: 'env,host,process', // else auto-instrumentations looks for a cloud to name
};
for (const [name, value] of Object.entries(env))
  console.log(`${name}=${/KEY|SECRET|PASS/.test(name) ? '...' : value}`);
console.log('node --import opentelemetry-exporter-weex/register bot.mjs\n');

const bot = spawn(process.execPath, ['--import', 'opentelemetry-exporter-weex/register', 'bot.mjs'], {
  cwd: import.meta.dirname,
  env: { ...process.env, ...env },
  stdio: 'inherit',
});
const [exitCode] = await once(bot, 'close');

const logs = weex.emulator.logs();
const rows = logs.map(({ stage, model, orderId }) => [stage, model, orderId ?? '-']);
console.log(`\n${table(['stage at WEEX', 'model', 'order id'], rows)}\n`);
console.log(`spans at the OTLP receiver: ${receiver.spans.map(({ name }) => name).join(', ')}`);

const ok = exitCode === 0 && logs.length === 3 && receiver.spans.length === 4;
console.log(
  `zero-code ${ok ? 'ok' : 'FAILED'}: the bot ended with ${exitCode}, ${logs.length} of 3 stages at WEEX, ${receiver.spans.length} of 4 spans at the receiver`,
);
process.exitCode = ok ? 0 : 1;
await receiver.close();
await weex.close();
