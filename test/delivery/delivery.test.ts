import { describe, expect, test } from 'vitest';
import { ACCEPTED, answer, CREDENTIALS, failed, refusal, rig } from './rig.js';

const header = (request: { headers: Readonly<Record<string, string>> } | undefined, name: string): string =>
  request?.headers[name] ?? '';

describe('an entry', () => {
  test('goes out signed, and its receipt is journaled and told', async () => {
    const { clock, journal, transport, listener, delivery, add } = rig();
    transport.answering = () =>
      answer(200, { code: '00000', msg: 'success', requestTime: clock.wallMillis() });
    const [entry] = add(1, 3_000, { id: 'e1', orderId: '596471064624628269' });
    await clock.advance(100);
    const request = transport.sent[0]?.request;
    expect(request?.path).toBe('/capi/v2/order/uploadAiLog');
    expect(String(request?.body)).toMatch(/^\{"orderId":596471064624628269,"stage":/);
    expect(header(request, 'ACCESS-KEY')).toBe(CREDENTIALS.apiKey);
    expect(header(request, 'ACCESS-TIMESTAMP')).toBe(String(clock.wallMillis() - 100));
    expect(header(request, 'User-Agent')).toBe('opentelemetry-exporter-weex/0.0.0');
    expect(journal.receipts).toEqual([
      {
        entryId: 'e1',
        code: '00000',
        msg: 'success',
        requestTime: clock.wallMillis() - 50,
        acceptedAt: clock.wallMillis() - 50,
        attempts: 1,
        possibleDuplicate: false,
        orderId: '596471064624628269',
      },
    ]);
    expect(listener.lines).toEqual(['accepted e1']);
    expect(listener.delays).toEqual([50]);
    expect(journal.attempts).toEqual([]);
    expect(delivery.state()).toEqual({
      pending: 0,
      inFlight: 0,
      oldestPendingMillis: 0,
      paused: undefined,
      down: undefined,
    });
    expect(entry?.slot).toBe(0);
  });

  test("of the v3 API goes to its path, below the endpoint's own", async () => {
    const { clock, transport, add } = rig({
      options: { apiVersion: 'v3', endpoint: 'https://mirror.weex.com/base' },
    });
    add(1);
    await clock.advance(100);
    expect(transport.sent[0]?.request.path).toBe('/base/capi/v3/order/uploadAiLog');
  });

  test('is signed anew at every attempt, over the same body', async () => {
    const { clock, journal, transport, add } = rig();
    transport.answering = (_sent, count) => (count < 4 ? failed() : ACCEPTED);
    add(1);
    await clock.advance(60_000);
    expect(transport.sent.length).toBe(4);
    const timestamps = transport.sent.map(({ request }) => header(request, 'ACCESS-TIMESTAMP'));
    expect(new Set(timestamps).size).toBe(4);
    expect(new Set(transport.sent.map(({ request }) => header(request, 'ACCESS-SIGN'))).size).toBe(4);
    expect(new Set(transport.sent.map(({ request }) => String(request.body))).size).toBe(1);
    expect(journal.receipts[0]).toMatchObject({ attempts: 4, possibleDuplicate: false });
  });

  test('is tried for ever, however long WEEX is down', async () => {
    const { clock, journal, transport, delivery, add } = rig();
    transport.answering = () => failed();
    add(1);
    await clock.advance(3 * 86_400_000);
    expect(delivery.state()).toMatchObject({ pending: 1, down: 'network' });
    transport.answering = () => ACCEPTED;
    await clock.advance(61_000);
    expect(journal.receipts.length).toBe(1);
  });

  test('leaves a record of every attempt that was not accepted', async () => {
    const { clock, journal, transport, add } = rig();
    transport.answering = (_sent, count) => (count === 1 ? answer(503, '<h1>Busy</h1>') : ACCEPTED);
    add(1);
    const begun = clock.wallMillis();
    await clock.advance(5_000);
    expect(journal.attempts).toEqual([
      {
        slot: 0,
        attempt: {
          attempt: 1,
          atMillis: begun,
          durationMillis: 50,
          disposition: 'retry',
          httpStatus: 503,
          weexCode: undefined,
          reason: 'HTTP 503, an answer without a WEEX code: Busy',
          uncertain: false,
        },
      },
    ]);
  });

  test('that may have arrived already is sent again and counted as a possible duplicate', async () => {
    const { clock, journal, transport, add } = rig();
    transport.answering = (_sent, count) => (count === 1 ? failed('TIMEOUT', true) : ACCEPTED);
    add(1);
    await clock.advance(5_000);
    expect(journal.attempts[0]?.attempt).toMatchObject({ reason: 'TIMEOUT', uncertain: true });
    expect(journal.receipts[0]).toMatchObject({ attempts: 2, possibleDuplicate: true });
  });

  test('that WEEX refuses is set aside with its words', async () => {
    const { clock, journal, listener, transport, add } = rig();
    transport.answering = ({ slot }) => (slot === 1 ? refusal('40020', 'Parameter stage error') : ACCEPTED);
    add(3);
    await clock.advance(2_000);
    expect(journal.rejections).toEqual([
      { slot: 1, rejection: { httpStatus: 400, weexCode: '40020', reason: 'Parameter stage error' } },
    ]);
    expect(journal.attempts[0]?.attempt.disposition).toBe('reject');
    expect(journal.receipts.length).toBe(2);
    expect(listener.lines.filter((line) => line.startsWith('rejected'))).toHaveLength(1);
  });

  test('waits as long as the answer asks', async () => {
    const { clock, transport, add } = rig();
    transport.answering = (_sent, count) =>
      count === 1 ? answer(503, '', { 'retry-after': '20' }) : ACCEPTED;
    add(1);
    await clock.advance(60_000);
    const [first, second] = transport.sent;
    expect((second?.atMillis ?? 0) - (first?.atMillis ?? 0)).toBeGreaterThanOrEqual(20_000);
  });

  test('that the journal cannot read for the moment is tried again until it can, and holds nobody up', async () => {
    const { clock, journal, transport, delivery, add } = rig();
    const [away] = add(2);
    journal.unreadable.add(away?.slot ?? -1);
    await clock.advance(2_000);
    expect(transport.slots).toEqual([1]);
    await clock.advance(600_000);
    expect(delivery.state().pending).toBe(1);
    journal.unreadable.clear();
    await clock.advance(60_000);
    expect(delivery.state().pending).toBe(0);
    expect(journal.rejections).toEqual([]);
  });

  test('that the journal no longer has is set aside with the reason', async () => {
    const { clock, journal, delivery, add } = rig();
    const [gone] = add(1);
    journal.entries.delete(gone?.slot ?? -1);
    await clock.advance(5_000);
    expect(journal.rejections[0]?.rejection.reason).toMatch(/damaged or gone/);
    expect(delivery.state().pending).toBe(0);
  });
});

describe('a very new order id', () => {
  test('that WEEX does not know yet is tried again for 30 s', async () => {
    const { clock, journal, transport, add } = rig();
    const begun = clock.monotonicMillis();
    transport.answering = () => (clock.monotonicMillis() - begun > 20_000 ? ACCEPTED : refusal('50005'));
    add(1, 0, { orderId: '1' });
    await clock.advance(40_000);
    expect(journal.receipts.length).toBe(1);
    expect(transport.sent.length).toBeGreaterThan(3);
    expect(transport.sent.length).toBeLessThan(15);
  });

  test('is set aside after that', async () => {
    const { clock, journal, transport, add } = rig();
    transport.answering = () => refusal(-2200, 'order does not exist');
    add(1, 0, { orderId: '1' });
    await clock.advance(29_000);
    expect(journal.rejections).toEqual([]);
    await clock.advance(11_000);
    expect(journal.rejections[0]?.rejection).toMatchObject({ weexCode: '-2200' });
    expect(journal.attempts.map(({ attempt }) => attempt.disposition).at(-1)).toBe('reject');
  });
});

describe('an entry that is too large for WEEX', () => {
  test('is cut to half once', async () => {
    const { clock, journal, transport, add } = rig();
    transport.answering = ({ request }) =>
      (request.body?.byteLength ?? 0) > 300 ? answer(413, '') : ACCEPTED;
    const payload = `{"stage":"s","model":"m","input":{"slot":0,"long":"${'x'.repeat(500)}"},"output":{}}`;
    add(1, 0, { payload });
    await clock.advance(2_000);
    expect(journal.receipts[0]).toMatchObject({ attempts: 2 });
    expect(JSON.parse(String(transport.sent[1]?.request.body)).input).toEqual({
      cut: Math.floor(Buffer.byteLength(payload) / 2) - 30,
    });
    expect(journal.attempts[0]?.attempt.reason).toContain('cut to');
  });

  test('is set aside if that does not help', async () => {
    const { clock, journal, transport, add } = rig();
    transport.answering = () => answer(413, '');
    add(1, 0, { payload: `{"stage":"s","input":{"slot":0,"long":"${'x'.repeat(500)}"}}` });
    await clock.advance(2_000);
    expect(transport.sent.length).toBe(2);
    expect(journal.rejections[0]?.rejection.httpStatus).toBe(413);
  });

  test('is set aside if nothing can be cut', async () => {
    const { clock, journal, transport, add } = rig({
      parts: { cutPayload: (payload) => ({ payload, cut: false }) },
    });
    transport.answering = () => answer(413, '');
    add(1);
    await clock.advance(2_000);
    expect(transport.sent.length).toBe(1);
    expect(journal.rejections[0]?.rejection).toMatchObject({ httpStatus: 413 });
  });
});

describe('a clock that is wrong', () => {
  const OFF = 45_000;

  /** A WEEX whose clock is ahead, and that refuses what is more than 30 s off. */
  function aheadOfUs({ clock, transport }: ReturnType<typeof rig>, code: string | number = '40008'): void {
    transport.timeAnswering = () => answer(200, { timestamp: clock.wallMillis() + OFF });
    transport.answering = ({ request }) => {
      const away = clock.wallMillis() + OFF - Number(request.headers['ACCESS-TIMESTAMP']);
      return Math.abs(away) > 30_000 ? refusal(code) : ACCEPTED;
    };
  }

  for (const code of ['40008', '40005', -1046, -1043]) {
    test(`is measured once (${code}), and the entry signed anew`, async () => {
      const all = rig();
      aheadOfUs(all, code);
      all.add(1);
      await all.clock.advance(1_000);
      expect(all.journal.receipts[0]).toMatchObject({ attempts: 2 });
      expect(all.journal.attempts[0]?.attempt.disposition).toBe('clock');
      expect(all.transport.timesAsked).toBe(1);
      all.add(20);
      await all.clock.advance(10_000);
      expect(all.transport.sent.length).toBe(22);
      expect(all.transport.timesAsked).toBe(1);
    });
  }

  test('is measured once for all that were refused at the same time', async () => {
    const all = rig({ options: { rateLimit: 1_000 } });
    aheadOfUs(all);
    all.add(8);
    await all.clock.advance(3_000);
    expect(all.journal.receipts.length).toBe(8);
    expect(all.transport.timesAsked).toBe(1);
    expect(all.listener.lines.every((line) => line.startsWith('accepted'))).toBe(true);
  });

  test('that was corrected while an attempt was out is not measured again for it', async () => {
    const all = rig({ options: { rateLimit: 1_000 } });
    aheadOfUs(all);
    const judging = all.transport.answering;
    const slow = (): Promise<void> => new Promise((resolve) => all.clock.schedule(400, () => resolve()));
    all.transport.answering = async (sent, count) => {
      const exchange = await judging(sent, count);
      if (count === 2) await slow();
      return exchange;
    };
    all.add(2);
    await all.clock.advance(1_000);
    expect(all.journal.receipts.map(({ attempts }) => attempts)).toEqual([2, 2]);
    expect(all.transport.timesAsked).toBe(1);
  });

  test('pauses the account if signing anew does not help', async () => {
    const all = rig();
    all.transport.answering = () => refusal('40008', 'Timestamp expired');
    all.add(1);
    await all.clock.advance(3_000);
    expect(all.listener.lines).toEqual(['paused: Timestamp expired']);
    expect(all.transport.sent.length).toBe(2);
    all.transport.answering = () => ACCEPTED;
    await all.clock.advance(5_000);
    expect(all.journal.receipts.length).toBe(1);
  });

  test('is corrected by the refusal itself if the time cannot be read', async () => {
    const all = rig();
    aheadOfUs(all);
    const judging = all.transport.answering;
    all.transport.answering = async (sent, count) => {
      const exchange = await judging(sent, count);
      if (exchange === ACCEPTED) return exchange;
      return answer(400, { code: '40008', msg: 'expired', requestTime: all.clock.wallMillis() + OFF });
    };
    all.transport.timeAnswering = () => answer(404, '<html>');
    all.add(1);
    await all.clock.advance(3_000);
    expect(all.journal.receipts.length).toBe(1);
  });

  test('is measured again later if the time cannot be read at all', async () => {
    const all = rig();
    aheadOfUs(all, -1046);
    const timeAnswering = all.transport.timeAnswering;
    all.transport.timeAnswering = () => failed();
    all.add(1);
    await all.clock.advance(3_000);
    expect(all.journal.receipts).toEqual([]);
    all.transport.timeAnswering = timeAnswering;
    await all.clock.advance(60_000);
    expect(all.journal.receipts.length).toBe(1);
  });

  test('that is set by hours stalls and hurries nothing', async () => {
    const { clock, transport, journal, add, delivery } = rig();
    transport.answering = (_sent, count) => (count === 2 ? failed() : ACCEPTED);
    for (const jump of [5 * 3_600_000, -11 * 3_600_000, 3_600_000]) {
      add(20, 0);
      clock.jumpWall(jump);
      add(20, 0);
      const from = transport.sent.length;
      await clock.advance(2_000);
      const paced = transport.sent.length - from;
      expect(paced).toBeGreaterThanOrEqual(18);
      expect(paced).toBeLessThanOrEqual(22);
      await clock.advance(3_000);
      expect(delivery.state()).toMatchObject({ pending: 0, oldestPendingMillis: 0 });
    }
    expect(journal.receipts.length).toBe(120);
  });
});

describe('the rate', () => {
  test('is kept, and shared with the live processes of the account', async () => {
    const { clock, journal, transport, add } = rig();
    add(100);
    await clock.advance(3_000);
    expect(transport.sent.length).toBeLessThanOrEqual(32);
    expect(transport.sent.length).toBeGreaterThanOrEqual(29);
    journal.processes = 5;
    const before = transport.sent.length;
    await clock.advance(10_000);
    expect(transport.sent.length - before).toBeLessThanOrEqual(21);
    expect(transport.sent.length - before).toBeGreaterThanOrEqual(18);
  });

  test('never has more in flight than allowed', async () => {
    const { clock, transport, add } = rig({ options: { rateLimit: 10_000, concurrency: 3 } });
    transport.latencyMillis = 400;
    add(50);
    await clock.advance(20_000);
    expect(transport.sent.length).toBe(50);
    expect(transport.mostInFlight).toBe(3);
  });
});

describe('the order', () => {
  test('within a trace is that of the spans, and one that fails does not hold back the others', async () => {
    const { clock, journal, transport, delivery } = rig({ options: { concurrency: 1 } });
    const at = clock.wallMillis();
    // The root ended last and started first.
    const group = [at, at - 5_000, at - 3_000].map((ended, index) =>
      journal.add(ended, { startedMillis: at - 10_000 + index, id: `g${index}` }),
    );
    transport.answering = ({ slot }, count) => (slot === 1 && count < 4 ? failed() : ACCEPTED);
    delivery.enqueue(group);
    await clock.advance(10_000);
    expect(transport.slots.slice(0, 3)).toEqual([0, 1, 2]);
    expect(journal.receipts.map(({ entryId }) => entryId)).toEqual(['g0', 'g2', 'g1']);
  });

  test('is the same for a slot that is used again', async () => {
    const { clock, journal, add, delivery } = rig();
    for (let round = 0; round < 5; round += 1) {
      add(3);
      await clock.advance(2_000);
    }
    expect(journal.receipts.length).toBe(15);
    expect(new Set(journal.receipts.map(({ entryId }) => entryId)).size).toBe(15);
    expect(delivery.state().pending).toBe(0);
  });
});

describe('a connection that may not be opened', () => {
  test('is waited for without counting as an attempt', async () => {
    const { clock, journal, transport, add } = rig();
    transport.answering = (_sent, count) =>
      count === 1 ? { kind: 'throttled', waitMillis: 7_000 } : ACCEPTED;
    add(1);
    await clock.advance(6_900);
    expect(transport.sent.length).toBe(1);
    await clock.advance(1_000);
    expect(journal.receipts[0]).toMatchObject({ attempts: 1 });
    expect(journal.attempts).toEqual([]);
  });

  test('does not stop what goes over the others', async () => {
    const { clock, journal, transport, add } = rig();
    transport.latencyMillis = 300;
    // One connection is there; a second is not to be had.
    transport.answering = () =>
      transport.inFlight > 0 ? { kind: 'throttled', waitMillis: 30_000 } : ACCEPTED;
    add(20);
    await clock.advance(15_000);
    expect(journal.receipts.length).toBe(20);
  });
});

describe("others' mistakes", () => {
  test('of the listener do not stop delivery, and are told once', async () => {
    const fault = (): never => {
      throw new TypeError(`about ${CREDENTIALS.apiSecret}`);
    };
    const { clock, journal, complaints, add } = rig({
      parts: {
        listener: {
          accepted: fault,
          rejected: fault,
          paused: fault,
          resumed: fault,
          down: fault,
          recovered: fault,
        },
      },
    });
    add(5);
    await clock.advance(2_000);
    expect(journal.receipts.length).toBe(5);
    expect(complaints).toEqual(['listener.accepted threw (TypeError); delivery goes on. Told once.']);
  });

  test('of the journal do not stop delivery, and are told once', async () => {
    const fault = (): never => {
      throw new Error('disk');
    };
    const { clock, journal, transport, complaints, delivery, add } = rig();
    journal.accepted = fault;
    journal.attempted = fault;
    journal.liveProcesses = fault;
    transport.answering = (_sent, count) => (count === 1 ? failed() : ACCEPTED);
    add(5);
    await clock.advance(5_000);
    expect(delivery.state().pending).toBe(0);
    expect(complaints.length).toBe(3);
  });

  test('of the transport count as failures of the network', async () => {
    const { clock, journal, transport, add } = rig();
    const send = transport.send.bind(transport);
    let sends = 0;
    transport.send = (request) => {
      sends += 1;
      if (sends === 1) throw new Error('sync');
      return sends === 2 ? Promise.reject(new Error('async')) : send(request);
    };
    add(1);
    await clock.advance(10_000);
    expect(journal.receipts[0]).toMatchObject({ attempts: 3, possibleDuplicate: true });
  });
});

describe('credentials', () => {
  test('that cannot be had cost no entry', async () => {
    let there = false;
    const current = (): typeof CREDENTIALS => {
      if (!there) throw new Error(`no file ${CREDENTIALS.apiSecret}`);
      return CREDENTIALS;
    };
    const { clock, journal, complaints, add } = rig({
      parts: { credentials: { current, refresh: current } },
    });
    add(3);
    await clock.advance(3_600_000);
    expect(journal.rejections).toEqual([]);
    expect(complaints).toEqual(['signing threw (Error); delivery goes on. Told once.']);
    there = true;
    await clock.advance(10_000);
    expect(journal.receipts.length).toBe(3);
  });

  test('are in no record and no message, even if WEEX repeats them', async () => {
    const { clock, journal, transport, listener, delivery, add } = rig();
    const echo = Object.values(CREDENTIALS).join(' ');
    transport.answering = (_sent, count) =>
      [
        refusal('40020', echo),
        answer(500, echo),
        refusal('40006', echo),
        answer(200, { code: 0, msg: echo }),
      ][count - 1] ?? ACCEPTED;
    add(4);
    await clock.advance(60_000);
    const everything = JSON.stringify([
      journal.attempts,
      journal.receipts,
      journal.rejections,
      journal.pauses,
      listener.lines,
      delivery.state(),
    ]);
    expect(journal.receipts.length).toBe(3);
    expect(everything).toContain('***');
    for (const secret of Object.values(CREDENTIALS)) expect(everything).not.toContain(secret);
  });
});
