import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { diag } from '@opentelemetry/api';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { createLog, createProcessLog, hasDiagLogger, type LogOptions } from '../../src/lib/log.js';
import { once } from '../../src/lib/once.js';
import { plainLine } from '../../src/lib/plain-line.js';
import { sayOnce } from '../../src/lib/say-once.js';

class RecordingDiag {
  readonly lines: string[] = [];
  info = (line: string) => void this.lines.push(`info ${line}`);
  warn = (line: string) => void this.lines.push(`warn ${line}`);
  error = (line: string) => void this.lines.push(`error ${line}`);
}

function makeLog(given: Partial<LogOptions> = {}) {
  const written: string[] = [];
  const recorder = new RecordingDiag();
  const log = createLog({
    quiet: false,
    write: (line) => void written.push(line),
    diag: recorder,
    hasDiagLogger: () => false,
    ...given,
  });
  return { log, written, told: recorder.lines };
}

describe('createLog', () => {
  it('writes to stderr while no diag logger is set, and to the diag logger alone once there is one', () => {
    let set = false;
    const { log, written, told } = makeLog({ hasDiagLogger: () => set });
    log.warn('paused');
    set = true;
    log.info('resumed');
    log.error('lost');
    expect(written).toEqual(['opentelemetry-exporter-weex: paused']);
    expect(told).toEqual([
      'info opentelemetry-exporter-weex: resumed',
      'error opentelemetry-exporter-weex: lost',
    ]);
  });

  it('says nothing anywhere when it is quiet', () => {
    for (const has of [true, false]) {
      const { log, written, told } = makeLog({ quiet: true, hasDiagLogger: () => has });
      log.error('lost');
      expect([...written, ...told]).toEqual([]);
    }
  });

  it('does not throw when stderr, the logger or the mask does', () => {
    const fail = (): never => {
      throw new Error('EPIPE');
    };
    const broken = { info: fail, warn: fail, error: fail };
    expect(() => makeLog({ write: fail }).log.info('a')).not.toThrow();
    expect(() => makeLog({ diag: broken, hasDiagLogger: () => true }).log.info('a')).not.toThrow();
    expect(() => makeLog({ hasDiagLogger: fail }).log.info('a')).not.toThrow();
    const masked = makeLog({ mask: fail });
    masked.log.info('holds a secret');
    expect(masked.written).toEqual([]);
  });

  it('masks a secret that control characters had broken up, and one that the cut goes through', () => {
    const mask = (text: string) => text.replaceAll('s3cret-value', '***');
    const { log, written } = makeLog({ mask });
    log.warn('key s3cr\u0007et-va\u001b[31mlue');
    log.warn(`${'x'.repeat(1_965)}s3cret-value`);
    expect(written[0]).toContain('key ***');
    expect(written[1]).not.toContain('s3c');
  });
});

describe('plainLine', () => {
  it.each([
    ['a\nb\r\nc\td\u2028e', 'a b c d e'],
    ['\u001b[31mred\u001b[0m \u001b[1;2Hmoved', 'red moved'],
    ['\u001b]0;title\u0007text \u001b]8;;http://x\u001b\\link\u001b]8;;\u001b\\', 'text link'],
    ['\u009b31mred', 'red'],
    ['\u001b]0;a title that never ends', ']0;a title that never ends'],
    ['user\u202egpj.exe\u2066x\u2069\u200f', 'usergpj.exex'],
    ['a\u0000b\u0008c\u007fd\u0085e\ufefff', 'abcd ef'],
    ['half \ud83d pair \ud83d\ude00', 'half  pair \u{1f600}'],
    ['签名错误', '签名错误'],
  ])('makes %j harmless', (text, expected) => {
    expect(plainLine(text, 200)).toBe(expected);
  });

  it('cuts at the length, with a mark, and never inside a surrogate pair', () => {
    expect(plainLine('abcdef', 6)).toBe('abcdef');
    expect(plainLine('abcdefg', 6)).toBe('abcde…');
    expect(plainLine('abcd\u{1f600}fg', 6)).toBe('abcd…');
  });

  it('takes time in step with the length for text that is made to be slow', () => {
    for (const piece of ['\u009d', '\u001b]', '\u001b[', '\u009b0']) {
      const begin = performance.now();
      plainLine(piece.repeat(500_000), 200_000);
      expect(performance.now() - begin).toBeLessThan(2_000);
    }
  });

  it('is always one bounded line without control characters', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 100 }),
        fc.integer({ min: 1, max: 60 }),
        (text, max) => {
          const line = plainLine(text, max);
          return line.length <= max && !/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/u.test(line);
        },
      ),
    );
  });
});

