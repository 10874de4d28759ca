/** Blocks the thread: for callers that cannot await and have asked for it. */
export function sleepSync(millis: number): void {
  if (millis > 0) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, millis);
}
