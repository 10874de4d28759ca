const flushers = new Set<() => void>();

const flushAll = (): void => {
  for (const flush of flushers) flush();
};

/**
 * Runs `flush`, which must not throw or wait, when the process or thread exits: by then no turn of the event
 * loop is left that would do it. One listener for all, so that many journals cause no warning.
 */
export function flushAtExit(flush: () => void): { cancel(): void } {
  if (flushers.size === 0) process.on('exit', flushAll);
  flushers.add(flush);
  return {
    cancel() {
      flushers.delete(flush);
      if (flushers.size === 0) process.off('exit', flushAll);
    },
  };
}
