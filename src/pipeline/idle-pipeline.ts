import { WeexApiError } from '../errors';
import type { Pipeline } from './pipeline';

/** Mode `off`: takes nothing, says so to whoever waits. */
export function createIdlePipeline(): Pipeline {
  return {
    spanStarted: () => {},
    acceptSpan: () => 'not-for-weex',
    acceptLogRecord: () => {},
    linkOrder: () => 'unknown',
    submit: () => ({ entryId: '', settled: Promise.resolve({ kind: 'recorded' }) }),
    resend: () => ({ entryId: '', settled: Promise.resolve({ kind: 'recorded' }) }),
    submitSync: () => ({ entryId: '', outcome: { kind: 'recorded' } }),
    wait: () =>
      Promise.reject(
        new WeexApiError({
          code: 'REJECTED',
          disposition: 'reject',
          message: 'nothing is sent: mode is off',
        }),
      ),
    health: () => ({
      ready: false,
      waiting: 0,
      pending: 0,
      delivered: 0,
      rejected: 0,
      invalid: 0,
      skipped: 0,
      lost: 0,
      oldestPendingMillis: 0,
      journal: 'memory',
    }),
    releaseAll: () => {},
    flush: () => Promise.resolve(),
    close: () => Promise.resolve(),
  };
}
