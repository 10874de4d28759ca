import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { COMMANDS } from '../../../src/cli/command-table.js';
import { createDoctorCommand } from '../../../src/cli/commands/doctor.js';
import { type Surroundings, systemSurroundings } from '../../../src/cli/doctor/surroundings.js';
import { runProgram } from '../../../src/cli/run.js';
import { systemClock } from '../../../src/lib/clock.js';
import { WeexSpanProcessor } from '../../../src/otel/weex-span-processor.js';
import { startWeexServer } from '../../helpers/weex-server.js';
import { openJournal } from '../../journal/open-journal.js';
import { RecordingTerminal } from '../recording-terminal.js';
import { DECISION, tradingAccount } from './trading-account.js';

interface Check {
  readonly name: string;
  readonly status: string;
  readonly found: string;
  readonly mend?: string;
}

/** A disk that is all right wherever the tests run. */
const GOOD_DISK: Partial<Surroundings> = {
  mounts: () => '/dev/sda1 / ext4 rw 0 0\n',
  space: () => ({ freeBytes: 50e9, totalBytes: 100e9 }),
};

async function account(surroundings: Partial<Surroundings> = {}) {
  const doctor = createDoctorCommand({ ...systemSurroundings, ...GOOD_DISK, ...surroundings });
  const trading = await tradingAccount([doctor, ...COMMANDS.filter(({ name }) => name !== 'doctor')]);
  const diagnose = async (...args: string[]) => {
    const { status, value } = await trading.json('doctor', ...args);
    const checks = value['checks'] as readonly Check[];
    return {
      status,
      value,
      checks,
      problems: checks.filter((check) => check.status === 'problem'),
      of: (name: string) => checks.filter((check) => check.name === name),
    };
  };
  return { ...trading, diagnose };
}

/** Without the account's own folder among the options. */
async function alone(surroundings: Surroundings, ...args: string[]) {
  const terminal = new RecordingTerminal();
  const program = { commands: [createDoctorCommand(surroundings)], version: () => '0' };
  const status = await runProgram(['doctor', ...args], program, terminal);
  return { status, out: terminal.outText };
}

const secretsOf = ({ weex }: Awaited<ReturnType<typeof account>>): string[] =>
  Object.values({ ...weex.credentials });

test('0 when all is well, one line for each check, and no secret in any of them', async () => {
  const trading = await account();
  await trading.bot(DECISION);
  openJournal(trading.folder).journal.note('self-check', { provider: 'NodeTracerProvider', problems: [] });
  const { status, out } = await trading.command('doctor');
  expect(out).toContain(`Journal: ${trading.folder}\n`);
  for (const name of [
    'settings',
    'credentials',
    'journal folder',
    'journal disk',
    'disk space',
    'processes',
  ]) {
    expect(out).toMatch(new RegExp(`^ {2}ok +${name} `, 'm'));
  }
  for (const name of ['to send', 'set aside', 'in the bot', 'other accounts', 'proxy', 'WEEX', 'clock']) {
    expect(out).toMatch(new RegExp(`^ {2}ok +${name} `, 'm'));
  }
  expect(out).toContain('set: OTEL_EXPORTER_WEEX_ACCOUNT, OTEL_EXPORTER_WEEX_ENDPOINT,');
  expect(out).toMatch(/Well\.\n$/);
  expect(status).toBe(0);
  for (const secret of secretsOf(trading)) expect(out).not.toContain(secret);
});

test('the journal of a bot that never ran is no problem, and nothing is made', async () => {
  const { diagnose, folder, command } = await account();
  const { of, status } = await diagnose();
  expect(of('journal folder')).toMatchObject([
    { status: 'ok', found: expect.stringContaining('not there yet') },
  ]);
  expect(status).toBe(0);
  expect((await command('status')).err).toContain(`there is no journal of account "bot"`);
  expect(folder).toContain('bot');
});

