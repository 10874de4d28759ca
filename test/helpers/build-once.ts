import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Tests that start processes, threads or the packed package use `dist`; building it before every run means
 * that they can never see an old one. Types are `npm run check`'s job.
 */
export default function buildOnce(): void {
  const root = join(import.meta.dirname, '..', '..');
  execFileSync(process.execPath, ['build.mjs', '--noCheck'], { cwd: root, stdio: 'inherit' });
  if (!existsSync(join(root, 'dist/index.js'))) throw new Error('the build left no dist/index.js');
}
