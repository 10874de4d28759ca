import { describe, expect, test } from 'vitest';
import { ACCEPTED, failed, refusal, rig } from './rig.js';

/** Whether, and when, a promise has resolved by the fake clock. */
function watch(all: ReturnType<typeof rig>, promise: Promise<void>): { at: number | undefined } {
  const seen: { at: number | undefined } = { at: undefined };
  const from = all.clock.monotonicMillis();
  promise.then(() => {
    seen.at = all.clock.monotonicMillis() - from;
  });
  return seen;
}

describe('flush', () => {
  test('resolves at once when nothing is pending', async () => {
    const all = rig();
    const seen = watch(all, all.delivery.flush(10_000));
    await all.clock.advance(0);
    expect(seen.at).toBe(0);
    expect(all.clock.timers).toBe(0);
  });

  test('resolves when everything that was there is settled, whatever comes later', async () => {
    const all = rig();
    all.transport.answering = ({ slot }) => (slot === 1 ? refusal('40020') : ACCEPTED);
    all.add(3);
    const seen = watch(all, all.delivery.flush(10_000));
    all.add(100, 0);
    await all.clock.advance(1_000);
    expect(seen.at).toBeLessThan(500);
    expect(all.delivery.state().pending).toBeGreaterThan(80);
  });

  test('waits for entries that are tried again', async () => {
    const all = rig();
    all.transport.answering = (_sent, count) => (count < 3 ? failed() : ACCEPTED);
    all.add(1);
    const seen = watch(all, all.delivery.flush(10_000));
    await all.clock.advance(10_000);
    expect(all.journal.receipts.length).toBe(1);
    expect(seen.at).toBeGreaterThan(400);
    expect(seen.at).toBeLessThan(5_000);
  });

  test('waits no longer than it was told to', async () => {
    const all = rig();
    all.transport.latencyMillis = 8_000;
    all.add(1);
    const seen = watch(all, all.delivery.flush(1_500));
    await all.clock.advance(1_499);
    expect(seen.at).toBeUndefined();
    await all.clock.advance(1);
    expect(seen.at).toBe(1_500);
  });

  test('resolves when the account is paused, and sends no probe', async () => {
    const all = rig();
    all.transport.answering = () => refusal('40006');
    all.add(3);
    const during = watch(all, all.delivery.flush(10_000));
    await all.clock.advance(1_000);
    expect(during.at).toBeLessThan(400);
    const sent = all.transport.sent.length;
    const after = watch(all, all.delivery.flush(10_000));
    await all.clock.advance(1_000);
    expect(after.at).toBe(0);
    expect(all.transport.sent.length).toBe(sent);
  });

  test('resolves when WEEX is down, and sends no probe', async () => {
    const all = rig();
    all.transport.answering = () => failed();
    all.add(20);
    const during = watch(all, all.delivery.flush(10_000));
    await all.clock.advance(9_000);
    expect(during.at).toBeLessThan(2_000);
    const sent = all.transport.sent.length;
    const after = watch(all, all.delivery.flush(10_000));
    await all.clock.advance(100);
    expect(after.at).toBeLessThanOrEqual(100);
    expect(all.transport.sent.length).toBe(sent);
  });

  test('of several callers resolves for each', async () => {
    const all = rig();
    all.add(5);
    const flushes = [1, 2, 3].map(() => watch(all, all.delivery.flush(10_000)));
    await all.clock.advance(2_000);
    for (const { at } of flushes) expect(at).toBeLessThan(1_000);
  });
});

describe('close', () => {
  test('begins no new attempt, awaits what is in flight, and closes the transport', async () => {
    const all = rig({ options: { concurrency: 1 } });
    all.transport.latencyMillis = 300;
    all.add(5);
    await all.clock.advance(100);
    const flushed = watch(all, all.delivery.flush(10_000));
    const closed = watch(all, all.delivery.close(1_000));
    await all.clock.advance(10_000);
    expect(all.transport.sent.length).toBe(1);
    expect(all.journal.receipts.length).toBe(1);
    expect(closed.at).toBeLessThan(300);
    expect(flushed.at).toBe(0);
    expect(all.transport.closed).toBe(true);
    expect(all.delivery.state().pending).toBe(4);
  });

  test('waits no longer than it was told to', async () => {
    const all = rig();
    all.transport.latencyMillis = 9_000;
    all.add(1);
    await all.clock.advance(100);
    const closed = watch(all, all.delivery.close(1_000));
    await all.clock.advance(2_000);
    expect(closed.at).toBe(1_000);
    // The answer that comes after all is recorded still.
    await all.clock.advance(10_000);
    expect(all.journal.receipts.length).toBe(1);
  });

  test('may be called twice, and takes nothing more', async () => {
    const all = rig();
    const first = all.delivery.close(1_000);
    expect(all.delivery.close(1_000)).toBe(first);
    await all.clock.advance(10);
    all.add(1);
    await all.delivery.flush(10_000);
    await all.clock.advance(10_000);
    expect(all.transport.sent).toEqual([]);
    expect(all.clock.timers).toBe(0);
  });
});
