import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { troubleOf } from '../journal/trouble';
import { BUNDLE_FORMAT } from './bundle';

export type ReadBundle =
  | {
      readonly kind: 'read';
      /** Of all files that the journal had then. */
      readonly heads: readonly string[];
      readonly sha256: string;
    }
  | { readonly kind: 'wrong'; readonly problem: string };

const NEWLINE = 10;
/** Everything but the logs stands on the first line. */
const MOST_HEAD_BYTES = 268_435_456;

/** Reads what a bundle says of the chain, without the logs: they may be very many. */
export async function readBundle(path: string): Promise<ReadBundle> {
  const hash = createHash('sha256');
  const chunks: Buffer[] = [];
  let bytes = 0;
  let isWhole = false;
  try {
    for await (const chunk of createReadStream(path)) {
      if (!Buffer.isBuffer(chunk)) continue;
      hash.update(chunk);
      if (isWhole || bytes > MOST_HEAD_BYTES) continue;
      const end = chunk.indexOf(NEWLINE);
      isWhole = end >= 0;
      chunks.push(isWhole ? chunk.subarray(0, end) : chunk);
      bytes += chunk.length;
    }
  } catch (error) {
    return { kind: 'wrong', problem: troubleOf(error) };
  }
  const heads = headsIn(Buffer.concat(chunks).toString('utf8'));
  return heads === undefined
    ? { kind: 'wrong', problem: 'expected the JSON file that weex-ai-log evidence wrote' }
    : { kind: 'read', heads, sha256: hash.digest('hex') };
}

function headsIn(line: string): readonly string[] | undefined {
  try {
    const head: unknown = JSON.parse(`${line.replace(/,$/, '')}}`);
    if (typeof head !== 'object' || head === null || !('format' in head) || !('chain' in head))
      return undefined;
    const { chain } = head;
    if (head.format !== BUNDLE_FORMAT || typeof chain !== 'object' || chain === null) return undefined;
    const heads = 'heads' in chain && Array.isArray(chain.heads) ? chain.heads : undefined;
    const hashes = heads?.map((one: { hash?: unknown } | null) => one?.hash);
    return hashes?.filter((text): text is string => typeof text === 'string' && /^[0-9a-f]{64}$/.test(text));
  } catch {
    return undefined;
  }
}
