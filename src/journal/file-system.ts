import {
  close,
  closeSync,
  constants,
  fdatasync,
  fstatSync,
  fsync,
  lstatSync,
  open,
  openSync,
  read,
  readSync,
  renameSync,
  unlinkSync,
  writeSync,
} from 'node:fs';

/** Both ends of a rename, and appending without ever following a link out of the folder. */
const OPEN_FLAGS = constants.O_RDWR | constants.O_APPEND | (constants.O_NOFOLLOW ?? 0);

/**
 * The few things that the journal does to files. It is a seam so that tests can record writes and syncs, lose
 * what was not synced, and make disks full.
 *
 * Synchronous methods throw what Node throws.
 */
export interface FileSystem {
  /** Makes a new private file for appending and reading. */
  create(path: string): number;
  openExisting(path: string): number;
  /** Appends; returns how many bytes were taken, which may be fewer than given. */
  write(fd: number, bytes: Buffer, from: number, length: number): number;
  read(fd: number, into: Buffer, length: number, position: number): number;
  readLater(fd: number, into: Buffer, length: number, position: number): Promise<number>;
  size(fd: number): number;
  /** Whether the open file (or, without one, any file) stands at the path. */
  isStillAt(fd: number | undefined, path: string): boolean;
  datasync(fd: number): Promise<void>;
  /** Makes creations and renames in the folder survive a power cut. */
  syncFolder(path: string): Promise<void>;
  rename(from: string, to: string): void;
  remove(path: string): void;
  close(fd: number): void;
}

const settle =
  (resolve: () => void, reject: (error: Error) => void) =>
  (error: Error | null): void =>
    error === null ? resolve() : reject(error);

export const nodeFileSystem: FileSystem = {
  create: (path) => openSync(path, OPEN_FLAGS | constants.O_CREAT | constants.O_EXCL, 0o600),
  openExisting: (path) => openSync(path, OPEN_FLAGS),
  write: (fd, bytes, from, length) => writeSync(fd, bytes, from, length),
  read: (fd, into, length, position) => readSync(fd, into, 0, length, position),
  readLater: (fd, into, length, position) =>
    new Promise((resolve, reject) => {
      read(fd, into, 0, length, position, (error, bytesRead) =>
        error === null ? resolve(bytesRead) : reject(error),
      );
    }),
  size: (fd) => fstatSync(fd).size,
  isStillAt(fd, path) {
    const there = lstatSync(path, { throwIfNoEntry: false });
    return there !== undefined && (fd === undefined || there.ino === fstatSync(fd).ino);
  },
  datasync: (fd) => new Promise((resolve, reject) => fdatasync(fd, settle(resolve, reject))),
  syncFolder: (path) =>
    new Promise((resolve, reject) => {
      // Windows cannot open a folder, and needs no such sync.
      if (process.platform === 'win32') return resolve();
      open(path, constants.O_RDONLY, (openError, fd) => {
        if (openError !== null) return reject(openError);
        fsync(fd, (syncError) => close(fd, () => settle(resolve, reject)(syncError)));
      });
    }),
  rename: renameSync,
  remove: unlinkSync,
  close: closeSync,
};
