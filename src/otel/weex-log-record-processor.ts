import type { WeexOptions } from '../config/settings';
import type { MessageLogRecord } from '../mapping/log-messages';
import { openPipeline } from '../pipeline';
import { AccountHandle } from './account-handle';
import type { WeexSpanExporter } from './weex-span-exporter';

export interface WeexLogRecordProcessorOptions extends WeexOptions {
  /** Shares this exporter's account; the other options are then its. */
  exporter?: WeexSpanExporter | undefined;
}

/**
 * Takes the messages that instrumentations put into log records, such as `@opentelemetry/instrumentation-openai`, and
 * keeps them until the span of their model call ends. Other log records are left alone; none is changed.
 *
 * It goes into the logger provider, beside a `WeexSpanProcessor` with the same options in the tracer provider.
 */
export class WeexLogRecordProcessor extends AccountHandle {
  /** @throws WeexConfigError listing every setting in code that cannot work, and all missing credentials. */
  constructor(options: WeexLogRecordProcessorOptions = {}) {
    const { exporter, ...settings } = options;
    super(exporter === undefined ? openPipeline(settings) : exporter.shareLease());
  }

  onEmit(record: MessageLogRecord): void {
    try {
      this.lease.pipeline.acceptLogRecord(record);
    } catch {
      // A record that cannot be read holds no messages.
    }
  }
}