describe('settings', () => {
  test('a bad value and a misspelt name are told by name', async () => {
    const { diagnose } = await account();
    vi.stubEnv('OTEL_EXPORTER_WEEX_TIMEOUT', 'soon');
    vi.stubEnv('OTEL_EXPORTER_WEEX_TIMOUT', '5');
    const { status, problems } = await diagnose();
    expect(status).toBe(1);
    expect(problems.map(({ found }) => found)).toEqual([
      expect.stringContaining(
        'OTEL_EXPORTER_WEEX_TIMOUT is not a setting; did you mean OTEL_EXPORTER_WEEX_TIMEOUT?',
      ),
      expect.stringContaining('OTEL_EXPORTER_WEEX_TIMEOUT'),
    ]);
  });

  test('an endpoint that may not get signed requests', async () => {
    const { diagnose } = await account();
    vi.stubEnv('OTEL_EXPORTER_WEEX_ENDPOINT', 'http://example.com');
    const { problems } = await diagnose();
    expect(problems[0]).toMatchObject({ name: 'settings', found: expect.stringContaining('https://') });
  });

  test('mode record sends nothing, which is said and no problem', async () => {
    const { diagnose } = await account();
    vi.stubEnv('OTEL_EXPORTER_WEEX_MODE', 'record');
    vi.stubEnv('WEEX_API_KEY', undefined);
    const { status, of } = await diagnose();
    expect(of('settings')).toMatchObject([
      { status: 'warn', mend: expect.stringContaining('nothing is sent') },
    ]);
    expect(of('credentials')).toMatchObject([{ status: 'ok' }]);
    expect(status).toBe(0);
  });
});

describe('credentials', () => {
  test('that are missing are named with the variables to set, and everything else is checked all the same', async () => {
    const { diagnose } = await account();
    vi.stubEnv('WEEX_API_PASSPHRASE', undefined);
    const { status, problems, of } = await diagnose();
    expect(status).toBe(1);
    expect(problems).toMatchObject([
      { name: 'credentials', found: expect.stringMatching(/apiPassphrase is missing.*WEEX_PASSPHRASE/) },
    ]);
    expect(of('clock')).toHaveLength(1);
    expect((await diagnose('--probe')).of('probe')).toMatchObject([{ status: 'warn' }]);
  });

  test('that contradict each other are told without their values', async () => {
    const { diagnose } = await account();
    vi.stubEnv('WEEX_SECRET_KEY', 'another secret of somebody');
    const { value, problems } = await diagnose();
    expect(problems).toMatchObject([
      { name: 'credentials', found: expect.stringContaining('WEEX_API_SECRET and WEEX_SECRET_KEY differ') },
    ]);
    expect(JSON.stringify(value)).not.toContain('another secret');
  });

  test('shorter than 12 characters are masked as whole values only, and that is said', async () => {
    const { diagnose } = await account();
    vi.stubEnv('WEEX_API_PASSPHRASE', 'bitcoin');
    const { of, value } = await diagnose();
    expect(of('credentials')).toContainEqual({
      name: 'credentials',
      status: 'warn',
      found: expect.stringMatching(/apiPassphrase has fewer than 12 characters.*only as a whole value/),
      mend: 'take a longer one',
    });
    expect(JSON.stringify(value)).not.toContain('bitcoin');
  });

  test('in a file that others may read', async () => {
    const { diagnose, journalDir, weex } = await account();
    const file = join(journalDir, 'secret.txt');
    writeFileSync(file, weex.credentials.apiSecret, { mode: 0o644 });
    chmodSync(file, 0o644);
    vi.stubEnv('WEEX_API_SECRET_FILE', file);
    const isWindows = process.platform === 'win32';
    expect((await diagnose()).of('credentials').filter(({ status }) => status === 'warn').length > 0).toBe(
      !isWindows,
    );
  });
});

describe('clock', () => {
  test.each([
    [40_000, 'problem', /(39|40)\.\d s behind that of WEEX, which refuses more than 30 s/],
    [-10_000, 'warn', /(9\.\d|10\.0) s ahead of that of WEEX/],
  ])('%d ms away from that of WEEX', async (skewMillis, status, found) => {
    const { diagnose, weex } = await account();
    weex.script({ fault: 'clock-skew', skewMillis });
    expect((await diagnose()).of('clock')).toMatchObject([
      { status, found: expect.stringMatching(found), mend: expect.stringContaining('chrony') },
    ]);
  });
});

