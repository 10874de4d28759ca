import { Socket } from 'node:net';
import type { SecureContext } from 'node:tls';
import type { buildConnector, Pool } from 'undici';
import { type Clock, type Hold, keepAlive } from '../lib/clock';
import { type ProxyVariables, proxyFor } from '../lib/proxy-for';
import { withoutTracing } from '../lib/suppress-tracing';
import { AnswerCollector, codeOf, failure, ThrottledError } from './answer-collector';
import { CONNECTIONS_A_MINUTE, createConnectionBudget } from './connection-budget';
import { openTunnel, TunnelError } from './proxy-tunnel';
import type { Exchange, SignedRequest, Transport } from './transport';
import { trustContext } from './trust';

type Undici = typeof import('undici');

/** undici's own 4 s opens a new connection for nearly every burst. */
const KEEP_ALIVE_MILLIS = 60_000;
/** What may stand in a header. undici would refuse the rest, and then never use that connection again. */
const HEADER_VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;

export interface TransportOptions {
  /** Origin and path without a trailing slash. */
  readonly endpoint: string;
  readonly concurrency: number;
  /** Of one exchange; a connection has to be there by then. */
  readonly timeoutMillis: number;
  /** For so long after the last request exchanges keep the process alive. */
  readonly exitTimeoutMillis: number;
  readonly proxy: ProxyVariables;
  /** PEM certificates, trusted beside the system's. */
  readonly ca: readonly string[];
}

/**
 * The way to WEEX. Loads undici at the first request. A bot that has nothing left to do ends: idle connections do not
 * hold it, and one that waits for an answer only for a short time, for WEEX may never give it.
 */
export function createUndiciTransport(options: TransportOptions, clock: Clock): Transport {
  const endpoint = new URL(options.endpoint);
  const proxy = proxyFor(endpoint, options.proxy);
  const budget = createConnectionBudget(CONNECTIONS_A_MINUTE);
  let loading: Promise<Pool> | undefined;
  let pool: Pool | undefined;
  let closed = false;
  let exchanges = 0;
  let hold: Hold | undefined;

  function began(): void {
    exchanges += 1;
    if (hold === undefined) hold = keepAlive(options.exitTimeoutMillis);
    else hold.refresh();
  }

  function ended(): void {
    exchanges -= 1;
    if (exchanges > 0) return;
    hold?.cancel();
    hold = undefined;
  }

  async function load(): Promise<Pool> {
    // Not `import()`: Node keeps a module whose load failed (too many open files, say) as failed for good.
    const undici: Undici = require('undici');
    const trust = trustContext(options.ca);
    pool = new undici.Pool(endpoint.origin, {
      connections: options.concurrency,
      pipelining: 1,
      keepAliveTimeout: KEEP_ALIVE_MILLIS,
      // One time-out bounds the whole exchange, so undici need not keep its own.
      headersTimeout: 0,
      bodyTimeout: 0,
      connect: connector(undici, trust),
    });
    return pool;
  }

  function connector(undici: Undici, trust: SecureContext | undefined): buildConnector.connector {
    const secureContext = trust === undefined ? {} : { secureContext: trust };
    const connect = undici.buildConnector({ timeout: options.timeoutMillis, ...secureContext });
    return (target, callback) => {
      const waitMillis = budget.take(clock.monotonicMillis());
      if (waitMillis > 0) {
        queueMicrotask(() => callback(new ThrottledError(waitMillis), null));
        return;
      }
      // A connection may be opened for a request that waited, in the context of who knows what.
      withoutTracing(() => openConnection(proxy, target, connect, options.timeoutMillis, trust, callback));
    };
  }

  function dispatch(ready: Pool, request: SignedRequest, timeoutMillis: number): Promise<Exchange> {
    return new Promise((resolve) => {
      let attempts = 0;
      const begunMillis = clock.monotonicMillis();
      const attempt = (leftMillis: number): void => {
        attempts += 1;
        const collector = new AnswerCollector(clock, leftMillis, settle);
        const { method, path, headers } = request;
        const body = request.body ?? null;
        withoutTracing(() => ready.dispatch({ method, path, headers, body }, collector));
      };
      began();
      const settle = (exchange: Exchange): void => {
        // The pool took a client without a connection, though another one has one: that one is gone now.
        const again =
          exchange.kind === 'throttled' && attempts <= options.concurrency && ready.stats.free > 0;
        if (again) {
          queueMicrotask(() => attempt(timeoutMillis - (clock.monotonicMillis() - begunMillis)));
          return;
        }
        ended();
        if (exchange.kind === 'answer') afterReuse(() => resolve(exchange));
        else resolve(exchange);
      };
      attempt(timeoutMillis);
    });
  }

  return {
    send(request, timeoutMillis) {
      if (closed) return Promise.resolve(failure('CLOSED', false));
      for (const value of Object.values(request.headers)) {
        if (!HEADER_VALUE.test(value)) return Promise.resolve(failure('INVALID_HEADER', false));
      }
      if (pool !== undefined) return dispatch(pool, request, timeoutMillis);
      loading ??= load();
      return loading.then(
        (ready) => (closed ? failure('CLOSED', false) : dispatch(ready, request, timeoutMillis)),
        (error: unknown) => {
          loading = undefined;
          return failure(codeOf(error), false);
        },
      );
    },
    async close() {
      closed = true;
      await loading?.catch(() => {});
      await pool?.destroy();
    },
  };
}

/**
 * undici lets a connection be used again one turn of the event loop after the answer. Who sends the next
 * request before that makes it open another one. The microtask is what puts our turn behind undici's.
 */
function afterReuse(work: () => void): void {
  queueMicrotask(() => setImmediate(work));
}

function openConnection(
  proxy: string | undefined,
  target: buildConnector.Options,
  connect: buildConnector.connector,
  timeoutMillis: number,
  trust: SecureContext | undefined,
  callback: buildConnector.Callback,
): void {
  if (proxy === undefined) {
    letGo(connect(target, (...opened) => callback(...letGoOf(opened))));
    return;
  }
  const secure = target.protocol === 'https:';
  const port = target.port === '' ? (secure ? '443' : '80') : target.port;
  openTunnel(new URL(proxy), { hostname: target.hostname, port }, timeoutMillis, trust).then((outcome) => {
    if (outcome instanceof TunnelError) callback(outcome, null);
    else if (secure)
      letGo(connect({ ...target, httpSocket: outcome }, (...opened) => callback(...letGoOf(opened))));
    else callback(...letGoOf([null, outcome]));
  });
}

type Opened = Parameters<buildConnector.Callback>;

function letGoOf(opened: Opened): Opened {
  if (opened[1] !== null) letGo(opened[1]);
  return opened;
}

/**
 * The connection keeps the process alive no more, although undici would let it while a request is under way. While it
 * is being opened, undici's connector returns it.
 */
function letGo(connection: unknown): void {
  if (!(connection instanceof Socket)) return;
  connection.unref();
  connection.ref = () => connection;
}
