/**
 * A map that forgets: it holds at least the last `capacity` keys that were set, at most twice as many. Nothing is
 * ever moved or deleted one by one, so it costs no more than a plain map.
 */
export interface TwoGenerations<V> {
  get(key: string): V | undefined;
  set(key: string, value: V): void;
}

export function createTwoGenerations<V>(capacity: number): TwoGenerations<V> {
  let recent = new Map<string, V>();
  let older = new Map<string, V>();
  return {
    get: (key) => recent.get(key) ?? older.get(key),
    set(key, value) {
      if (recent.size >= capacity) {
        older = recent;
        recent = new Map();
      }
      recent.set(key, value);
    },
  };
}