describe('the journal folder', () => {
  test('in memory only', async () => {
    const { command } = await account();
    const { status, out } = await command('doctor', '--account', 'bot');
    expect(status).toBe(0);
    expect(out).not.toContain('in memory only');
    vi.stubEnv('OTEL_EXPORTER_WEEX_JOURNAL_DIR', 'none');
    const memory = await alone({ ...systemSurroundings, ...GOOD_DISK });
    expect(memory.status).toBe(1);
    expect(memory.out).toContain('Journal: none on disk');
    expect(memory.out).toContain('entries are kept in memory only');
  });

  test.runIf(process.platform !== 'win32')('that others may write to, or read', async () => {
    const { diagnose, folder, bot } = await account();
    await bot(DECISION);
    chmodSync(folder, 0o777);
    expect((await diagnose()).of('journal folder')).toMatchObject([
      {
        status: 'problem',
        found: expect.stringContaining('other users may write'),
        mend: expect.stringContaining('chmod 700'),
      },
    ]);
    chmodSync(folder, 0o755);
    expect((await diagnose()).of('journal folder')).toMatchObject([{ status: 'warn' }]);
    chmodSync(folder, 0o700);
  });

  test('that is a link', async () => {
    const { diagnose, folder, journalDir } = await account();
    mkdirSync(join(journalDir, 'real'));
    symlinkSync(join(journalDir, 'real'), folder, 'junction');
    expect((await diagnose()).of('journal folder')).toMatchObject([
      { status: 'problem', found: expect.stringContaining('is a symbolic link') },
    ]);
  });

  test('that is a file, or cannot be made', async () => {
    const { diagnose, folder } = await account();
    writeFileSync(folder, 'x');
    expect((await diagnose()).of('journal folder')).toMatchObject([
      { status: 'problem', found: expect.stringContaining('is not a folder') },
    ]);
    vi.stubEnv('OTEL_EXPORTER_WEEX_ACCOUNT', 'other');
    const file = join(tmpdir(), `weex-doctor-${process.pid}`);
    writeFileSync(file, 'x');
    onTestFinished(() => rmSync(file));
    const { out } = await alone({ ...systemSurroundings, ...GOOD_DISK }, '--journal-dir', file);
    expect(out).toContain('cannot be made');
  });

  test.runIf(process.platform === 'linux')('on a real memory disk', async () => {
    const shm = mkdtempSync('/dev/shm/weex-doctor-');
    onTestFinished(() => rmSync(shm, { recursive: true }));
    const { status, out } = await alone(systemSurroundings, '--journal-dir', shm);
    expect(status).toBe(1);
    expect(out).toMatch(/PROBLEM +journal disk +tmpfs, mounted at \/dev\/shm: it is memory/);
  });

  test('on a disk with less than 5 % free', async () => {
    const { diagnose } = await account({ space: () => ({ freeBytes: 4e9, totalBytes: 100e9 }) });
    expect((await diagnose()).problems).toMatchObject([
      { name: 'disk space', found: expect.stringContaining('archived files are removed early') },
    ]);
  });

  test('on a disk that cannot be asked', async () => {
    const { diagnose } = await account({
      space() {
        throw Object.assign(new Error('no'), { code: 'EIO' });
      },
    });
    expect((await diagnose()).of('disk space')).toMatchObject([
      { status: 'warn', found: 'cannot be told: the disk fails (EIO)' },
    ]);
  });
});

