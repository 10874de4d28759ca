import { describe, expect, it } from 'vitest';
import { createLinePacer } from '../../src/lib/line-pacer.js';
import { FakeClock } from '../helpers/fake-clock.js';

const MINUTE = 60_000;

function pacer(burst = 1) {
  const clock = new FakeClock();
  const lines: string[] = [];
  const log = {
    info: (text: string) => lines.push(`info ${text}`),
    warn: (text: string) => lines.push(`warn ${text}`),
    error: (text: string) => lines.push(`error ${text}`),
  };
  return { clock, lines, paced: createLinePacer({ log, clock, burst, noun: 'like it' }) };
}

describe('a pacer of lines', () => {
  it('says a burst at once, then the newest when the gap is over, with a count and its own level', async () => {
    const { clock, lines, paced } = pacer(2);
    for (const text of ['a', 'b', 'c', 'd']) paced.offer('warn', text);
    paced.offer('info', 'e');
    expect(lines).toEqual(['warn a', 'warn b']);
    await clock.advance(MINUTE);
    expect(lines).toEqual(['warn a', 'warn b', 'info e (2 more like it since the last line)']);
  });

  it('says a single line that was held back without a count', async () => {
    const { clock, lines, paced } = pacer();
    paced.offer('warn', 'a');
    paced.offer('warn', 'b');
    await clock.advance(MINUTE);
    expect(lines).toEqual(['warn a', 'warn b']);
  });

  it('says less and less of what does not end: six lines in the first hour, then one an hour', async () => {
    const { clock, lines, paced } = pacer();
    for (let second = 0; second <= 3_600; second += 1) {
      paced.offer('warn', 'again');
      await clock.advance(1_000);
    }
    expect(lines.length).toBe(6);
    for (let second = 0; second < 4 * 3_600; second += 1) {
      paced.offer('warn', 'again');
      await clock.advance(1_000);
    }
    expect(lines.length).toBe(10);
  });

  it('is quick again after ten calm minutes, and no sooner', async () => {
    const { clock, lines, paced } = pacer();
    paced.offer('warn', 'a');
    await clock.advance(5 * MINUTE);
    paced.offer('warn', 'b');
    paced.offer('warn', 'c');
    expect(lines).toEqual(['warn a', 'warn b']);
    await clock.advance(20 * MINUTE);
    expect(lines).toEqual(['warn a', 'warn b', 'warn c']);
    paced.offer('warn', 'd');
    expect(lines).toHaveLength(4);
  });

  it('leaves nothing unsaid when it is closed', () => {
    const { clock, lines, paced } = pacer();
    paced.offer('warn', 'a');
    paced.offer('error', 'b');
    paced.close();
    paced.close();
    expect(lines).toEqual(['warn a', 'error b']);
    expect(clock.timers).toBe(0);
  });
});
