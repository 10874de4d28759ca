import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Worker } from 'node:worker_threads';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createSyncTransport } from '../../src/logger/sync-transport.js';
import { type HttpServer, startHttpServer } from '../helpers/http-server.js';
import { runNode } from '../helpers/run-node.js';
import { temporaryFolder } from '../helpers/temporary-folder.js';

const built = join(import.meta.dirname, '../../dist/logger/sync-transport.js');
let server: HttpServer;
beforeAll(async () => {
  server = await startHttpServer();
});
afterAll(() => server.close());

const exchange = () => `
  const transport = createSyncTransport({ endpoint: 'http://127.0.0.1:${server.port}', proxy: {}, ca: [] });
  const request = { method: 'POST', path: '/ok', headers: {}, body: Buffer.from('{}') };
  console.log(transport.send(request, 15000).status, transport.send(request, 15000).status);
`;

function program(name: string, text: string): string {
  const path = join(temporaryFolder(), name);
  writeFileSync(path, text);
  return path;
}

describe('the synchronous transport in a process', () => {
  it.each([
    ['bot.cjs', `const { createSyncTransport } = require(${JSON.stringify(built)});`],
    ['bot.mjs', `import { createSyncTransport } from ${JSON.stringify(pathToFileURL(built).href)};`],
  ])('serves %s and does not keep it alive, idle connection or not', async (name, load) => {
    const { status, stdout, stderr } = await runNode([program(name, load + exchange())]);
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: '200 200\n', stderr: '' });
  });

  it('serves a worker thread of the bot', async () => {
    const bot = program(
      'bot.cjs',
      `const { isMainThread, Worker } = require('node:worker_threads');
       if (isMainThread) new Worker(__filename);
       else { const { createSyncTransport } = require(${JSON.stringify(built)}); ${exchange()} }`,
    );
    expect(await runNode([bot])).toMatchObject({ status: 0, stdout: '200 200\n', stderr: '' });
  });

  it.each([
    ['--import', 'argument'],
    ['--import', 'NODE_OPTIONS'],
    ['--require', 'argument'],
    ['--require', 'NODE_OPTIONS'],
  ])('does not run the preloads and loaders of the process again: %s by %s', async (flag, way) => {
    const runs = join(temporaryFolder(), 'runs');
    const trace = `appendFileSync(${JSON.stringify(runs)}, isMainThread ? 'main ' : 'worker ');`;
    const preload =
      flag === '--import'
        ? program(
            'preload.mjs',
            `import { appendFileSync } from 'node:fs';
             import { register } from 'node:module';
             import { isMainThread } from 'node:worker_threads';
             register('data:text/javascript,export const resolve = (specifier, context, next) => next(specifier, context);');
             ${trace}`,
          )
        : program(
            'preload.cjs',
            `const { appendFileSync } = require('node:fs');
             const { isMainThread } = require('node:worker_threads');
             ${trace}`,
          );
    const bot = program(
      'bot.cjs',
      `const { createSyncTransport } = require(${JSON.stringify(built)});${exchange()}`,
    );
    const ran =
      way === 'argument'
        ? await runNode([flag, preload, bot], { NODE_NO_WARNINGS: '1' })
        : await runNode([bot], { NODE_OPTIONS: `${flag}=${preload}`, NODE_NO_WARNINGS: '1' });
    expect(ran).toMatchObject({ status: 0, stdout: '200 200\n', stderr: '' });
    expect(readFileSync(runs, 'utf8')).toBe('main ');
  });

  it('is not traced and sends no trace headers, whatever is instrumented', async () => {
    const before = (await server.seen()).length;
    const require = `require('node:module').createRequire(${JSON.stringify(import.meta.filename)})`;
    const bot = program(
      'bot.cjs',
      `const load = ${require};
       const { NodeSDK } = load('@opentelemetry/sdk-node');
       const { InMemorySpanExporter, SimpleSpanProcessor } = load('@opentelemetry/sdk-trace-base');
       const { HttpInstrumentation } = load('@opentelemetry/instrumentation-http');
       const exporter = new InMemorySpanExporter();
       const sdk = new NodeSDK({ autoDetectResources: false, spanProcessors: [new SimpleSpanProcessor(exporter)], instrumentations: [new HttpInstrumentation()], metricReaders: [], logRecordProcessors: [] });
       sdk.start();
       const { trace } = load('@opentelemetry/api');
       const { createSyncTransport } = require(${JSON.stringify(built)});
       trace.getTracer('bot').startActiveSpan('decide', (span) => { ${exchange()} span.end(); });
       console.log(exporter.getFinishedSpans().map((span) => span.name).join());`,
    );
    const { stdout, stderr } = await runNode([bot], {
      OTEL_METRICS_EXPORTER: 'none',
      OTEL_LOGS_EXPORTER: 'none',
    });
    expect(stdout, stderr).toBe('200 200\ndecide\n');
    const sent = (await server.seen()).slice(before);
    expect(sent).toHaveLength(2);
    for (const request of sent) expect(request.headers['traceparent']).toBeUndefined();
  });

  it('replaces a worker that died', async () => {
    const workers: Worker[] = [];
    const collect = (worker: Worker) => void workers.push(worker);
    process.on('worker', collect);
    const endpoint = `http://127.0.0.1:${server.port}`;
    const transport = createSyncTransport({
      endpoint,
      proxy: { httpsProxy: undefined, httpProxy: undefined, noProxy: undefined },
      ca: [],
    });
    try {
      const request = { method: 'POST', path: '/ok', headers: {}, body: Buffer.from('{}') } as const;
      expect(transport.send(request, 15_000)).toMatchObject({ status: 200 });
      await vi.waitFor(() => expect(workers).toHaveLength(1));
      await workers[0]?.terminate();
      expect(transport.send(request, 15_000)).toMatchObject({ status: 200 });
      await vi.waitFor(() => expect(workers).toHaveLength(2));
    } finally {
      process.off('worker', collect);
      transport.close();
    }
  });
});
