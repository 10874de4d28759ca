import { type FileSystem, nodeFileSystem } from '../../src/journal/file-system.js';

export const systemError = (code: string): Error =>
  Object.assign(new Error(`${code}: made by a test`), { code });

/** The real disk, until a test breaks it. */
export class FaultyFileSystem implements FileSystem {
  /** Bytes that the disk still takes; then writes are short, and the next ones fail as on a full disk. */
  room = Number.POSITIVE_INFINITY;
  /** Codes with which these fail. */
  createFails: string | undefined;
  openFails: string | undefined;
  writeFails: string | undefined;
  /** The next write puts everything on disk and fails all the same. */
  nextWriteLandsAndFails = false;
  readFails: string | undefined;
  syncFails: string | undefined;

  create(path: string): number {
    if (this.createFails !== undefined) throw systemError(this.createFails);
    return nodeFileSystem.create(path);
  }

  openExisting(path: string): number {
    if (this.openFails !== undefined) throw systemError(this.openFails);
    return nodeFileSystem.openExisting(path);
  }

  write(fd: number, bytes: Buffer, from: number, length: number): number {
    if (this.writeFails !== undefined) throw systemError(this.writeFails);
    if (this.room <= 0) throw systemError('ENOSPC');
    const count = nodeFileSystem.write(fd, bytes, from, Math.min(length, this.room));
    this.room -= count;
    if (this.nextWriteLandsAndFails) {
      this.nextWriteLandsAndFails = false;
      throw systemError('EIO');
    }
    return count;
  }

  read(fd: number, into: Buffer, length: number, position: number): number {
    if (this.readFails !== undefined) throw systemError(this.readFails);
    return nodeFileSystem.read(fd, into, length, position);
  }

  readLater(fd: number, into: Buffer, length: number, position: number): Promise<number> {
    return nodeFileSystem.readLater(fd, into, length, position);
  }

  size(fd: number): number {
    return nodeFileSystem.size(fd);
  }

  isStillAt(fd: number | undefined, path: string): boolean {
    return nodeFileSystem.isStillAt(fd, path);
  }

  datasync(fd: number): Promise<void> {
    if (this.syncFails !== undefined) return Promise.reject(systemError(this.syncFails));
    return nodeFileSystem.datasync(fd);
  }

  syncFolder(path: string): Promise<void> {
    return nodeFileSystem.syncFolder(path);
  }

  rename(from: string, to: string): void {
    nodeFileSystem.rename(from, to);
  }

  remove(path: string): void {
    nodeFileSystem.remove(path);
  }

  close(fd: number): void {
    nodeFileSystem.close(fd);
  }
}