describe('the account', () => {
  test('with entries to send and no process that would', async () => {
    const { diagnose, leave } = await account();
    await leave(DECISION);
    expect((await diagnose()).problems).toMatchObject([
      {
        name: 'to send',
        found: expect.stringMatching(/1 to send, the oldest \d+ s old, and no process runs/),
        mend: expect.stringContaining('weex-ai-log drain'),
      },
    ]);
  });

  test('with an entry older than 45 seconds while a process runs', async () => {
    const clock = { ...systemClock, wallMillis: () => Date.now() + 50_000 };
    const { diagnose, leave, journalDir, weex } = await account({ clock });
    await leave(DECISION);
    const processor = new WeexSpanProcessor({ journalDir, account: 'bot' });
    onTestFinished(() => processor.shutdown({ timeoutMillis: 0 }));
    const { of } = await diagnose();
    expect(of('processes')[0]?.found).toMatch(/^1 of this account run now/);
    expect(of('to send')).toMatchObject([
      { status: 'problem', found: expect.stringContaining('within a minute') },
    ]);
    expect(weex.logs()).toEqual([]);
  });

  test('that is paused, with the reason', async () => {
    const { diagnose, weex, bot } = await account();
    weex.script({ code: '40753', msg: 'API permission disabled', times: Number.POSITIVE_INFINITY });
    await bot(DECISION);
    expect((await diagnose()).of('account')).toMatchObject([
      {
        status: 'problem',
        found: expect.stringMatching(/paused since 20\S+Z: 40753 API permission disabled/),
      },
    ]);
  });

  test('with entries that are set aside', async () => {
    const { diagnose, bot } = await account();
    await bot({ ...DECISION, 'ai.model': ' ' });
    expect((await diagnose()).problems).toMatchObject([
      { name: 'set aside', found: expect.stringContaining('1 invalid') },
    ]);
  });

  test('beside others for which nobody sends', async () => {
    const { diagnose, leave, bot } = await account();
    await leave(DECISION);
    vi.stubEnv('OTEL_EXPORTER_WEEX_ACCOUNT', 'new-name');
    expect((await diagnose()).problems).toMatchObject([
      {
        name: 'other accounts',
        found: expect.stringMatching(/account "bot" has 1 entry to send, .* and no process of it runs/),
        mend: expect.stringContaining('--account bot'),
      },
    ]);
    expect(bot).toBeDefined();
  });
});

describe("what the bot's own process found", () => {
  test('is shown of the processes that run, else of the last one', async () => {
    const { diagnose, folder, bot } = await account();
    await bot(DECISION);
    const { of } = await diagnose();
    expect(of('in the bot')).toMatchObject([{ status: 'warn', found: 'no process has left a self-check' }]);
    const first = openJournal(folder).journal;
    first.note('self-check', {
      provider: 'P',
      problems: ['the sampler drops stages', 'two copies of the API'],
    });
    await first.sync();
    expect((await diagnose()).of('in the bot')).toMatchObject([
      { status: 'problem', found: expect.stringMatching(/^the sampler drops stages \(of 20\S+Z\)$/) },
      { status: 'problem', found: expect.stringContaining('two copies of the API') },
    ]);
    await first.close();
    expect((await diagnose()).of('in the bot')[0]?.found).toContain('by a process that has ended');
    const second = openJournal(folder).journal;
    second.note('self-check', { provider: 'NodeTracerProvider', sampler: 'AlwaysOn', problems: [] });
    await second.sync();
    expect((await diagnose()).of('in the bot')).toMatchObject([
      { status: 'ok', found: expect.stringContaining('nothing wrong: NodeTracerProvider, AlwaysOn') },
    ]);
  });
});

describe('the way to WEEX', () => {
  test('a port where nothing listens', async () => {
    const { diagnose } = await account();
    const server = await startWeexServer();
    await server.close();
    vi.stubEnv('OTEL_EXPORTER_WEEX_ENDPOINT', server.url);
    const { problems, of } = await diagnose();
    expect(problems).toMatchObject([
      {
        name: 'WEEX',
        found: expect.stringContaining('no answer (ECONNREFUSED)'),
        mend: expect.stringContaining('nothing listens there'),
      },
    ]);
    expect(of('clock')).toEqual([]);
  });

  test.each([
    ['html-521', "this machine's public address"],
    ['text-403', 'a firewall in front'],
    ['redirect', 'redirects are never followed'],
    ['ok-not-json', 'trouble at WEEX or on the way'],
  ] as const)('an answer of the proxy in front: %s', async (fault, mend) => {
    const { diagnose, weex } = await account();
    weex.script({ fault, when: { endpoint: 'any' }, times: Number.POSITIVE_INFINITY });
    expect((await diagnose()).problems).toMatchObject([
      { name: 'WEEX', mend: expect.stringContaining(mend) },
    ]);
  });

  test('a proxy is named without its password, and told when it refuses', async () => {
    const { diagnose } = await account();
    const server = await startWeexServer();
    await server.close();
    vi.stubEnv('OTEL_EXPORTER_WEEX_ENDPOINT', 'https://api-contract.weex.com');
    vi.stubEnv('HTTPS_PROXY', `http://user:pass-word-of-proxy@127.0.0.1:${server.port}`);
    const { of, value, status } = await diagnose();
    expect(of('proxy')).toMatchObject([{ found: `by http://127.0.0.1:${server.port}` }]);
    expect(of('WEEX')).toMatchObject([{ status: 'problem' }]);
    expect(JSON.stringify(value)).not.toContain('pass-word-of-proxy');
    expect(status).toBe(1);
  });
});

