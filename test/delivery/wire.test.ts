import { createHmac } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createUndiciTransport } from '../../src/delivery/undici-transport.js';
import { systemClock } from '../../src/lib/clock.js';
import { accepted, json, type Received, type Reply, startWeexServer } from '../helpers/weex-server.js';
import { CREDENTIALS, type InMemoryJournal, rig } from './rig.js';

/** A delivery over real HTTP and in real time. */
function realRig(url: string, timeoutMillis = 1_000): ReturnType<typeof rig> {
  const transport = createUndiciTransport(
    {
      endpoint: url,
      exitTimeoutMillis: 1_500,
      concurrency: 4,
      timeoutMillis,
      ca: [],
      proxy: { httpsProxy: undefined, httpProxy: undefined, noProxy: undefined },
    },
    systemClock,
  );
  const clock = { ...systemClock, random: () => 0 };
  const all = rig({
    options: { endpoint: url, timeoutMillis, rateLimit: 1_000 },
    parts: { clock, transport },
  });
  onTestFinished(() => all.delivery.close(100));
  return all;
}

/** Checked by the rule as WEEX states it, with the bytes as they came. */
function isSigned({ headers, method, path, body }: Received): boolean {
  const text = `${headers['access-timestamp']}${method}${path}${body}`;
  const expected = createHmac('sha256', CREDENTIALS.apiSecret).update(text, 'utf8').digest('base64');
  return headers['access-sign'] === expected && headers['access-passphrase'] === CREDENTIALS.apiPassphrase;
}

function addNow(
  { journal, delivery }: ReturnType<typeof rig>,
  fields: Parameters<InMemoryJournal['add']>[1],
): void {
  delivery.enqueue([journal.add(Date.now(), fields)]);
}

describe('over real HTTP', () => {
  test('entries arrive byte for byte, signed, with the digits of their order', async () => {
    const weex = await startWeexServer();
    const all = realRig(weex.url);
    const payload =
      '{"stage":"Execution","model":"模型","input":{"n":1.50,"big":596471064624628269},"output":{"t":"🚀\\n"}}';
    for (let count = 0; count < 20; count += 1) addNow(all, { payload, orderId: '596471064624628269' });
    await all.delivery.flush(5_000);
    expect(all.journal.receipts.length).toBe(20);
    expect(new Set(weex.received.map(({ body }) => body))).toEqual(
      new Set([`{"orderId":596471064624628269,${payload.slice(1)}`]),
    );
    expect(weex.received.every(isSigned)).toBe(true);
    expect(weex.connections).toBeLessThanOrEqual(4);
  });

  const FAULTS: readonly (readonly [string, Reply, boolean])[] = [
    ['a reset after the body', (response) => response.socket?.resetAndDestroy(), true],
    ['an end after the body', (response) => response.socket?.destroy(), true],
    ['silence', () => {}, true],
    ['garbage', (response) => response.socket?.write('\u0000garbage\r\n'), true],
    [
      'half an answer',
      (response) => response.writeHead(200, { 'content-length': 90 }).write('{"co', () => response.destroy()),
      true,
    ],
    ['a page with 200', (response) => response.end('<html>Welcome</html>'), true],
    ['HTTP 500', json(500, {}), false],
    ['HTTP 429', json(429, {}), false],
    ['the code 40015', json(400, { code: '40015', msg: 'System error' }), false],
  ];
  for (const [name, fault, mayBeDouble] of FAULTS) {
    test(`an entry survives ${name}, ${mayBeDouble ? '' : 'not '}counted as a possible duplicate`, async () => {
      const weex = await startWeexServer();
      const all = realRig(weex.url, 400);
      weex.reply = (response, received) =>
        (weex.received.length === 1 ? fault : accepted)(response, received);
      addNow(all, { id: 'e1' });
      await all.delivery.flush(5_000);
      expect(all.journal.receipts).toEqual([
        expect.objectContaining({ entryId: 'e1', attempts: 2, possibleDuplicate: mayBeDouble }),
      ]);
      expect(weex.received.every(isSigned)).toBe(true);
      expect(weex.received[0]?.body).toBe(weex.received[1]?.body);
    });
  }

  test('a server that comes back gets what waited for it', async () => {
    const weex = await startWeexServer();
    const all = realRig(weex.url);
    weex.connection = (socket) => socket.resetAndDestroy();
    for (let count = 0; count < 8; count += 1) addNow(all, {});
    while (all.delivery.state().down === undefined) await sleep(5);
    weex.connection = undefined;
    await all.delivery.flush(5_000);
    while (all.delivery.state().pending > 0) await sleep(20);
    expect(all.journal.receipts.length).toBe(8);
    expect(all.listener.lines[0]).toMatch(/^down: network: \w+$/);
  });
});
