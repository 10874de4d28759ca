import { describe, expect, test } from 'vitest';
import type { Exchange, SyncTransport } from '../../src/delivery/transport.js';
import { ACCEPTED, type Answering, answer, failed, refusal, rig } from './rig.js';

/** A transport that blocks: time passes while it works. */
class BlockingTransport implements SyncTransport {
  readonly timeouts: number[] = [];
  sent = 0;
  readonly #all: ReturnType<typeof rig>;
  readonly #answering: (count: number) => Exchange;

  constructor(all: ReturnType<typeof rig>, answering: (count: number) => Exchange) {
    this.#all = all;
    this.#answering = answering;
  }

  send(request: Parameters<SyncTransport['send']>[0], timeoutMillis: number): Exchange {
    this.#all.clock.block(40);
    if (request.method === 'GET') return answer(200, { serverTime: this.#all.clock.wallMillis() });
    this.timeouts.push(timeoutMillis);
    this.sent += 1;
    return this.#answering(this.sent);
  }

  close(): void {}
}

function sendSync(all: ReturnType<typeof rig>, answering: (count: number) => Exchange, limitMillis = 10_000) {
  const entry = all.journal.add(all.clock.wallMillis(), { id: 'e1', orderId: '42' });
  const transport = new BlockingTransport(all, answering);
  const outcome = all.delivery.sendSync(entry, transport, limitMillis);
  return { outcome, transport };
}

describe('sendSync', () => {
  test('returns the receipt, journaled and told like any other', () => {
    const all = rig();
    const { outcome } = sendSync(all, () => ACCEPTED);
    expect(outcome).toEqual({ kind: 'accepted', receipt: all.journal.receipts[0] });
    expect(all.journal.receipts[0]).toMatchObject({ entryId: 'e1', orderId: '42', attempts: 1 });
    expect(all.listener.lines).toEqual(['accepted e1']);
    expect(all.delivery.state().pending).toBe(0);
  });

  test('tries again within its time, and waits for the rate', () => {
    const all = rig();
    const { outcome, transport } = sendSync(all, (count) => (count < 4 ? failed() : ACCEPTED));
    expect(outcome).toMatchObject({ kind: 'accepted', receipt: { attempts: 4 } });
    expect(transport.sent).toBe(4);
    const begun = all.clock.monotonicMillis();
    for (let count = 0; count < 20; count += 1) sendSync(all, () => ACCEPTED);
    expect(all.clock.monotonicMillis() - begun).toBeGreaterThan(1_800);
  });

  test('gives no attempt more time than is left', () => {
    const all = rig();
    const { transport } = sendSync(all, () => failed(), 3_000);
    for (const timeout of transport.timeouts) expect(timeout).toBeLessThanOrEqual(3_000);
    expect(all.clock.monotonicMillis()).toBeLessThan(1_000 + 3_100);
  });

  test("returns the rejection with WEEX's words", () => {
    const all = rig();
    const { outcome } = sendSync(all, () => refusal('40020', 'Parameter error'));
    expect(outcome).toEqual({
      kind: 'rejected',
      rejection: { httpStatus: 400, weexCode: '40020', reason: 'Parameter error' },
    });
    expect(all.delivery.state().pending).toBe(0);
  });

  test('hands the entry over when the time is up, and delivery goes on behind the caller', async () => {
    const all = rig();
    const { outcome } = sendSync(all, () => failed('ECONNRESET', true), 1_000);
    expect(outcome).toEqual({ kind: 'pending' });
    expect(all.delivery.state().pending).toBe(1);
    await all.clock.advance(5_000);
    expect(all.journal.receipts[0]).toMatchObject({ entryId: 'e1', possibleDuplicate: true });
    expect(all.journal.receipts[0]?.attempts).toBeGreaterThan(1);
  });

  test('says when the account is paused, sends nothing then, and keeps the entry', async () => {
    const all = rig();
    const first = sendSync(all, () => refusal('40006', 'Invalid key'));
    expect(first.outcome).toMatchObject({ kind: 'paused', pause: { reason: 'Invalid key' } });
    const second = sendSync(all, () => ACCEPTED);
    expect(second.outcome).toEqual({ kind: 'paused', pause: all.delivery.state().paused });
    expect(second.transport.sent).toBe(0);
    await all.clock.advance(10_000);
    expect(all.journal.receipts.length).toBe(2);
  });

  test('measures a wrong clock and signs anew', () => {
    const all = rig();
    const { outcome, transport } = sendSync(all, (count) => (count === 1 ? refusal('40008') : ACCEPTED));
    expect(outcome.kind).toBe('accepted');
    expect(transport.sent).toBe(2);
  });

  test('waits for the next probe of an outage and is it', async () => {
    const all = rig();
    const failing: Answering = () => failed();
    all.transport.answering = failing;
    for (let count = 0; count < 5; count += 1) all.add(1);
    await all.clock.advance(600);
    expect(all.delivery.state().down).toBe('network');
    const begun = all.clock.monotonicMillis();
    expect(sendSync(all, () => ACCEPTED, 5_000).outcome.kind).toBe('accepted');
    expect(all.clock.monotonicMillis() - begun).toBeGreaterThan(300);
    expect(all.delivery.state().down).toBeUndefined();
  });

  test('does not wait for a probe that is out: it cannot come back meanwhile', async () => {
    const all = rig();
    const failing: Answering = () => failed();
    all.transport.answering = failing;
    all.add(5);
    await all.clock.advance(600);
    all.transport.latencyMillis = 5_000;
    await all.clock.advance(1_500);
    expect(all.delivery.state()).toMatchObject({ inFlight: 1, down: 'network' });
    const begun = all.clock.monotonicMillis();
    expect(sendSync(all, () => ACCEPTED, 5_000).outcome).toEqual({ kind: 'pending' });
    expect(all.clock.monotonicMillis()).toBe(begun);
  });

  test('leaves the entry in the journal once delivery is closed', async () => {
    const all = rig();
    await all.delivery.close(0);
    const { outcome, transport } = sendSync(all, () => ACCEPTED);
    expect([outcome.kind, transport.sent]).toEqual(['pending', 0]);
  });

  test('survives a transport that throws', () => {
    const all = rig();
    const { outcome } = sendSync(
      all,
      () => {
        throw new Error('worker is gone');
      },
      500,
    );
    expect(outcome.kind).toBe('pending');
    expect(all.complaints.length).toBe(1);
  });
});
