import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CREDENTIALS, resolveLive, resolveWith } from '../helpers/resolve-with.js';
import { temporaryFolder } from '../helpers/temporary-folder.js';

const { apiKey, apiSecret, apiPassphrase } = CREDENTIALS;
const complete = { WEEX_API_KEY: apiKey, WEEX_API_SECRET: apiSecret, WEEX_API_PASSPHRASE: apiPassphrase };
const current = (env: Record<string, string>, options = {}) =>
  resolveWith(options, env).settings?.credentials.current();

function fileWith(content: string | Buffer): string {
  const path = join(temporaryFolder(), 'value');
  writeFileSync(path, content);
  return path;
}

describe('credentials', () => {
  it('come from code before the environment', () => {
    expect(current(complete)).toEqual(CREDENTIALS);
    expect(current({ ...complete, WEEX_API_KEY: 'bad\n' }, { apiKey: 'from-code' })?.apiKey).toBe(
      'from-code',
    );
  });

  it('come from the names that other WEEX tools use', () => {
    const env = { WEEX_API_KEY: apiKey, WEEX_SECRET_KEY: apiSecret, WEEX_PASSPHRASE: apiPassphrase };
    expect(current(env)).toEqual(CREDENTIALS);
    expect(current({ ...env, ...complete })).toEqual(CREDENTIALS);
  });

  it('come from files, trimmed, by every name', () => {
    const names = [
      ['WEEX_API_KEY_FILE', 'WEEX_API_SECRET_FILE', 'WEEX_API_PASSPHRASE_FILE'],
      ['WEEX_API_KEY_FILE', 'WEEX_SECRET_KEY_FILE', 'WEEX_PASSPHRASE_FILE'],
    ];
    for (const [key = '', secret = '', passphrase = ''] of names) {
      const env = {
        [key]: fileWith(`\ufeff${apiKey}\r\n`),
        [secret]: fileWith(` ${apiSecret}\n\n`),
        [passphrase]: relative(process.cwd(), fileWith(apiPassphrase)),
      };
      expect(current(env)).toEqual(CREDENTIALS);
    }
  });

  it('are missing all at once, with every name to set', () => {
    expect(resolveWith({}, { WEEX_API_KEY: ' ', WEEX_API_KEY_FILE: '' }).problems).toEqual([
      'apiKey is missing: set the option, or one of WEEX_API_KEY, WEEX_API_KEY_FILE',
      'apiSecret is missing: set the option, or one of WEEX_API_SECRET, WEEX_API_SECRET_FILE, WEEX_SECRET_KEY, WEEX_SECRET_KEY_FILE',
      'apiPassphrase is missing: set the option, or one of WEEX_API_PASSPHRASE, WEEX_API_PASSPHRASE_FILE, WEEX_PASSPHRASE, WEEX_PASSPHRASE_FILE',
    ]);
  });

  it('that two names give differently are an error', () => {
    const differing = [
      [{ WEEX_SECRET_KEY: 'other' }, 'WEEX_API_SECRET and WEEX_SECRET_KEY differ'],
      [{ WEEX_PASSPHRASE: 'other' }, 'WEEX_API_PASSPHRASE and WEEX_PASSPHRASE differ'],
      [{ WEEX_API_KEY_FILE: fileWith('other') }, 'WEEX_API_KEY and WEEX_API_KEY_FILE differ'],
    ] as const;
    for (const [more, words] of differing) {
      expect(resolveWith({}, { ...complete, ...more }).problems).toEqual([expect.stringContaining(words)]);
    }
  });

  it.each([
    ['apiKey', 'key\r\nX-Evil: 1', 'control character'],
    ['apiSecret', 'secret\n', 'control character'],
    ['apiPassphrase', 'pass\u0000word', 'control character'],
    ['apiPassphrase', ' spaced ', 'white space'],
    ['apiKey', 'k\u20acy-value', 'HTTP header'],
    ['apiKey', 'k'.repeat(5_000), 'longer than'],
    ['apiKey', 5, 'expected text, got number'],
  ])('%s of the wrong form is an error that does not show it', (option, value, words) => {
    const { problems } = resolveLive({ [option]: value });
    expect(problems).toEqual([expect.stringContaining(words)]);
    expect(problems[0]).toMatch(new RegExp(`^${option}: `));
    if (typeof value === 'string') expect(problems[0]).not.toContain(value.trim());
  });

  it('of the wrong form in a variable are an error too, and a space around one is not', () => {
    expect(resolveWith({}, { ...complete, WEEX_API_KEY: `${apiKey}\n` }).problems).toEqual([
      'WEEX_API_KEY: holds a control character, such as a line end',
    ]);
    expect(current({ ...complete, WEEX_API_KEY: ` ${apiKey} ` })?.apiKey).toBe(apiKey);
  });

  it('are not shown when they stand where the path of a file belongs', () => {
    const { problems } = resolveWith({}, { ...complete, WEEX_SECRET_KEY_FILE: 'a7f3c9d2e8b1' });
    expect(problems).toEqual([
      expect.stringMatching(/^WEEX_SECRET_KEY_FILE: the relative path of 12 characters/),
    ]);
  });

  it.each([
    ['that is missing', (folder: string) => join(folder, 'none'), 'cannot be read (ENOENT)'],
    ['that is empty', () => fileWith(' \n'), 'is empty'],
    ['that is a folder', (folder: string) => folder, 'is not a regular file'],
    ['that nobody writes to', (folder: string) => pipeIn(folder), 'is not a regular file'],
    ['that is too large', () => fileWith('x'.repeat(65_537)), 'is larger than 65536 bytes'],
    ['that is not text', () => fileWith(Buffer.from([0xff, 0xfe, 0x41])), 'is not UTF-8 text'],
    ['of two lines', () => fileWith('one\ntwo'), 'holds a control character'],
  ])('in a file %s are an error with variable and path', (_what, make, words) => {
    const path = make(temporaryFolder());
    const { problems } = resolveWith({}, { ...complete, WEEX_API_KEY: '', WEEX_API_KEY_FILE: path });
    expect(problems).toEqual([expect.stringContaining(words)]);
    expect(problems[0]).toMatch(/^WEEX_API_KEY_FILE: /);
    expect(problems[0]).toContain(path);
  });
});