describe('--probe', () => {
  test('sends one log that says what it is, without an order, and journals it', async () => {
    const { diagnose, weex, bot, entries, json } = await account();
    await bot(DECISION);
    const { of } = await diagnose('--probe');
    expect(of('probe')).toMatchObject([{ status: 'ok', found: expect.stringContaining('accepted a log') }]);
    const [, log, ...others] = weex.logs();
    expect(others).toEqual([]);
    expect(log).toMatchObject({
      stage: 'Diagnostics',
      explanation: expect.stringContaining('connectivity check'),
    });
    expect(log?.orderId).toBeUndefined();
    expect((await entries()).at(-1)).toMatchObject({
      state: 'delivered',
      entry: { stage: 'Diagnostics', noOrder: true },
    });
    expect((await json('coverage')).value).toMatchObject({ unordered: { saidNone: 1 } });
  });

  test('leaves what waits alone, and is not sent again by others', async () => {
    const { diagnose, weex, leave, entries, command } = await account();
    await leave(DECISION);
    const { of } = await diagnose('--probe');
    expect(of('probe')).toMatchObject([
      { status: 'problem', mend: expect.stringContaining('trouble at WEEX') },
    ]);
    expect((await entries()).map(({ state }) => state)).toEqual(['pending', 'settled']);
    weex.clearFaults();
    expect((await command('drain')).out).toContain('1 delivered, 0 rejected, 0 left');
    expect(weex.logs().map(({ stage }) => stage)).toEqual(['Decision Making']);
  });

  test.each([
    [{ status: 401 }, 'case counts'],
    [{ fault: 'html-521' }, "this machine's public address"],
    [{ code: '40018' }, "this machine's public address"],
    [{ code: '40753' }, 'only their support switches it on again'],
    [{ code: '40009' }, 'compare the secret'],
    [{ code: '40012' }, 'up to 15 minutes'],
    [{ code: '40008' }, 'synchronise the clock'],
    [{ code: '40013' }, 'ask the support'],
    [{ code: '40016' }, 'bind a phone number'],
    [{ code: '40001' }, 'removes the signed headers'],
    [{ code: '49999', status: 400 }, "not on the competition's list"],
    [{ code: '40020' }, 'key, address and permission are all right'],
    [{ fault: 'rate-limited' }, 'limit of the account is used up'],
    [{ status: 404 }, 'OTEL_EXPORTER_WEEX_ENDPOINT'],
    [{ status: 503 }, 'trouble at WEEX'],
    [{ status: 413 }, 'only small requests'],
    [{ fault: 'reset-after-body' }, 'firewall'],
  ] as const)('explains %o', async (rule, mend) => {
    const { diagnose, weex, entries } = await account();
    weex.script({ ...rule });
    const { of, status } = await diagnose('--probe');
    expect(of('probe')).toMatchObject([{ status: 'problem', mend: expect.stringContaining(mend) }]);
    expect(status).toBe(1);
    expect(await entries()).toMatchObject([{ state: 'settled', attempts: [{ attempt: 1 }] }]);
  });

  test('explains v3 codes, and signs with the time of WEEX when the clock is wrong', async () => {
    const { diagnose, weex } = await account();
    vi.stubEnv('OTEL_EXPORTER_WEEX_API_VERSION', 'v3');
    weex.script({ code: '-1056' });
    expect((await diagnose('--probe')).of('probe')).toMatchObject([
      { mend: expect.stringContaining('allowlist') },
    ]);
    weex.script({ fault: 'clock-skew', skewMillis: 3_600_000 });
    const { of } = await diagnose('--probe');
    expect(of('clock')).toMatchObject([{ status: 'problem' }]);
    expect(of('probe')).toMatchObject([{ status: 'ok' }]);
  });

  test('tells a wrong key, secret and passphrase apart from a right one', async () => {
    const { diagnose } = await account();
    vi.stubEnv('WEEX_API_SECRET', 'somebody-elses-secret');
    const { of, value } = await diagnose('--probe');
    expect(of('probe')).toMatchObject([{ status: 'problem', found: expect.stringContaining('40009') }]);
    expect(JSON.stringify(value)).not.toContain('somebody-elses-secret');
  });
});
