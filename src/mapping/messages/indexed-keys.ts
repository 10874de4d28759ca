import { putKey } from '../../entry/put-key';

type Branch = Map<string, unknown>;

/** Names have a few pieces; a key with more is nobody's. */
const MOST_PIECES = 16;

/**
 * The list that a vocabulary spread over keys with numbers in them (`llm.input_messages.10.message.role`), in the
 * order of the numbers: keys come in any order, and with holes. Keys without a number after the prefix are others'.
 *
 * @param prefix with its last dot
 */
export function indexedList(
  attributes: Readonly<Record<string, unknown>>,
  prefix: string,
): readonly unknown[] | undefined {
  const root: Branch = new Map();
  for (const key of Object.keys(attributes)) {
    if (!key.startsWith(prefix)) continue;
    const path = key.slice(prefix.length).split('.', MOST_PIECES);
    if (/^\d+$/.test(path[0] ?? '')) put(root, path, attributes[key]);
  }
  if (root.size === 0) return undefined;
  const list = plain(root);
  return Array.isArray(list) ? list : undefined;
}

function put(root: Branch, path: readonly string[], value: unknown): void {
  let branch = root;
  for (const piece of path.slice(0, -1)) {
    const next = branch.get(piece);
    if (next instanceof Map) {
      branch = next;
    } else {
      const grown: Branch = new Map();
      branch.set(piece, grown);
      branch = grown;
    }
  }
  branch.set(path.at(-1) ?? '', value);
}

function plain(value: unknown): unknown {
  if (!(value instanceof Map)) return value;
  const entries = [...value].map(([key, member]): [string, unknown] => [String(key), plain(member)]);
  if (entries.every(([key]) => /^\d+$/.test(key))) {
    return entries.sort(([a], [b]) => Number(a) - Number(b)).map(([, member]) => member);
  }
  const record: Record<string, unknown> = {};
  for (const [key, member] of entries) putKey(record, key, member);
  return record;
}
