import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BuildOptions, build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { IMPORT } from './helpers/bot-process.js';
import { API, type Install, install, SDK } from './helpers/installs.js';
import { run } from './helpers/run.js';

const PATIENT = { timeout: 60_000 };
const BOTH = { OTEL_TRACES_EXPORTER: 'otlp,weex' };

let bots: Install;
/** A server with Node and the bundle, and no `node_modules`. */
let server: { readonly dir: string };
beforeAll(() => {
  bots = install(API, SDK, '@opentelemetry/sdk-trace', 'tsx');
  server = { dir: realpathSync(mkdtempSync(join(tmpdir(), 'weex-bundle-'))) };
});
afterAll(() => {
  bots.remove();
  rmSync(server.dir, { recursive: true, force: true });
});

/** What esbuild's own pages give for CommonJS packages in a bundle of ESM form. */
const REQUIRE_IN_ESM =
  "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);";

/** Bundles a bot of the folder into one file. */
async function bundle(bot: string, outfile: string, options: BuildOptions): Promise<void> {
  const result = await build({
    entryPoints: [join(bots.dir, bot)],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node20',
    logLevel: 'silent',
    ...(options.format === 'esm' ? { banner: { js: REQUIRE_IN_ESM } } : {}),
    ...options,
  });
  expect(result.warnings).toEqual([]);
}

describe.concurrent('a bot that esbuild has bundled', PATIENT, () => {
  test.each<{ name: string; options: BuildOptions }>([
    { name: 'plain.cjs', options: { format: 'cjs' } },
    { name: 'small.cjs', options: { format: 'cjs', minify: true } },
    { name: 'plain.mjs', options: { format: 'esm' } },
    { name: 'small.mjs', options: { format: 'esm', minify: true } },
  ])('delivers with nothing beside it: $name', async ({ name, options }) => {
    await bundle('in-code.mjs', join(server.dir, name), options);
    const { ended, lines, orderIds } = await run(server, { bot: name, flags: [] });
    expect(ended).toMatchObject({ code: 0, signal: null, stdout: 'traded\n' });
    expect(lines).toEqual([]);
    expect(orderIds).toEqual(['8001']);
  });

  test('is traced by a register that is preloaded, with an API of its own inside', async () => {
    await bundle('trader.mjs', join(bots.dir, 'bundled.mjs'), { format: 'esm' });
    const { lines, orderIds, spans } = await run(bots, { bot: 'bundled.mjs', env: BOTH });
    expect(lines).toEqual([]);
    expect(orderIds).toEqual(['1001', '1002', '1003']);
    expect(spans).toHaveLength(6);
  });

  test('logs a decision once where register is preloaded too, whatever a minifier has named our classes', async () => {
    await bundle('in-code.mjs', join(bots.dir, 'twice.cjs'), { format: 'cjs', minify: true });
    const { ended, orderIds } = await run(bots, { bot: 'twice.cjs' });
    expect(ended).toMatchObject({ code: 0, signal: null });
    expect(orderIds).toEqual(['8001']);
  });

  test.each<'cjs' | 'esm'>(['cjs', 'esm'])(
    'may have register inside, if the SDK is installed beside it: %s',
    async (format) => {
      const name = `inside.${format === 'esm' ? 'mjs' : 'cjs'}`;
      await bundle('register-inside.mjs', join(bots.dir, name), { format });
      const { lines, orderIds, spans } = await run(bots, { bot: name, flags: [], env: BOTH });
      expect(lines).toEqual([]);
      expect(orderIds).toEqual(['8002']);
      expect(spans).toHaveLength(2);
    },
  );
});

describe.concurrent('a bot in TypeScript', PATIENT, () => {
  test('is traced under tsx as a preload beside ours', async () => {
    const flags = ['--import', 'tsx', ...IMPORT];
    const { lines, orderIds } = await run(bots, { bot: 'trader.ts', flags, env: BOTH });
    expect(lines).toEqual([]);
    expect(orderIds).toEqual(['8003']);
  });

  test("is traced under the tsx command, which does not count as a process of the account's", async () => {
    const { ended, lines, orderIds } = await run(bots, {
      bot: 'node_modules/tsx/dist/cli.mjs',
      args: ['trader.ts'],
      flags: [],
      env: { ...BOTH, NODE_OPTIONS: IMPORT.join(' ') },
    });
    expect(lines).toEqual([]);
    expect(ended.stderr.match(/of every stage span/g)).toHaveLength(1);
    expect(orderIds).toEqual(['8003']);
  });
});

describe.concurrent('a strategy in a worker thread', PATIENT, () => {
  test('delivers with a set-up of its own', async () => {
    const { ended, lines, orderIds } = await run(bots, { bot: 'worker-in-code.mjs', flags: [] });
    expect(ended.stdout).toContain('worker ended 0');
    expect(lines).toEqual([]);
    expect(orderIds).toEqual(['8001']);
  });
});
