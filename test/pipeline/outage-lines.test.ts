import { describe, expect, test } from 'vitest';
import { ACCEPTED, answer, failed, refusal } from '../delivery/rig.js';
import { accountRig } from './account-rig.js';

const MINUTE = 60_000;

describe('an hour of outage', () => {
  test.each([
    ['network', failed(), 'WEEX cannot be reached (network: ECONNREFUSED)'],
    ['server', answer(503, 'down for maintenance'), 'WEEX fails (server: '],
    [
      'rate-limit',
      answer(429, { code: '429', msg: 'too many requests' }),
      "the account's rate at WEEX is used up",
    ],
  ])(
    'of the kind %s is three lines: it stopped, it goes on and so many waited, it caught up',
    async (kind, outcome, words) => {
      const { clock, transport, pipeline, lines, decideFor, changes } = accountRig();
      await decideFor(5);
      transport.answering = () => outcome;
      await decideFor(60);
      const waited = pipeline.health().pending;
      expect(waited).toBe(360);
      transport.answering = () => ACCEPTED;
      await clock.advance(5 * MINUTE);
      expect(pipeline.health()).toMatchObject({ pending: 0, delivered: 390 });
      expect(lines).toEqual([
        expect.stringContaining(words),
        expect.stringMatching(/^WEEX answers again after 60 min; 359 logs wait$/),
        expect.stringMatching(/^caught up within \d+ s: 360 logs delivered$/),
      ]);
      expect(lines[0]).toMatch(/Everything is kept, \d+ logs? waits?$/);
      expect(changes()).toEqual([
        { type: 'down', kind, reason: expect.any(String), pending: expect.any(Number) },
        { type: 'recovered', downMillis: expect.any(Number), pending: 359 },
      ]);
    },
  );

  test('by a pause is three lines with counts too, and with the words of WEEX', async () => {
    const { clock, transport, pipeline, lines, decideFor, changes } = accountRig();
    transport.answering = () => refusal('40018', 'Invalid IP');
    await decideFor(60);
    expect(lines).toHaveLength(1);
    transport.answering = () => ACCEPTED;
    await clock.advance(10 * MINUTE);
    expect(pipeline.health().pending).toBe(0);
    expect(lines).toEqual([
      "paused: WEEX refuses this account's logs (40018 Invalid IP). Everything is kept, 1 log waits; one log at a time is tried until WEEX accepts",
      expect.stringMatching(/^resumed after \d+ min: WEEX accepts logs again; 359 logs wait$/),
      expect.stringMatching(/^caught up within \d+ s: 360 logs delivered$/),
    ]);
    expect(changes()).toEqual([
      {
        type: 'paused',
        since: expect.any(Number),
        reason: 'Invalid IP',
        weexCode: '40018',
        httpStatus: 400,
        pending: 1,
      },
      { type: 'resumed', pausedMillis: expect.any(Number), pending: 359 },
    ]);
  });

  test('in which WEEX comes and goes all the time is still a handful of lines, and the last one is true', async () => {
    const { clock, transport, lines, decide, pipeline } = accountRig();
    for (let minute = 0; minute < 60; minute += 1) {
      transport.answering = () => (minute % 2 === 0 ? failed() : ACCEPTED);
      for (let count = 0; count < 30; count += 1) {
        decide();
        await clock.advance(2_000);
      }
    }
    expect(lines.length).toBeLessThanOrEqual(10);
    expect(lines.at(-1)).toMatch(/more changes since the last line\)$/);
    transport.answering = () => ACCEPTED;
    await clock.advance(3 * 60 * MINUTE);
    expect(pipeline.health().pending).toBe(0);
    expect(lines.length).toBeLessThanOrEqual(12);
    expect(lines.at(-1)).toMatch(/^(caught up|WEEX answers again)/);
  });

  test('of rejections is a handful of lines, and tells how many there were', async () => {
    const { clock, transport, lines, decideFor, pipeline } = accountRig();
    transport.answering = (_sent, count) =>
      count % 3 === 0 ? ACCEPTED : refusal('40020', 'Parameter error');
    await decideFor(60);
    await clock.advance(60 * MINUTE);
    expect(pipeline.health()).toMatchObject({ rejected: 240, delivered: 120 });
    expect(lines.length).toBeLessThanOrEqual(9);
    expect(lines[0]).toMatch(/^WEEX rejected a log \(40020 Parameter error\)/);
    const more = lines.map((line) => Number(/\((\d+) more of these since/.exec(line)?.[1] ?? 0));
    expect(lines.length + more.reduce((sum, count) => sum + count, 0)).toBe(240);
  });

  test('of invalid stages is one line, for the first', async () => {
    const { lines, decideFor, pipeline } = accountRig();
    await decideFor(60, '');
    expect(pipeline.health().invalid).toBe(360);
    expect(lines).toEqual([expect.stringMatching(/^a stage cannot be sent to WEEX: .*model/)]);
  });
});

describe('the lines about an account', () => {
  test('begin with the pause that an earlier process has left', async () => {
    const since = Date.UTC(2026, 10, 22, 11);
    const paused = { sinceMillis: since, reason: 'Invalid IP', weexCode: '40018' };
    const { lines, changes } = accountRig({ paused });
    expect(lines).toEqual([
      expect.stringContaining('still paused, since 2026-11-22T11:00:00.000Z: WEEX refused this account'),
    ]);
    expect(changes()).toMatchObject([{ type: 'paused', since, weexCode: '40018' }]);
  });

  test('hold no control characters, whatever WEEX answers', async () => {
    const { clock, transport, lines, decide, changes } = accountRig();
    transport.answering = () => refusal('40018', 'no\u001b[2J\u0007 way\nrm -rf \u202e/');
    decide();
    await clock.advance(1_000);
    expect(lines).toHaveLength(1);
    expect(lines[0]).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    expect(JSON.stringify(changes())).not.toMatch(/\\u00|\\n|[\p{Cf}]/u);
  });

  test('say at the end what was held back until then', async () => {
    const { clock, transport, lines, decide, pipeline } = accountRig();
    transport.answering = (_sent, count) =>
      count % 3 === 0 ? ACCEPTED : refusal('40020', 'Parameter error');
    for (let count = 0; count < 6; count += 1) {
      decide();
      await clock.advance(1_000);
    }
    expect(lines).toHaveLength(1);
    await pipeline.close(0);
    expect(lines).toHaveLength(2);
    expect(lines[1]).toMatch(/\(2 more of these since the last line\)$/);
  });
});
