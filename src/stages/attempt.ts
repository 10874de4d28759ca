/** What `read` returns, or `undefined` if it throws: a bot's getters and `toString`s are not ours to trust. */
export function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
