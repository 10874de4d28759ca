/** What `read` returns, or `undefined` if it throws: for getters, proxies and `toString`s that are not ours. */
export function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
