// @ts-check

/**
 * Says whether a new position may be opened: only while WEEX gets the logs, and none of an earlier cycle is
 * missing. It is for opening alone: a bot must always be able to close what it holds.
 *
 * A log is waited for after its cycle, not before its order: the decision's log carries the order's id, so it
 * goes out when the order is known.
 *
 * @param {import('opentelemetry-exporter-weex').WeexSpanProcessor} weex
 * @param {{ patienceMillis: number }} options how long a new position may wait for logs that are on their way
 */
export function createTradingGate(weex, { patienceMillis }) {
  /** @type {Map<string, string>} what is not at WEEX yet, and why */
  const missing = new Map();
  /** @type {Map<string, Promise<void>>} */
  const onTheirWay = new Map();

  /**
   * @param {string} what
   * @param {readonly import('@opentelemetry/api').SpanContext[]} stages
   */
  async function arrival(what, stages) {
    for (;;) {
      try {
        await Promise.all(stages.map((stage) => weex.waitUntilDelivered(stage, { timeoutMillis: 45_000 })));
        missing.delete(what);
        return;
      } catch (error) {
        const { code, message } = /** @type {import('opentelemetry-exporter-weex').WeexApiError} */ (error);
        missing.set(what, message);
        if (code !== 'PENDING') return; // rejected or invalid: a person has to look
      }
    }
  }

  return {
    /**
     * Follows the logs of a cycle that is over.
     *
     * @param {string} what
     * @param {readonly import('@opentelemetry/api').SpanContext[]} stages
     */
    follow(what, stages) {
      missing.set(what, 'on its way');
      onTheirWay.set(
        what,
        arrival(what, stages).finally(() => onTheirWay.delete(what)),
      );
    },

    /** Why no position may be opened now; `undefined`: it may. */
    async reasonToWait() {
      const troubled = reasonIn(weex.health());
      if (troubled !== undefined) return troubled;
      await Promise.race([Promise.all(onTheirWay.values()), millis(patienceMillis)]);
      for (const [what, why] of missing) return `a log of ${what} is missing: ${why}`;
      return reasonIn(weex.health());
    },

    /** A person has looked: the log was mended and sent again, or its cycle is given up. */
    dismiss: (/** @type {string} */ what) => missing.delete(what),
  };
}

/** @param {import('opentelemetry-exporter-weex').WeexHealth} health */
function reasonIn({ ready, paused, lost, journal, oldestPendingMillis }) {
  if (ready) return undefined;
  if (paused !== undefined) return `WEEX refuses the account: ${paused.reason}`;
  if (lost > 0) return `${lost} logs were lost`;
  if (journal === 'memory') return 'the journal is not on disk';
  return `a log has been pending for ${Math.round(oldestPendingMillis / 1_000)} s`;
}

const millis = (/** @type {number} */ count) =>
  new Promise((resolve) => {
    setTimeout(resolve, count).unref();
  });
