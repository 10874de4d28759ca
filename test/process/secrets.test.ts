import { createHmac } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { setting } from './helpers/setting.js';

const credentials = {
  apiKey: 'weex_4f0c9e1b7a6d43d2',
  apiSecret: 'bL7"q\\Zx9/tR3+mK1=vW8',
  apiPassphrase: 'correct horse 2026',
};

function filesIn(folder: string): string {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((file) => file.isFile())
    .map((file) => `${file.name}\n${readFileSync(join(file.parentPath, file.name), 'utf8')}`)
    .join('\n');
}

/** The text as it is, and as it stands in JSON, twice over. */
const spellings = (secret: string): string[] => {
  const once = JSON.stringify(secret).slice(1, -1);
  return [...new Set([secret, once, JSON.stringify(once).slice(1, -1), encodeURIComponent(secret)])];
};

test('writes no credential and no signature to the journal, the log, an error or WEEX', async (context) => {
  const { weex, folder, bot } = await setting(context, { accounts: [credentials] });
  weex.script(
    { status: 503, times: 1 },
    {
      code: '40017',
      msg: `wrong parameter ${credentials.apiSecret}`,
      times: Infinity,
      when: { model: 'rejected' },
    },
    {
      code: '40006',
      msg: `invalid key ${credentials.apiKey} ${credentials.apiPassphrase}`,
      times: Infinity,
      when: { model: 'paused' },
    },
  );
  const careless = await bot('careless.mjs');
  expect(await careless.ended).toEqual({ code: 0, signal: null });
  const requests = weex.requests();
  const signatures = requests.map(({ timestamp, path, raw }) =>
    createHmac('sha256', credentials.apiSecret).update(`${timestamp}POST${path}${raw}`).digest('base64'),
  );
  const places = {
    journal: filesIn(folder),
    output: careless.output,
    bodies: requests.map(({ raw }) => raw).join('\n'),
  };
  // What is searched is there: entries, rejections and the pause in the journal, errors in the output.
  expect(places.journal).toMatch(/"kind":"rejected"[\s\S]*"kind":"paused"/);
  for (const id of ['in-every-field', 'ordinary', 'fine']) expect(places.journal).toContain(id);
  expect(places.output).toContain('WeexConfigError');
  expect(places.output).toContain('WeexApiError');
  expect(signatures.length).toBeGreaterThan(5);
  const found = Object.entries(places).flatMap(([place, text]) =>
    [...Object.values(credentials).flatMap(spellings), ...signatures]
      .filter((secret) => text.includes(secret))
      .map((secret) => `${secret} in ${place}: ${text.split(secret)[0]?.slice(-200)}`),
  );
  expect(found).toEqual([]);
}, 30_000);
