const ignore = (): void => {};

let writesUnderWay = 0;

/**
 * Writes one line to stderr, or nothing when nobody reads it.
 *
 * A plain `write` to a pipe whose reader is gone raises an `error` event that ends the process; the console
 * guards itself in this way. It is not used because bots and instrumentations patch it, and a line of ours
 * that becomes a log record could come back to us.
 */
export function writeToStderr(line: string): void {
  try {
    const { stderr } = process;
    if (stderr.destroyed || !stderr.writable) return;
    if (!stderr.listeners('error').includes(ignore)) stderr.on('error', ignore);
    writesUnderWay += 1;
    stderr.write(`${line}\n`, (error) => {
      writesUnderWay -= 1;
      // The `error` event of a failed write comes after this call: the listener is left to take it.
      if (!error && writesUnderWay === 0) stderr.removeListener('error', ignore);
    });
  } catch {
    // Closed, or replaced by something that throws.
  }
}
