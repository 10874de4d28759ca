/**
 * Names of journal files. Sorting them by name sorts them by the time they were begun:
 *
 *   20261122T214910123Z-k3f9a2b1c001-0001.k3f9a2b1c001.jsonl     in use: base, then who owns it now
 *   archive/20261122T214910123Z-k3f9a2b1c001-0001.orders.jsonl   put away: base, then what it holds
 *
 * The owner stands in the name so that taking over a dead process's file is one atomic rename that only one
 * of several processes can win.
 */
export interface SegmentName {
  /** What stays when the owner changes: begin, first writer, number. */
  readonly base: string;
  readonly owner: string;
}

export interface ArchivedName {
  readonly base: string;
  readonly marks: readonly ArchiveMark[];
}

/**
 * Why an archived file is worth more than its bytes: it proves orders, it settles entries of other files, or
 * it holds lines that could not be read.
 */
export type ArchiveMark = 'orders' | 'settled' | 'damaged';

const BASE = String.raw`\d{8}T\d{9}Z-[0-9a-z]{12}-\d{4,}`;
const IN_USE = new RegExp(`^(${BASE})\\.([0-9a-z]{12})\\.jsonl$`);
const ARCHIVED = new RegExp(`^(${BASE})((?:\\.(?:orders|settled|damaged))*)\\.jsonl$`);
const SOCKET = /^([0-9a-z]{12})\.sock$/;

export const segmentFile = (name: SegmentName): string => `${name.base}.${name.owner}.jsonl`;

export const archivedFile = (name: ArchivedName): string => `${[name.base, ...name.marks].join('.')}.jsonl`;

export const socketFile = (writer: string): string => `${writer}.sock`;

export function newBase(wallMillis: number, writer: string, index: number): string {
  const date = new Date(Math.min(Math.max(wallMillis, 0), 253_402_300_799_999) || 0);
  const stamp = date.toISOString().replaceAll(/[-:.]/g, '');
  return `${stamp}-${writer}-${String(index).padStart(4, '0')}`;
}

export function parseSegmentFile(file: string): SegmentName | undefined {
  const [, base, owner] = IN_USE.exec(file) ?? [];
  return base === undefined || owner === undefined ? undefined : { base, owner };
}

export function parseArchivedFile(file: string): ArchivedName | undefined {
  const [, base, marks] = ARCHIVED.exec(file) ?? [];
  if (base === undefined || marks === undefined) return undefined;
  const found = new Set(marks.split('.'));
  const known: readonly ArchiveMark[] = ['orders', 'settled', 'damaged'];
  return { base, marks: known.filter((mark) => found.has(mark)) };
}

/** Who began the file. */
export const writerOf = (base: string): string => base.split('-')[1] ?? base;

export const parseSocketFile = (file: string): string | undefined => SOCKET.exec(file)?.[1];
