import { describe, expect, test } from 'vitest';
import { ACCEPTED, answer, failed, refusal, rig } from './rig.js';

describe('a paused account', () => {
  test('keeps everything, is probed by one entry after the other, and goes on when one is accepted', async () => {
    const { clock, journal, transport, listener, delivery, refreshes, add } = rig();
    transport.answering = () => refusal('40006', 'Invalid key');
    const begun = clock.wallMillis();
    add(6);
    await clock.advance(1_000);
    // What was in flight when the first was held is all that went out.
    const inFlight = transport.sent.length;
    expect(inFlight).toBeLessThanOrEqual(4);
    expect(journal.pauses).toEqual([{ sinceMillis: begun + 50, reason: 'Invalid key', weexCode: '40006' }]);
    expect(delivery.state().paused).toEqual({
      since: begun + 50,
      reason: 'Invalid key',
      nextProbeAt: begun + 5_050,
    });
    await clock.advance(200_000);
    const probes = transport.sent.slice(inFlight);
    const waits = probes.map(({ atMillis }, index) => atMillis - (probes[index - 1]?.atMillis ?? 0));
    expect(waits.slice(1)).toEqual([10_050, 20_050, 40_050, 60_050, 60_050]);
    expect(new Set(probes.map(({ slot }) => slot)).size).toBe(6);
    expect(refreshes.length).toBe(probes.length);
    expect(delivery.state().pending).toBe(6);
    expect(journal.rejections).toEqual([]);
    transport.answering = () => ACCEPTED;
    await clock.advance(70_000);
    expect(journal.receipts.length).toBe(6);
    expect(journal.resumes.length).toBe(1);
    expect(listener.lines.filter((line) => !line.startsWith('accepted'))).toEqual([
      'paused: Invalid key',
      expect.stringMatching(/^resumed after \d+$/),
    ]);
    expect(delivery.state().paused).toBeUndefined();
  });

  for (const [name, exchange] of [
    ['HTTP 521 with a page', answer(521, '<html><title>Blocked</title></html>')],
    ['a redirect', answer(302, '')],
    ['HTTP 401', answer(401, 'no')],
    ['HTTP 403', answer(403, '<html>')],
    ['HTTP 404', answer(404, '')],
    ['the code 40753', refusal('40753')],
    ['the code -1056', refusal(-1056)],
    ['a header that cannot be sent', failed('INVALID_HEADER')],
  ] as const) {
    test(`comes from ${name}, and costs no entry`, async () => {
      const { clock, journal, transport, delivery, add } = rig();
      transport.answering = () => exchange;
      add(3);
      await clock.advance(60_000);
      expect(journal.pauses.length).toBe(1);
      expect(journal.rejections).toEqual([]);
      transport.answering = () => ACCEPTED;
      await clock.advance(60_000);
      expect(journal.receipts.length).toBe(3);
      expect(delivery.state().pending).toBe(0);
    });
  }

  test('comes from an unknown 400 before the first acceptance of the account, later it is a refusal', async () => {
    const young = rig({ parts: { account: { paused: undefined, acceptedBefore: false } } });
    young.transport.answering = () => refusal('88888', 'not in the competition');
    young.add(1);
    await young.clock.advance(1_000);
    expect(young.journal.pauses.length).toBe(1);
    young.transport.answering = () => ACCEPTED;
    await young.clock.advance(6_000);
    young.transport.answering = () => refusal('88888');
    young.add(1);
    await young.clock.advance(1_000);
    expect(young.journal.receipts.length).toBe(1);
    expect(young.journal.rejections.length).toBe(1);
    expect(young.journal.pauses.length).toBe(1);
  });

  test('uses what the credential files hold now', async () => {
    const old = { apiKey: 'old-key', apiSecret: 'old-secret', apiPassphrase: 'old-phrase' };
    const repaired = { ...old, apiKey: 'new-key', apiSecret: 'new-secret' };
    let current = old;
    const { clock, journal, transport, add } = rig({
      parts: {
        credentials: {
          current: () => current,
          refresh: () => {
            current = repaired;
            return current;
          },
        },
      },
    });
    transport.answering = ({ request }) =>
      request.headers['ACCESS-KEY'] === 'new-key' ? ACCEPTED : refusal('40006');
    add(3);
    await clock.advance(8_000);
    expect(journal.receipts.length).toBe(3);
  });

  test('stays paused over a restart, and another process resumes it', async () => {
    const pause = { sinceMillis: 0, reason: 'Invalid key', weexCode: '40006' };
    const { clock, journal, transport, listener, delivery, add } = rig({
      parts: { account: { paused: pause, acceptedBefore: true } },
    });
    transport.answering = () => refusal('40006');
    add(3);
    expect(delivery.state().paused?.reason).toBe('Invalid key');
    await clock.advance(4_900);
    expect(transport.sent).toEqual([]);
    await clock.advance(5_000);
    expect(transport.sent.length).toBe(1);
    transport.answering = () => ACCEPTED;
    delivery.adopt(undefined);
    await clock.advance(1_000);
    expect(journal.receipts.length).toBe(3);
    // Whoever resumed has journaled it.
    expect(journal.resumes).toEqual([]);
    delivery.adopt(pause);
    add(1);
    await clock.advance(4_000);
    expect(journal.receipts.length).toBe(3);
    expect(journal.pauses).toEqual([]);
    expect(listener.lines.at(-1)).toBe('paused: Invalid key');
  });
});

