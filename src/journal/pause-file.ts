import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PauseRecord } from './journal';

const FILE = 'paused.json';

/** Tells that another process of the account paused it or found that it works again. */
export interface PauseListener {
  pausedElsewhere(pause: PauseRecord): void;
  resumedElsewhere(): void;
}

/**
 * Whether the account is paused, for all its processes and across restarts: one small file that is there while
 * it is. Made by rename, so that nobody ever reads half of it. (What happened and when is in the journal too.)
 */
export interface PauseFile {
  /** As far as this process knows. */
  readonly current: PauseRecord | undefined;
  /** Reads the file without telling: only for a folder that is known to be ours. */
  load(): void;
  pause(pause: PauseRecord): void;
  resume(): void;
  /** Looks whether others changed it, and tells. */
  poll(): void;
  /** Writes the file again after the folder was gone. */
  restore(): void;
}

export function createPauseFile(folder: string, writer: string, listener: PauseListener): PauseFile {
  const path = join(folder, FILE);
  let current: PauseRecord | undefined;
  /** The file says what `current` says. */
  let isWritten = true;

  const write = (): void => {
    isWritten = false;
    try {
      if (current === undefined) {
        rmSync(path, { force: true });
      } else {
        const temporary = join(folder, `.${FILE}.${writer}`);
        writeFileSync(temporary, `${JSON.stringify(current)}\n`, { mode: 0o600 });
        renameSync(temporary, path);
      }
      isWritten = true;
    } catch {
      // For now only this process knows. It is tried again, and each other process finds out by itself.
    }
  };

  return {
    get current() {
      return current;
    },
    load() {
      const found = readPause(path);
      if (found !== 'unreadable') current = found;
    },
    pause(pause) {
      current = pause;
      write();
    },
    resume() {
      current = undefined;
      write();
    },
    poll() {
      if (!isWritten) return write();
      const now = readPause(path);
      if (now === 'unreadable') return;
      const before = current;
      current = now;
      if (now === undefined && before !== undefined) listener.resumedElsewhere();
      else if (now !== undefined && before === undefined) listener.pausedElsewhere(now);
    },
    restore() {
      if (current !== undefined) write();
    },
  };
}

/** The pause that holds for an account, for those who only read. */
export function pauseIn(folder: string): PauseRecord | undefined {
  const found = readPause(join(folder, FILE));
  return found === 'unreadable' ? undefined : found;
}

function readPause(path: string): PauseRecord | undefined | 'unreadable' {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ENOENT' ? undefined : 'unreadable';
  }
  try {
    const pause: unknown = JSON.parse(text);
    if (typeof pause !== 'object' || pause === null) return undefined;
    const sinceMillis = 'sinceMillis' in pause ? pause.sinceMillis : undefined;
    const reason = 'reason' in pause ? pause.reason : undefined;
    const weexCode = 'weexCode' in pause ? pause.weexCode : undefined;
    if (typeof sinceMillis !== 'number' || typeof reason !== 'string') return undefined;
    const httpStatus = 'httpStatus' in pause ? pause.httpStatus : undefined;
    return {
      sinceMillis,
      reason,
      weexCode: typeof weexCode === 'string' ? weexCode : undefined,
      ...(typeof httpStatus === 'number' ? { httpStatus } : {}),
    };
  } catch {
    return undefined;
  }
}