function pipeIn(folder: string): string {
  const path = join(folder, 'pipe');
  execFileSync('mkfifo', [path]);
  return path;
}

describe('reading credentials again', () => {
  function started() {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'secrets'));
    const file = (name: string) => join(folder, 'secrets', name);
    const write = (key: string, secret: string) => {
      writeFileSync(file('key'), key);
      writeFileSync(file('secret'), secret);
    };
    write('key-1', 'secret-1');
    const env: Record<string, string> = {
      WEEX_API_KEY: 'key-1',
      WEEX_API_KEY_FILE: file('key'),
      WEEX_API_SECRET_FILE: file('secret'),
      WEEX_API_PASSPHRASE: apiPassphrase,
    };
    const source = resolveWith({}, env).settings?.credentials;
    if (!source) throw new Error('no settings');
    return { source, write, folder };
  }

  it('gives what the files hold by then; the file wins over the variable that agreed at the start', () => {
    const { source, write } = started();
    write('key-2\n', 'secret-2\n');
    expect(source.current()).toEqual({ apiKey: 'key-1', apiSecret: 'secret-1', apiPassphrase });
    expect(source.refresh()).toEqual({ apiKey: 'key-2', apiSecret: 'secret-2', apiPassphrase });
    expect(source.current()).toEqual({ apiKey: 'key-2', apiSecret: 'secret-2', apiPassphrase });
  });

  it('keeps all former values on trouble with one', () => {
    const { source, write, folder } = started();
    write('key-2', '');
    expect(source.refresh().apiKey).toBe('key-1');
    write('key-2', 'two\nlines');
    expect(source.refresh().apiKey).toBe('key-1');
    rmSync(join(folder, 'secrets'), { recursive: true });
    expect(source.refresh()).toEqual({ apiKey: 'key-1', apiSecret: 'secret-1', apiPassphrase });
  });

  it('finds a file named by a relative path after the working folder has changed', () => {
    const before = process.cwd();
    const { apiKey: _, ...others } = CREDENTIALS;
    const path = relative(before, fileWith('key-1'));
    const source = resolveWith(others, { WEEX_API_KEY_FILE: path }).settings?.credentials;
    try {
      process.chdir('/');
      writeFileSync(join(before, path), 'key-2');
      expect(source?.refresh().apiKey).toBe('key-2');
    } finally {
      process.chdir(before);
    }
  });
});
