import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { homeFolder } from '../../src/config/home-folder.js';
import { resolveLive } from '../helpers/resolve-with.js';

const folder = (options: object, env: Record<string, string> = {}, home: string | undefined = '/home/bot') =>
  resolveLive(options, env, { homeFolder: () => home });

describe('the folder of the journal', () => {
  it.each([
    ['/var/lib/bot', '/var/lib/bot'],
    ['journal', resolve('journal')],
    ['./a/../journal/', resolve('journal')],
    ['~/journal', '/home/bot/journal'],
    ['~', '/home/bot'],
    ['none', undefined],
    ['NONE', undefined],
  ])('%s is %s', (given, expected) => {
    expect(folder({ journalDir: given }).settings?.journalDir).toBe(expected);
    expect(folder({}, { OTEL_EXPORTER_WEEX_JOURNAL_DIR: given }).settings?.journalDir).toBe(expected);
  });

  it('is by default where state belongs', () => {
    const name = 'opentelemetry-exporter-weex';
    expect(folder({}).settings?.journalDir).toBe(`/home/bot/.local/state/${name}`);
    expect(folder({}, { XDG_STATE_HOME: '/state' }).settings?.journalDir).toBe(`/state/${name}`);
    expect(folder({}, { XDG_STATE_HOME: 'state' }).settings?.journalDir).toBe(
      `/home/bot/.local/state/${name}`,
    );
  });

  it('is memory with a warning when there is no home', () => {
    const without = (options: object) => resolveLive(options, {}, { homeFolder: () => undefined });
    expect(without({}).settings?.journalDir).toBeUndefined();
    expect(without({}).warnings).toEqual([expect.stringContaining('OTEL_EXPORTER_WEEX_JOURNAL_DIR')]);
    expect(without({ mode: 'off' }).warnings).toEqual([]);
    expect(without({ journalDir: 'none' }).warnings).toEqual([]);
    expect(without({ journalDir: '/a' }).warnings).toEqual([]);
    expect(without({ journalDir: '~/a' }).problems).toEqual([expect.stringContaining('no home was found')]);
  });
});

describe('the home folder', () => {
  it('is HOME when that is an absolute folder below the root, else what the system has for the user', () => {
    const registered = homeFolder({});
    expect(homeFolder({ HOME: '/somewhere' })).toBe('/somewhere');
    for (const HOME of ['', '/', 'relative']) expect(homeFolder({ HOME })).toBe(registered);
  });

  it.runIf(process.getuid?.() === 0)('is nowhere for a user id that the system does not know', () => {
    const script = `
      process.setgid(54321); process.setuid(54321);
      const { homeFolder } = require(${JSON.stringify(join(import.meta.dirname, '../../dist/config/home-folder.js'))});
      console.log(String(homeFolder({})), String(homeFolder({ HOME: '/' })), String(homeFolder({ HOME: '/tmp' })));
    `;
    const { stdout, stderr } = spawnSync(process.execPath, ['-e', script], {
      encoding: 'utf8',
      env: {},
      cwd: '/',
    });
    expect(stdout || stderr).toBe('undefined undefined /tmp\n');
  });

  it('does not stop the settings when the working folder is gone', () => {
    const script = `
      const fs = require('node:fs');
      const { resolveSettings } = require(${JSON.stringify(join(import.meta.dirname, '../../dist/config/resolve.js'))});
      const gone = fs.mkdtempSync('/tmp/weex-gone-');
      process.chdir(gone);
      fs.rmdirSync(gone);
      const env = { OTEL_EXPORTER_WEEX_JOURNAL_DIR: 'x', OTEL_EXPORTER_WEEX_MODE: 'record', WEEX_API_KEY_FILE: 'y.key', OTEL_EXPORTER_WEEX_CERTIFICATE: 'z' };
      const warnings = [];
      console.log(resolveSettings({}, { ...env, HOME: '/tmp' }, (text) => warnings.push(text)).journalDir, warnings.length);
    `;
    const { stdout, stderr } = spawnSync(process.execPath, ['-e', script], { encoding: 'utf8' });
    expect(stdout || stderr).toBe('/tmp/.local/state/opentelemetry-exporter-weex 3\n');
  });
});
