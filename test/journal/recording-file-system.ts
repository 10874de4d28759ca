import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type FileSystem, nodeFileSystem } from '../../src/journal/file-system.js';

type Step =
  | { readonly kind: 'create' | 'remove'; readonly path: string; readonly file: number }
  | { readonly kind: 'rename'; readonly path: string; readonly to: string; readonly file: number }
  | { readonly kind: 'write'; readonly file: number; readonly bytes: Buffer }
  /** Complete: what the file held when the sync began is safe. */
  | { readonly kind: 'synced'; readonly file: number; readonly bytes: number }
  /** Complete: what was done to names before step `begun` is safe. */
  | { readonly kind: 'folder-synced'; readonly begun: number }
  | { readonly kind: 'mark'; readonly name: string };

/** What a file may look like after a power cut. */
export interface CrashedFile {
  readonly safe: Buffer;
  /** Written, and perhaps not on disk. */
  readonly unsafe: Buffer;
}

/** Does what the real disk does, and keeps a record from which power cuts can be made. */
export class RecordingFileSystem implements FileSystem {
  readonly steps: Step[] = [];
  readonly #root: string;
  readonly #fileByFd = new Map<number, number>();
  readonly #fileByPath = new Map<string, number>();
  readonly #sizes = new Map<number, number>();
  #files = 0;

  constructor(root: string) {
    this.#root = root;
  }

  /** Lets a test find this moment again. */
  mark(name: string): void {
    this.steps.push({ kind: 'mark', name });
  }

  create(path: string): number {
    const fd = nodeFileSystem.create(path);
    const file = this.#files;
    this.#files += 1;
    this.#fileByFd.set(fd, file);
    this.#fileByPath.set(path, file);
    this.#sizes.set(file, 0);
    this.steps.push({ kind: 'create', path: this.#local(path), file });
    return fd;
  }

  openExisting(path: string): number {
    const fd = nodeFileSystem.openExisting(path);
    this.#fileByFd.set(fd, this.#fileByPath.get(path) ?? -1);
    return fd;
  }

  write(fd: number, bytes: Buffer, from: number, length: number): number {
    const count = nodeFileSystem.write(fd, bytes, from, length);
    const file = this.#fileByFd.get(fd) ?? -1;
    this.#sizes.set(file, (this.#sizes.get(file) ?? 0) + count);
    this.steps.push({ kind: 'write', file, bytes: Buffer.from(bytes.subarray(from, from + count)) });
    return count;
  }

  async datasync(fd: number): Promise<void> {
    const file = this.#fileByFd.get(fd) ?? -1;
    const bytes = this.#sizes.get(file) ?? 0;
    await nodeFileSystem.datasync(fd);
    this.steps.push({ kind: 'synced', file, bytes });
  }

  async syncFolder(path: string): Promise<void> {
    const begun = this.steps.length;
    await nodeFileSystem.syncFolder(path);
    if (path.startsWith(this.#root)) this.steps.push({ kind: 'folder-synced', begun });
  }

  rename(from: string, to: string): void {
    nodeFileSystem.rename(from, to);
    const file = this.#fileByPath.get(from) ?? -1;
    this.#fileByPath.delete(from);
    this.#fileByPath.set(to, file);
    this.steps.push({ kind: 'rename', path: this.#local(from), to: this.#local(to), file });
  }

  remove(path: string): void {
    nodeFileSystem.remove(path);
    this.steps.push({ kind: 'remove', path: this.#local(path), file: this.#fileByPath.get(path) ?? -1 });
  }

  close(fd: number): void {
    this.#fileByFd.delete(fd);
    nodeFileSystem.close(fd);
  }

  readonly read = nodeFileSystem.read;
  readonly readLater = nodeFileSystem.readLater;
  readonly size = nodeFileSystem.size;
  readonly isStillAt = nodeFileSystem.isStillAt;

  /**
   * The files after a power cut that comes when `steps` steps were done. `names`: what was done to names and
   * not yet synced has reached the disk, or has not.
   */
  cutAfter(steps: number, names: 'kept' | 'lost'): Map<string, CrashedFile> {
    const done = this.steps.slice(0, steps);
    const content = new Map<number, Buffer[]>();
    const safe = new Map<number, number>();
    let namesSafe = 0;
    for (const step of done) {
      if (step.kind === 'write') content.set(step.file, [...(content.get(step.file) ?? []), step.bytes]);
      if (step.kind === 'synced') safe.set(step.file, Math.max(safe.get(step.file) ?? 0, step.bytes));
      if (step.kind === 'folder-synced') namesSafe = Math.max(namesSafe, step.begun);
    }
    const files = new Map<string, number>();
    for (const step of names === 'kept' ? done : done.slice(0, namesSafe)) {
      if (step.kind === 'create') files.set(step.path, step.file);
      if (step.kind === 'rename' || step.kind === 'remove') files.delete(step.path);
      if (step.kind === 'rename') files.set(step.to, step.file);
    }
    return new Map(
      [...files].map(([path, file]) => {
        const bytes = Buffer.concat(content.get(file) ?? []);
        const safeBytes = safe.get(file) ?? 0;
        return [path, { safe: bytes.subarray(0, safeBytes), unsafe: bytes.subarray(safeBytes) }];
      }),
    );
  }

  #local(path: string): string {
    return path.slice(this.#root.length + 1);
  }
}

/** Writes what is left after a power cut to a folder; `tail` decides what became of unsynced bytes. */
export function writeCrashed(
  folder: string,
  files: ReadonlyMap<string, CrashedFile>,
  tail: (unsafe: Buffer) => Buffer,
): void {
  mkdirSync(join(folder, 'archive'), { recursive: true, mode: 0o700 });
  for (const [path, { safe, unsafe }] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true, mode: 0o700 });
    writeFileSync(join(folder, path), Buffer.concat([safe, tail(unsafe)]), { mode: 0o600 });
  }
}
