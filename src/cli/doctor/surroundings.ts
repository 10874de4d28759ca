import { readFileSync, statfsSync } from 'node:fs';
import { type Env, readProcessEnv } from '../../config/process-env';
import { type Clock, systemClock } from '../../lib/clock';

/** What doctor looks at beside the journal; a test puts its own in place. */
export interface Surroundings {
  readonly clock: Clock;
  env(): Env;
  /** The kernel's list of mounts; `undefined` where there is none. */
  mounts(): string | undefined;
  /** Throws what the disk does. */
  space(folder: string): { readonly freeBytes: number; readonly totalBytes: number };
}

export const systemSurroundings: Surroundings = {
  clock: systemClock,
  env: readProcessEnv,
  mounts() {
    try {
      return readFileSync('/proc/self/mounts', 'utf8');
    } catch {
      return undefined;
    }
  },
  space(folder) {
    const { bavail, blocks, bsize } = statfsSync(folder);
    return { freeBytes: bavail * bsize, totalBytes: blocks * bsize };
  },
};
