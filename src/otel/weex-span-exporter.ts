import type { WeexOptions } from '../config/settings';
import type { FinishedSpan } from '../mapping/finished-span';
import { openPipeline, type PipelineLease } from '../pipeline';
import { AccountHandle } from './account-handle';

/** The SDK's `ExportResult`: `code` 0 is success, 1 is failure. */
export interface ExportResult {
  code: number;
  error?: Error;
}

const SUCCESS = 0;
const FAILED = 1;

/**
 * Sends finished stage spans to WEEX from behind a span processor of the SDK.
 *
 * It sees only what that processor passes on: with a BatchSpanProcessor no unsampled span, and nothing that
 * its queue drops. `WeexSpanProcessor` is the better way in; both side by side log a span once.
 */
export class WeexSpanExporter extends AccountHandle {
  /** @throws WeexConfigError listing every setting in code that cannot work, and all missing credentials. */
  constructor(options: WeexOptions = {}) {
    super(openPipeline(options));
  }

  /**
   * SUCCESS means that the entries are kept by the journal and will be delivered, FAILED that one is lost.
   * The callback is called once, before this returns.
   */
  export(spans: readonly FinishedSpan[], resultCallback: (result: ExportResult) => void): void {
    resultCallback(this.#take(spans));
  }

  #take(spans: readonly FinishedSpan[]): ExportResult {
    if (this.isShutdown) {
      return { code: FAILED, error: new Error('WeexSpanExporter was shut down: the spans were not taken') };
    }
    let lost = 0;
    for (const span of spans) if (this.lease.pipeline.acceptSpan(span) === 'lost') lost += 1;
    return lost === 0
      ? { code: SUCCESS }
      : { code: FAILED, error: new Error(`${lost} AI logs are lost: neither disk nor memory took them`) };
  }

  /** For `new WeexSpanProcessor({ exporter })`. @internal */
  shareLease(): PipelineLease {
    return this.lease.share();
  }
}