describe('hasDiagLogger', () => {
  afterEach(() => diag.disable());

  it('sees a logger that was set and one that was taken away', () => {
    expect(hasDiagLogger()).toBe(false);
    diag.setLogger({ ...new RecordingDiag(), debug: () => {}, verbose: () => {} });
    expect(hasDiagLogger()).toBe(true);
    diag.disable();
    expect(hasDiagLogger()).toBe(false);
  });
});

describe('sayOnce', () => {
  it('says a line once for each key until its episode is over', () => {
    const { log, written } = makeLog();
    const said = sayOnce(log);
    said.warn('paused', 'one');
    said.warn('paused', 'two');
    said.warn('degraded', 'three');
    said.over('paused');
    said.warn('paused', 'four');
    expect(written.map((line) => line.split(': ')[1])).toEqual(['one', 'three', 'four']);
  });

  it('remembers a bounded number of keys', () => {
    const { log, written } = makeLog();
    const said = sayOnce(log, 2);
    for (const key of ['a', 'b', 'c', 'b', 'a']) said.warn(key, key);
    expect(written.map((line) => line.split(': ')[1])).toEqual(['a', 'b', 'c', 'a']);
  });
});

describe('once', () => {
  it('runs the work at the first call only, also when it gives undefined', () => {
    let runs = 0;
    const work = once(() => {
      runs += 1;
      return undefined;
    });
    work();
    work();
    expect(runs).toBe(1);
  });
});

describe('the log of a process', () => {
  const program = `
    const { createProcessLog } = require(${JSON.stringify(join(import.meta.dirname, '../../dist/lib/log.js'))});
    const log = createProcessLog(process.env);
    for (let n = 0; n < 30; n += 1) log.warn('line ' + n);
    setTimeout(() => { log.warn('later'); setTimeout(() => console.log('alive'), 50); }, 50);
  `;
  const run = (shell: string) =>
    spawnSync('/bin/sh', ['-c', shell], {
      encoding: 'utf8',
      env: { NODE: process.execPath, PROGRAM: program },
    });

  it('goes to stderr line by line, without a warning about listeners', () => {
    const { stdout, stderr } = run('"$NODE" -e "$PROGRAM"');
    expect(stdout).toBe('alive\n');
    expect(stderr.split('\n')).toHaveLength(32);
    expect(stderr).toMatch(/^opentelemetry-exporter-weex: line 0\n/);
  });

  it.each([
    ['none', 0],
    [' NONE ', 0],
    ['', 1],
    ['error', 1],
    [undefined, 1],
  ])('obeys OTEL_LOG_LEVEL=%s', (level, lines) => {
    const recorder = new RecordingDiag();
    diag.setLogger({ ...recorder, debug: () => {}, verbose: () => {} }, { suppressOverrideMessage: true });
    createProcessLog({ OTEL_LOG_LEVEL: level }).error('lost');
    diag.disable();
    expect(recorder.lines).toHaveLength(lines);
  });

  it('survives a stderr whose reader is gone, and one that is closed', () => {
    expect(run('exec 3>&1; { "$NODE" -e "$PROGRAM" 2>&1 >&3 3>&- | true; }').stdout).toBe('alive\n');
    expect(run('"$NODE" -e "$PROGRAM" 2>&-').stdout).toBe('alive\n');
  });
});
