import { MessageChannel, type MessagePort, receiveMessageOnPort, Worker } from 'node:worker_threads';
import type { Exchange, SignedRequest, SyncTransport } from '../delivery/transport';
import { type Clock, systemClock } from '../lib/clock';
import { type ProxyVariables, proxyFor } from '../lib/proxy-for';
import { trustedCertificates } from '../lib/trusted-certificates';
import { SYNC_WORKER_SOURCE } from './sync-worker-source';

/** Where synchronous uploads go, and how. */
export interface SyncTransportOptions {
  /** Only its origin counts: the path of a request is whole. */
  readonly endpoint: string;
  readonly proxy: ProxyVariables;
  /** PEM certificates, trusted beside the system's. */
  readonly ca: readonly string[];
  readonly clock?: Clock | undefined;
}

/** What the worker tells of an exchange. */
interface Reply {
  readonly exchange: Exclude<Exchange, { kind: 'throttled' }> | { readonly kind: 'throttled' };
  /** New connections that it took. */
  readonly connections: number;
}

/** A worker and the ways to it. */
interface Line {
  readonly worker: Worker;
  readonly port: MessagePort;
  readonly shared: Int32Array;
  sequence: number;
}

/** Places in the shared memory, as in the worker's source. */
const READY = 0;
const ANSWERED = 1;
const SENT = 2;

/** The worker ends an exchange in time by itself; this is for its thread to get its turn on a busy machine. */
const GRACE_MILLIS = 250;

/** WEEX takes 300 new connections in 5 minutes from an address; asynchronous delivery and the bot need some. */
const MAX_CONNECTIONS = 15;
const CONNECTION_WINDOW_MILLIS = 60_000;

/**
 * Exchanges for callers that cannot await: a worker thread makes them while the calling thread sleeps.
 *
 * The worker starts with the first exchange, keeps its connection alive but not the process, and is replaced
 * when it dies or hangs. The caller signs: the worker sees signed requests alone.
 */
export function createSyncTransport(options: SyncTransportOptions): SyncTransport {
  const { clock = systemClock } = options;
  let line: Line | undefined;
  let closed = false;
  /** When connections of the last minute were opened. */
  let opened: readonly number[] = [];

  function drop(dead: Line): void {
    if (line === dead) line = undefined;
    dead.port.close();
    dead.worker.terminate().catch(() => {});
  }

  function exchangeOn(on: Line, request: SignedRequest, timeoutMillis: number): Exchange {
    const begun = clock.monotonicMillis();
    const ready = Atomics.wait(on.shared, READY, 0, timeoutMillis) !== 'timed-out';
    const leftMillis = timeoutMillis - (clock.monotonicMillis() - begun);
    // It goes on starting, and may be ready for the next call.
    if (!ready || leftMillis <= 0) return timedOut(false);

    opened = opened.filter((millis) => begun - millis < CONNECTION_WINDOW_MILLIS);
    on.sequence += 1;
    post(on, request, { timeoutMillis: leftMillis, mayConnect: opened.length < MAX_CONNECTIONS });
    Atomics.wait(on.shared, ANSWERED, on.sequence - 1, leftMillis + GRACE_MILLIS);
    const reply: Reply | undefined = receiveMessageOnPort(on.port)?.message;
    const connections = reply === undefined ? 1 : reply.connections;
    opened = [...opened, ...Array<number>(connections).fill(begun)];
    if (reply === undefined) {
      drop(on);
      return timedOut(Atomics.load(on.shared, SENT) === on.sequence);
    }
    if (reply.exchange.kind !== 'throttled') return reply.exchange;
    return { kind: 'throttled', waitMillis: (opened[0] ?? begun) + CONNECTION_WINDOW_MILLIS - begun };
  }

  return {
    send(request, timeoutMillis) {
      if (closed) return { kind: 'failure', reason: 'CLOSED', uncertain: false };
      try {
        line ??= openLine(options, (dead) => {
          if (line === dead) line = undefined;
        });
        return exchangeOn(line, request, timeoutMillis);
      } catch (error) {
        // No thread is to be had, by a limit or by a permission.
        const reason = error instanceof Error && 'code' in error ? String(error.code) : 'ERROR';
        return { kind: 'failure', reason, uncertain: false };
      }
    },
    close() {
      closed = true;
      if (line) drop(line);
    },
  };
}

function openLine({ endpoint, proxy, ca }: SyncTransportOptions, onDeath: (dead: Line) => void): Line {
  const { port1, port2 } = new MessageChannel();
  const shared = new SharedArrayBuffer(3 * Int32Array.BYTES_PER_ELEMENT);
  const worker = new Worker(SYNC_WORKER_SOURCE, {
    eval: true,
    name: 'weex-ai-log-sync',
    workerData: { port: port2, shared },
    transferList: [port2],
    // Else the preloads of the process would run again in the worker, those in NODE_OPTIONS too.
    execArgv: [],
    env: {},
    // Nothing of the worker reaches the bot's own output.
    stdout: true,
    stderr: true,
  });
  const line: Line = { worker, port: port1, shared: new Int32Array(shared), sequence: 0 };
  worker.on('error', () => onDeath(line));
  worker.on('exit', () => onDeath(line));
  worker.unref();
  const url = new URL(endpoint);
  const secure = url.protocol === 'https:';
  port1.postMessage({
    secure,
    host: url.hostname.replace(/^\[(.*)\]$/, '$1'),
    port: Number(url.port) || (secure ? 443 : 80),
    proxy: proxyFor(url, proxy),
    ca: trustedCertificates(ca),
  });
  return line;
}

function post(
  { port, sequence }: Line,
  { method, path, headers, body }: SignedRequest,
  limits: { readonly timeoutMillis: number; readonly mayConnect: boolean },
): void {
  // A copy of its own: a slice of Node's pool would take its neighbours along.
  const bytes = body && Uint8Array.from(body);
  port.postMessage({ sequence, method, path, headers, body: bytes, ...limits }, bytes ? [bytes.buffer] : []);
}

const timedOut = (uncertain: boolean): Exchange => ({ kind: 'failure', reason: 'TIMEOUT', uncertain });
