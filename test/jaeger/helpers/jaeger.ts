import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { findJaeger } from '../find-or-build.mjs';

export const jaegerBinary = findJaeger();
if (jaegerBinary === undefined) {
  console.warn(
    'skipped: there is no Jaeger on PATH or in the Go folder; `npm run test:jaeger` builds one, with Go',
  );
}

export interface Jaeger {
  /** The value for `OTEL_EXPORTER_OTLP_ENDPOINT`. */
  readonly otlpUrl: string;
  /** Of the HTTP API that the page uses. */
  readonly queryUrl: string;
  /** Freezes it: the kernel takes its connections and nobody answers. */
  freeze(): void;
  thaw(): void;
  close(): Promise<void>;
}

export interface JaegerOptions {
  /** A longer request is refused. */
  readonly maxRequestBytes?: number;
}

const READY_WITHIN_MILLIS = 60_000;
/** Another process may take a port between our look at it and Jaeger's. */
const MOST_STARTS = 5;

/** A Jaeger of its own, with spans in memory. */
export async function startJaeger(options: JaegerOptions = {}): Promise<Jaeger> {
  if (jaegerBinary === undefined) throw new Error('no Jaeger: npm run test:jaeger builds it');
  for (let start = 1; ; start += 1) {
    const outcome = await tryToStart(jaegerBinary, options);
    if (typeof outcome !== 'string') return outcome;
    if (start === MOST_STARTS || !outcome.includes('address already in use')) throw new Error(outcome);
  }
}

async function tryToStart(binary: string, options: JaegerOptions): Promise<Jaeger | string> {
  const [otlp = 0, http = 0, grpc = 0] = await freePorts(3);
  const folder = mkdtempSync(join(tmpdir(), 'weex-jaeger-'));
  writeFileSync(join(folder, 'config.json'), JSON.stringify(configuration({ otlp, http, grpc }, options)));
  const child = spawn(binary, ['--config', join(folder, 'config.json')], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  child.stdout.on('data', (chunk) => {
    printed += chunk;
  });
  child.stderr.on('data', (chunk) => {
    printed += chunk;
  });
  const close = async (): Promise<void> => {
    await ended(child);
    rmSync(folder, { recursive: true, force: true });
  };
  const otlpUrl = `http://127.0.0.1:${otlp}`;
  const queryUrl = `http://127.0.0.1:${http}`;
  const givenUpAt = Date.now() + READY_WITHIN_MILLIS;
  while (!((await answers(`${queryUrl}/api/services`)) && (await answers(`${otlpUrl}/v1/traces`)))) {
    if (hasEnded(child) || Date.now() > givenUpAt) {
      await close();
      return `Jaeger did not start: ${printed}`;
    }
    await delay(50);
  }
  return {
    otlpUrl,
    queryUrl,
    freeze: () => child.kill('SIGSTOP'),
    thaw: () => child.kill('SIGCONT'),
    close,
  };
}

/** Without batches and queues: a span can be found as soon as the request that brought it is answered. */
function configuration(ports: { otlp: number; http: number; grpc: number }, options: JaegerOptions): object {
  const { maxRequestBytes } = options;
  return {
    service: {
      extensions: ['jaeger_storage', 'jaeger_query'],
      pipelines: { traces: { receivers: ['otlp'], exporters: ['jaeger_storage_exporter'] } },
      telemetry: { metrics: { level: 'none' }, logs: { level: 'warn' } },
    },
    extensions: {
      jaeger_storage: { backends: { memory: { memory: { max_traces: 100_000 } } } },
      jaeger_query: {
        storage: { traces: 'memory' },
        http: { endpoint: `127.0.0.1:${ports.http}` },
        grpc: { endpoint: `127.0.0.1:${ports.grpc}` },
      },
    },
    receivers: {
      otlp: {
        protocols: {
          http: {
            endpoint: `127.0.0.1:${ports.otlp}`,
            ...(maxRequestBytes !== undefined && { max_request_body_size: maxRequestBytes }),
          },
        },
      },
    },
    exporters: { jaeger_storage_exporter: { trace_storage: 'memory' } },
  };
}

/** All held at once, so that they differ; given back before anyone uses them. */
async function freePorts(count: number): Promise<readonly number[]> {
  const servers = Array.from({ length: count }, () => createServer().listen(0, '127.0.0.1'));
  await Promise.all(servers.map((server) => once(server, 'listening')));
  const ports = servers.map((server) => {
    const address = server.address();
    return typeof address === 'object' ? (address?.port ?? 0) : 0;
  });
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}

async function answers(url: string): Promise<boolean> {
  try {
    await (await fetch(url)).arrayBuffer();
    return true;
  } catch {
    return false;
  }
}

const hasEnded = ({ exitCode, signalCode }: ChildProcess): boolean =>
  exitCode !== null || signalCode !== null;

async function ended(child: ChildProcess): Promise<void> {
  if (hasEnded(child)) return;
  const closed = once(child, 'close');
  child.kill('SIGKILL');
  await closed;
}
