import { createHash } from 'node:crypto';
import { types } from 'node:util';

/** What stands for bytes in an AI log: enough to prove later which bytes they were. */
export interface BinaryNote {
  readonly mime: string;
  readonly bytes: number;
  /** Lower-case hexadecimal; a remark when there were too many bytes to hash. */
  readonly sha256: string;
}

/** Hashing runs at about 1 MB a millisecond and is waited for by the bot. */
export const MOST_BYTES_HASHED = 16 * 1_048_576;

const SIGNATURES: readonly (readonly [mime: string, offset: number, bytes: string])[] = [
  ['image/png', 0, '89504e47'],
  ['image/jpeg', 0, 'ffd8ff'],
  ['image/gif', 0, '47494638'],
  ['image/webp', 8, '57454250'],
  ['application/pdf', 0, '25504446'],
  ['application/zip', 0, '504b0304'],
  ['application/gzip', 0, '1f8b'],
];

/** The bytes of a Buffer, Uint8Array, ArrayBuffer, SharedArrayBuffer or DataView; other arrays hold numbers. */
export function bytesOf(value: object): Uint8Array | undefined {
  if (types.isUint8Array(value)) return value;
  if (types.isAnyArrayBuffer(value)) return new Uint8Array(value);
  if (types.isDataView(value)) return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
  return undefined;
}

export function noteOf(bytes: Uint8Array, mayHash: boolean): BinaryNote {
  const start = Buffer.from(bytes.subarray(0, 16)).toString('hex');
  const known = SIGNATURES.find(([, offset, signature]) => start.startsWith(signature, offset * 2));
  return {
    mime: known?.[0] ?? 'application/octet-stream',
    bytes: bytes.byteLength,
    sha256: mayHash ? createHash('sha256').update(bytes).digest('hex') : '[not computed: too many bytes]',
  };
}
