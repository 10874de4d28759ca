// @ts-nocheck: the library is installed in a temporary folder only.
import { createRequire } from 'node:module';
import { openaiScenarios } from '../kit/openai-scenarios.mjs';
import { startProvider } from '../kit/provider.mjs';
import { createLogRecorder, createRecorder, versionOf, writeFixture } from '../kit/recorder.mjs';

// The instrumentation patches what is loaded with require.
const require = createRequire(import.meta.url);
const {
  context,
  metrics,
  trace,
  logs = require('@opentelemetry/api-logs').logs,
} = require('@opentelemetry/api');
const { AsyncLocalStorageContextManager } = require('@opentelemetry/context-async-hooks');
const { OpenAIInstrumentation } = require('@opentelemetry/instrumentation-openai');
const { LoggerProvider } = require('@opentelemetry/sdk-logs');
const { TracerProvider } = require('@opentelemetry/sdk-trace');

const recorder = createRecorder();
const logRecorder = createLogRecorder();
const tracerProvider = new TracerProvider({ spanProcessors: [recorder] });
const loggerProvider = new LoggerProvider({ processors: [logRecorder] });
context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
trace.setGlobalTracerProvider(tracerProvider);
logs.setGlobalLoggerProvider(loggerProvider);

const provider = await startProvider();
const instrumentation = new OpenAIInstrumentation({ captureMessageContent: true });
instrumentation.setTracerProvider(tracerProvider);
instrumentation.setLoggerProvider(loggerProvider);
instrumentation.setMeterProvider(metrics.getMeterProvider());
instrumentation.enable();
const OpenAI = require('openai');
const client = new OpenAI({ apiKey: 'x', baseURL: `${provider.url}/v1`, maxRetries: 0 });

async function capture(scenario, call) {
  await trace.getTracer('bot').startActiveSpan('trade-cycle', async (cycle) => {
    await call();
    cycle.end();
  });
  writeFixture({
    library: 'otel-openai',
    version: versionOf('@opentelemetry/instrumentation-openai'),
    scenario,
    with: { openai: versionOf('openai'), '@opentelemetry/sdk-trace': versionOf('@opentelemetry/sdk-trace') },
    spans: recorder.take(),
    logs: logRecorder.take(),
  });
}
for (const [scenario, call] of openaiScenarios(client)) await capture(scenario, call);
instrumentation.setConfig({ captureMessageContent: false });
for (const [scenario, call] of openaiScenarios(client))
  if (scenario === 'chat') await capture('content-off', call);
await provider.close();
process.exit(0);
