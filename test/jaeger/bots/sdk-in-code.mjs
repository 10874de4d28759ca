// @ts-check
// The SDK in code, with WEEX beside Jaeger or (argument `alone`) without.
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { DnsInstrumentation } from '@opentelemetry/instrumentation-dns';
import { HttpInstrumentation } from '@opentelemetry/instrumentation-http';
import { NetInstrumentation } from '@opentelemetry/instrumentation-net';
import { UndiciInstrumentation } from '@opentelemetry/instrumentation-undici';
import { NodeSDK } from '@opentelemetry/sdk-node';
import { AlwaysOnSampler, BatchSpanProcessor } from '@opentelemetry/sdk-trace-base';
import { AiStageSampler, WeexSpanProcessor } from 'opentelemetry-exporter-weex';

const [, , cycles, beside] = process.argv;
const weex = beside === 'alone' ? undefined : new WeexSpanProcessor();
const sampler = new AlwaysOnSampler();
const sdk = new NodeSDK({
  sampler: weex === undefined ? sampler : new AiStageSampler(sampler),
  spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter()), ...(weex === undefined ? [] : [weex])],
  instrumentations: [
    new DnsInstrumentation(),
    new HttpInstrumentation(),
    new NetInstrumentation(),
    new UndiciInstrumentation(),
  ],
  metricReaders: [],
  logRecordProcessors: [],
});
sdk.start();
const { trade } = await import('./trade.mjs');
await trade(Number(cycles));
await Promise.allSettled([sdk.shutdown(), weex?.shutdown()]);
