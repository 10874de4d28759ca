import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** An account folder that does not exist yet, in a temporary one that goes when the test ends. */
export function tempAccountFolder(account = 'account'): string {
  const root = mkdtempSync(join(tmpdir(), 'weex-journal-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true, maxRetries: 3 }));
  return join(root, account);
}
