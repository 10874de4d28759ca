import { createHash } from 'node:crypto';
import {
  closeSync,
  constants,
  existsSync,
  mkdtempSync,
  openSync,
  renameSync,
  rmdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Clock } from '../lib/clock';
import { withoutTracing } from '../lib/suppress-tracing';
import { socketFile } from './segment-name';

/** `missing`: there is nothing to ask; `unknown`: the question could not be put. */
export type Life = 'alive' | 'dead' | 'missing' | 'unknown';

/**
 * Shows other processes that this one lives, by something that the kernel ends with it: a Unix socket in the
 * folder (on Windows a named pipe). Connecting succeeds even while the owner is busy or stopped, and from
 * another container; it is refused once the owner is gone, however it went.
 */
export interface Liveness {
  /** False when the file system takes no sockets: others then judge by the age of the files. */
  readonly isListening: boolean;
  /** Listens (again) when the socket is not there. Never throws. */
  ensure(): void;
  lifeOf(writer: string): Promise<Life>;
  /**
   * Asks this process itself. Some file systems (folders shared with virtual machines) take a socket and then
   * refuse every connection; a socket there would say of a live process that it is dead, so it is taken away.
   */
  check(): Promise<void>;
  /** Takes the socket away. */
  close(): void;
}

const ANSWER_MILLIS = 1_000;
/** The kernel's limit for a socket's path is 108 bytes with its ending zero, on macOS 104. */
const LONGEST_PATH_BYTES = 102;
const WINDOWS = process.platform === 'win32';

export function createLiveness(folder: string, writer: string, clock: Clock): Liveness {
  const path = join(folder, socketFile(writer));
  let server: Server | undefined;
  let isUseless = false;

  const listen = (): void => {
    const fresh = createServer((socket) => socket.destroy());
    fresh.on('error', () => {
      if (server === fresh) server = undefined;
    });
    const listenAt = (address: string): void => {
      fresh.listen({ path: address, exclusive: true });
    };
    if (WINDOWS) {
      listenAt(pipeName(folder, writer));
      writeFileSync(path, '');
    } else {
      // Bound under another name: Node removes the bound name when a thread is terminated, and then "ended"
      // could not be told from "never there". The renamed socket stays and refuses.
      const temporary = `.${writer}.sock`;
      throughShortPath(folder, temporary, listenAt);
      if (fresh.listening) renameSync(join(folder, temporary), path);
    }
    fresh.unref();
    if (fresh.listening) server = fresh;
  };

  return {
    get isListening() {
      return server !== undefined;
    },
    ensure() {
      if (isUseless || (server !== undefined && existsSync(path))) return;
      const former = server;
      server = undefined;
      try {
        withoutTracing(listen);
      } catch {
        // No sockets here; `isListening` tells.
      }
      former?.close();
    },
    lifeOf: (other) => withoutTracing(() => ask(folder, other, clock)),
    async check() {
      const asked = server;
      if (asked === undefined) return;
      const life = await withoutTracing(() => ask(folder, writer, clock));
      if (life !== 'dead' || server !== asked) return;
      isUseless = true;
      this.close();
    },
    close() {
      const former = server;
      server = undefined;
      try {
        rmSync(path, { force: true });
      } catch {
        // The folder is no folder any more.
      }
      former?.close();
    },
  };
}

const pipeName = (folder: string, writer: string): string =>
  `\\\\.\\pipe\\weex-ai-log-${createHash('sha256').update(folder).digest('hex').slice(0, 16)}-${writer}`;

/** Runs `use` with a path to the file that the kernel takes: a detour, when the folder's own is too long. */
function throughShortPath<T>(folder: string, file: string, use: (address: string) => T): T {
  const direct = join(folder, file);
  if (Buffer.byteLength(direct) <= LONGEST_PATH_BYTES) return use(direct);
  if (process.platform === 'linux') {
    const fd = openSync(folder, constants.O_RDONLY | constants.O_DIRECTORY);
    try {
      return use(`/proc/self/fd/${fd}/${file}`);
    } finally {
      closeSync(fd);
    }
  }
  const temporary = mkdtempSync(join(tmpdir(), 'wx-'));
  const link = join(temporary, 'j');
  try {
    symlinkSync(folder, link);
    return use(join(link, file));
  } finally {
    rmSync(link, { force: true });
    rmdirSync(temporary);
  }
}

function ask(folder: string, writer: string, clock: Clock): Promise<Life> {
  return new Promise((resolve) => {
    const connectTo = (address: string): void => {
      const socket = connect({ path: address });
      const done = (life: Life): void => {
        timer.cancel();
        socket.destroy();
        resolve(life);
      };
      // A full queue of connections and a slow answer both mean that somebody holds the socket.
      const timer = clock.schedule(ANSWER_MILLIS, () => done('alive'));
      socket.unref();
      socket.once('connect', () => done('alive'));
      socket.on('error', (error: NodeJS.ErrnoException) => done(lifeByError(error.code)));
    };
    try {
      if (WINDOWS) connectTo(pipeName(folder, writer));
      else throughShortPath(folder, socketFile(writer), connectTo);
    } catch {
      resolve('unknown');
    }
  });
}

function lifeByError(code: string | undefined): Life {
  if (code === 'ECONNREFUSED') return 'dead';
  if (code === 'ENOENT') return WINDOWS ? 'dead' : 'missing';
  return code === 'EAGAIN' ? 'alive' : 'unknown';
}