describe('a poisoned entry', () => {
  test('that alone is held costs one pause and is then set aside', async () => {
    const { clock, journal, transport, listener, add } = rig();
    transport.answering = ({ request }) =>
      String(request.body).includes('poison') ? refusal('50003', 'no permission') : ACCEPTED;
    add(1, 0, { id: 'poison', payload: '{"stage":"poison","input":{"slot":0}}' });
    add(2);
    await clock.advance(20_000);
    expect(journal.receipts.length).toBe(2);
    expect(journal.rejections.map(({ rejection }) => rejection.weexCode)).toEqual(['50003']);
    expect(journal.pauses.length).toBe(1);
    expect(listener.lines).toContain('rejected poison: no permission');
  });

  test('that always fails does not hold back the others', async () => {
    const { clock, journal, transport, delivery, add } = rig();
    transport.answering = ({ slot }) => (slot === 0 ? answer(500, '') : ACCEPTED);
    add(1);
    await clock.advance(600_000);
    for (let count = 0; count < 20; count += 1) {
      add(1, 0, { id: String(clock.wallMillis()) });
      await clock.advance(10_000);
    }
    expect(delivery.state().pending).toBe(1);
    expect(journal.receipts.length).toBe(20);
    for (const { entryId, acceptedAt } of journal.receipts) {
      expect(acceptedAt - Number(entryId)).toBeLessThan(5_000);
    }
  });

  test('that alone is pending is probed rarely, but a fresh one at once', async () => {
    const { clock, journal, transport, delivery, add } = rig();
    transport.answering = ({ slot }) => (slot === 0 ? answer(500, '') : ACCEPTED);
    add(1);
    await clock.advance(3_600_000);
    expect(delivery.state().down).toBe('server');
    expect(transport.sent.length).toBeLessThan(80);
    add(1);
    await clock.advance(1_500);
    expect(journal.receipts.length).toBe(1);
    expect(delivery.state().down).toBeUndefined();
  });
});

describe('refusals in a row', () => {
  test('with one unknown code pause the account at the third, which is kept', async () => {
    const { clock, journal, transport, listener, delivery, add } = rig({ options: { concurrency: 1 } });
    transport.answering = () => refusal('77777', 'who are you');
    add(10);
    await clock.advance(4_000);
    expect(journal.rejections.length).toBe(2);
    expect(delivery.state()).toMatchObject({ pending: 8 });
    expect(listener.lines.at(-1)).toBe(
      'paused: 3 entries in a row were refused, the last one with: who are you',
    );
    await clock.advance(600_000);
    expect(journal.rejections.length).toBe(2);
    transport.answering = () => ACCEPTED;
    await clock.advance(120_000);
    expect(journal.receipts.length).toBe(8);
  });

  test('of any kind pause the account at the twentieth', async () => {
    const { clock, journal, transport, delivery, add } = rig({ options: { concurrency: 1 } });
    transport.answering = (_sent, count) => refusal(count % 2 === 0 ? '40020' : '40017');
    add(50);
    await clock.advance(60_000);
    expect(journal.rejections.length).toBe(19);
    expect(delivery.state().pending).toBe(31);
  });
});

describe('an outage', () => {
  for (const [kind, exchange] of [
    ['network', failed('ECONNREFUSED')],
    ['server', answer(503, '')],
    ['rate-limit', answer(429, '')],
  ] as const) {
    test(`of the kind ${kind} is told once, probed rarely and over with the first answer`, async () => {
      const { clock, journal, transport, listener, delivery, add } = rig();
      transport.answering = () => exchange;
      add(50);
      await clock.advance(3_600_000);
      expect(delivery.state()).toMatchObject({ pending: 50, down: kind });
      expect(transport.sent.length).toBeLessThan(8 + 12 + 75);
      // Every entry has had its turn.
      expect(new Set(transport.slots).size).toBe(50);
      transport.answering = () => ACCEPTED;
      await clock.advance(70_000);
      expect(journal.receipts.length).toBe(50);
      const news = listener.lines.filter((line) => !line.startsWith('accepted'));
      expect(news).toEqual([
        expect.stringMatching(new RegExp(`^down: ${kind}: `)),
        expect.stringMatching(/^recovered after \d+/),
      ]);
    });
  }

  test('with Retry-After sends nothing before its time, for the whole account', async () => {
    const { clock, transport, add } = rig();
    transport.answering = (_sent, count) =>
      count === 1 ? answer(429, '', { 'retry-after': '30' }) : ACCEPTED;
    add(1);
    await clock.advance(100);
    add(10);
    await clock.advance(29_900);
    expect(transport.sent.length).toBe(1);
    await clock.advance(5_000);
    expect(transport.sent.length).toBe(12);
  });

  test('costs no entry objects but for those that were tried', async () => {
    const { clock, transport, delivery, add } = rig();
    transport.answering = () => failed();
    add(1_000);
    await clock.advance(600_000);
    expect(delivery.state().pending).toBe(1_000);
    expect(new Set(transport.slots).size).toBeLessThan(40);
  });
});
