import { readdirSync, renameSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { prepareFolder } from '../../src/journal/folder.js';
import { createLiveness } from '../../src/journal/liveness.js';
import { systemClock } from '../../src/lib/clock.js';
import { tempAccountFolder } from './temp-folder.js';

const [one, other] = ['aaaaaaaaaaaa', 'bbbbbbbbbbbb'];

function preparedFolder(name = 'account'): string {
  const folder = tempAccountFolder(name);
  prepareFolder(folder);
  return folder;
}

test('a writer is alive while it listens, and missing before and after', async () => {
  const folder = preparedFolder();
  const [asked, asking] = [
    createLiveness(folder, one, systemClock),
    createLiveness(folder, other, systemClock),
  ];
  expect(await asking.lifeOf(one)).toBe('missing');
  asked.ensure();
  expect(asked.isListening).toBe(true);
  expect(await asking.lifeOf(one)).toBe('alive');
  await asked.check();
  expect(asked.isListening).toBe(true);
  asked.close();
  expect(await asking.lifeOf(one)).toBe('missing');
});

test.skipIf(process.platform === 'win32')(
  'paths beyond what a socket takes work, and leave nothing behind',
  async () => {
    const folder = preparedFolder(join('x'.repeat(200), 'account'));
    const asked = createLiveness(folder, one, systemClock);
    onTestFinished(() => asked.close());
    asked.ensure();
    expect(readdirSync(folder)).toContain(`${one}.sock`);
    expect(await createLiveness(folder, other, systemClock).lifeOf(one)).toBe('alive');
  },
);

test.skipIf(process.platform === 'win32')(
  'a socket that refuses although its owner lives is taken away for good',
  async () => {
    const folder = preparedFolder();
    const asked = createLiveness(folder, one, systemClock);
    asked.ensure();
    // As on file systems that keep sockets and connect nobody: the name stays, nobody listens behind it.
    const path = join(folder, `${one}.sock`);
    rmSync(path);
    const dead = createServer();
    await new Promise<void>((resolve) => dead.listen(`${path}.tmp`, resolve));
    renameSync(`${path}.tmp`, path);
    await new Promise((resolve) => dead.close(resolve));
    expect(await createLiveness(folder, other, systemClock).lifeOf(one)).toBe('dead');
    await asked.check();
    expect(asked.isListening).toBe(false);
    asked.ensure();
    expect(asked.isListening).toBe(false);
    expect(readdirSync(folder)).not.toContain(`${one}.sock`);
  },
);

test('a folder that is not there is no reason to throw', async () => {
  const nowhere = createLiveness('/nonexistent/weex', one, systemClock);
  nowhere.ensure();
  expect(nowhere.isListening).toBe(false);
  expect(await nowhere.lifeOf(other)).toBe('missing');
  nowhere.close();
});
