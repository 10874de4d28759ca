import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const FILE = 'accepted-before';

/**
 * That WEEX has accepted something of this account, ever: until then an unknown refusal is taken for trouble
 * with the account and not with an entry. One file that is there or not; losing it only makes us careful again.
 */
export interface AcceptanceMark {
  readonly isThere: boolean;
  /** Looks for the file: only in a folder that is known to be ours. */
  load(): void;
  /** Something was accepted. `canWrite`: the disk works. */
  accepted(canWrite: boolean): void;
}

export function createAcceptanceMark(folder: string): AcceptanceMark {
  const path = join(folder, FILE);
  let isThere = false;
  let isWritten = false;
  return {
    get isThere() {
      return isThere;
    },
    load() {
      isWritten = existsSync(path);
      isThere ||= isWritten;
    },
    accepted(canWrite) {
      isThere = true;
      if (isWritten || !canWrite) return;
      isWritten = true;
      try {
        writeFileSync(path, '', { mode: 0o600 });
      } catch {
        // The next process is careful again.
      }
    },
  };
}
