// Delivery of a backlog against a bare undici pool that stringifies and signs in its loop: same bytes, same
// concurrency, the server in another process. Prints the ratios of rate and CPU; needs a built dist.
//
//   node test/bench/delivery-backlog.mjs [entries] [rounds]
import { fork } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Pool } from 'undici';

const SELF = fileURLToPath(import.meta.url);
const DIST = join(SELF, '../../../dist');
const CONCURRENCY = 4;
const PATH = '/capi/v2/order/uploadAiLog';
const KEYS = { apiKey: 'key', apiSecret: 'secret-secret', apiPassphrase: 'phrase' };

if (process.argv[2] === 'server') {
  const answer = '{"code":"00000","msg":"success","requestTime":1732276800000,"data":"upload success"}';
  const server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
    request.resume();
    request.once('end', () => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': answer.length });
      response.end(answer);
    });
  });
  server.listen(0, '127.0.0.1', () => {
    const address = server.address();
    process.send?.(typeof address === 'object' ? address?.port : undefined);
  });
} else {
  await compare(Number(process.argv[2] ?? 20_000), Number(process.argv[3] ?? 5));
}

/**
 * A log of about 2 kB.
 *
 * @param {number} index
 */
function entryFields(index) {
  return {
    stage: 'Decision Making',
    model: 'gpt-5-2026-01-01',
    input: { index, prompt: 'What now? '.repeat(90), symbol: 'cmt_btcusdt' },
    output: { response: 'BUY 0.3 BTC at market, stop 44050, target 46000. '.repeat(16), confidence: 0.87 },
    explanation: 'EMA fast crossed above EMA slow with RSI oversold.',
  };
}

/**
 * @param {string} endpoint
 * @param {number} count
 */
async function barePool(endpoint, count) {
  const pool = new Pool(endpoint, { connections: CONCURRENCY, pipelining: 1, keepAliveTimeout: 60_000 });
  let next = 0;
  const worker = async () => {
    while (next < count) {
      const body = JSON.stringify(entryFields(next++));
      const timestamp = String(Date.now());
      const sign = createHmac('sha256', KEYS.apiSecret)
        .update(`${timestamp}POST${PATH}${body}`)
        .digest('base64');
      const response = await pool.request({
        method: 'POST',
        path: PATH,
        body,
        headers: {
          'ACCESS-KEY': KEYS.apiKey,
          'ACCESS-SIGN': sign,
          'ACCESS-TIMESTAMP': timestamp,
          'ACCESS-PASSPHRASE': KEYS.apiPassphrase,
          'Content-Type': 'application/json',
          locale: 'en-US',
          'User-Agent': 'bare',
        },
      });
      /** @type {any} */
      const answer = await response.body.json();
      if (answer.code !== '00000') throw new Error(`refused: ${answer.code}`);
    }
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, worker));
  await pool.close();
}

/**
 * @param {string} endpoint
 * @param {number} count
 */
async function ours(endpoint, count) {
  // By a path that the type check cannot follow: it also runs where nothing was built.
  /** @param {string} name */
  const built = (name) => createRequire(SELF)(join(DIST, name));
  const { createUndiciTransport } = built('delivery/undici-transport');
  const { createDelivery } = built('delivery/uploader');
  const { systemClock: clock } = built('lib/clock');
  const payloads = Array.from({ length: count }, (_, index) => JSON.stringify(entryFields(index)));
  const now = Date.now();
  const nothing = () => {};
  let receipts = 0;
  const journal = {
    /** @param {number} slot */
    read: (slot) => ({ id: `e${slot}`, payload: payloads[slot], orderId: undefined }),
    accepted: () => {
      receipts += 1;
    },
    attempted: nothing,
    rejected: nothing,
    paused: nothing,
    resumed: nothing,
    liveProcesses: () => 1,
  };
  const listener = { accepted: nothing, rejected: nothing, paused: nothing, resumed: nothing, down: nothing };
  const proxy = { httpsProxy: undefined, httpProxy: undefined, noProxy: undefined };
  const transport = createUndiciTransport(
    { endpoint, concurrency: CONCURRENCY, timeoutMillis: 10_000, proxy, ca: [] },
    clock,
  );
  const delivery = createDelivery({
    options: {
      endpoint,
      apiVersion: 'v2',
      timeoutMillis: 10_000,
      locale: 'en-US',
      rateLimit: 1e6,
      concurrency: CONCURRENCY,
      userAgent: 'bench',
    },
    account: { paused: undefined, acceptedBefore: true },
    credentials: { current: () => KEYS, refresh: () => KEYS },
    journal,
    transport,
    listener: { ...listener, recovered: nothing },
    cutPayload: nothing,
    clock,
    log: { info: nothing, warn: nothing, error: console.error },
  });
  return async () => {
    for (let slot = 0; slot < count; slot += 1) {
      delivery.enqueue([{ slot, startedMillis: now, endedMillis: now - 3_600_000 + slot, linked: false }]);
    }
    await delivery.flush(600_000);
    if (receipts !== count) throw new Error(`${receipts} of ${count} delivered`);
    await delivery.close(1_000);
  };
}

/** @param {() => Promise<void>} work */
async function timed(work) {
  globalThis.gc?.();
  const cpu = process.cpuUsage();
  const begun = performance.now();
  await work();
  const millis = performance.now() - begun;
  const { user, system } = process.cpuUsage(cpu);
  return { millis, cpuMillis: (user + system) / 1_000 };
}

/**
 * @param {number} count
 * @param {number} rounds
 */
async function compare(count, rounds) {
  const server = fork(SELF, ['server']);
  const [port] = await once(server, 'message');
  const endpoint = `http://127.0.0.1:${port}`;
  const results = [];
  for (let round = 0; round <= rounds; round += 1) {
    const bare = await timed(() => barePool(endpoint, count));
    const deliver = await ours(endpoint, count);
    const mine = await timed(deliver);
    const result = { rate: bare.millis / mine.millis, cpu: mine.cpuMillis / bare.cpuMillis };
    const perSecond = Math.round((count / mine.millis) * 1_000);
    // The first round warms up both.
    if (round > 0) results.push(result);
    console.log(
      `${round === 0 ? 'warm-up' : `round ${round}`}: rate ${result.rate.toFixed(2)}x (${perSecond} a second), CPU ${result.cpu.toFixed(2)}x`,
    );
  }
  /** @param {number[]} values */
  const median = (values) => values.sort((a, b) => a - b)[values.length >> 1]?.toFixed(2);
  console.log(
    `median: rate ${median(results.map(({ rate }) => rate))}x, CPU ${median(results.map(({ cpu }) => cpu))}x`,
  );
  server.kill();
}
