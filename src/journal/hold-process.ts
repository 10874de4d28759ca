const FOR_EVER_MILLIS = 2 ** 31 - 1;

/**
 * Keeps the process alive until `work` has ended: for what somebody asked for and awaits. What the journal does
 * by itself never holds a process, so without this an awaited recovery could end with it.
 */
export async function holdProcess<T>(work: Promise<T>): Promise<T> {
  const hold = setInterval(() => undefined, FOR_EVER_MILLIS);
  try {
    return await work;
  } finally {
    clearInterval(hold);
  }
}
