// Captures spans from the real libraries: node test/capture/run.mjs [folder...]
// Each folder's packages go into a temporary folder, which is deleted afterwards. Nothing but the npm registry is asked.
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const HERE = import.meta.dirname;
const FIXTURES = join(HERE, '..', 'fixtures', 'spans');
const ALL = readdirSync(HERE).filter((name) => existsSync(join(HERE, name, 'package.json')));

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !ALL.includes(name));
if (unknown.length > 0) {
  console.error(`no such folder: ${unknown.join(', ')}; there are ${ALL.join(', ')}`);
  process.exit(2);
}

mkdirSync(FIXTURES, { recursive: true });
const failed = [];
for (const name of asked.length > 0 ? asked : ALL) {
  const folder = mkdtempSync(join(tmpdir(), `capture-${name}-`));
  try {
    console.log(`${name}: installing`);
    cpSync(join(HERE, name), join(folder, name), { recursive: true });
    cpSync(join(HERE, 'kit'), join(folder, 'kit'), { recursive: true });
    cpSync(join(HERE, name, 'package.json'), join(folder, 'package.json'));
    const install = ['install', '--no-audit', '--no-fund', '--no-package-lock', '--loglevel=error'];
    execFileSync('npm', install, { cwd: folder, stdio: 'inherit' });
    // Libraries that need a newer Node than this one bring it as the npm package `node`.
    const newer = join(folder, 'node_modules', 'node', 'bin', 'node');
    const node = existsSync(newer) ? newer : process.execPath;
    for (const script of readdirSync(join(HERE, name)).filter((file) => file.endsWith('.mjs'))) {
      console.log(`${name}: ${script}`);
      const env = { ...process.env, CAPTURE_FIXTURES: FIXTURES };
      execFileSync(node, [join(name, script)], { cwd: folder, stdio: 'inherit', env, timeout: 120_000 });
    }
  } catch (error) {
    failed.push(name);
    console.error(`${name}: ${error instanceof Error ? error.message : String(error)}`);
  } finally {
    if (process.env['CAPTURE_KEEP'] === undefined) rmSync(folder, { recursive: true, force: true });
  }
}
if (failed.length > 0) {
  console.error(`failed: ${failed.join(', ')}`);
  process.exitCode = 1;
}
