// @ts-check
// What loading costs, in fresh processes.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { median, spread } from './figures.mjs';

const ROOT = join(import.meta.dirname, '..', '..');

/** @param {string} name */
const loadMillis = (name) =>
  Number(
    execFileSync(
      process.execPath,
      [
        '--input-type=module',
        '-e',
        `const t = performance.now(); await import('${name}'); console.log(performance.now() - t);`,
      ],
      { cwd: ROOT, encoding: 'utf8' },
    ),
  );

export async function measureImport() {
  const ratios = [];
  const ours = [];
  const theirs = [];
  for (let round = 0; round < 9; round++) {
    const mine = loadMillis('opentelemetry-exporter-weex');
    const undici = loadMillis('undici');
    ours.push(mine);
    theirs.push(undici);
    ratios.push(mine / undici);
  }
  return [
    {
      what: 'import of the package, against import of undici',
      budget: 0.7,
      better: /** @type {const} */ ('lower'),
      ratio: median(ratios),
      spread: spread(ratios),
      detail: `${median(ours).toFixed(0)} ms against ${median(theirs).toFixed(0)} ms`,
    },
  ];
}
