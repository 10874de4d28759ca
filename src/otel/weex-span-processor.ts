import type { WeexOptions } from '../config/settings';
import type { FinishedSpan } from '../mapping/finished-span';
import { openPipeline } from '../pipeline';
import { AccountHandle } from './account-handle';
import type { WeexSpanExporter } from './weex-span-exporter';

export interface WeexSpanProcessorOptions extends WeexOptions {
  /** Shares this exporter's account and journal; the other options are then its. */
  exporter?: WeexSpanExporter | undefined;
}

/**
 * Takes every finished stage span, sampled or not, and keeps it before `span.end()` returns.
 *
 * Add it beside the processors of your other backends; with `AiStageSampler` it also gets the spans that
 * the sampler drops. It changes no span and throws nothing into the bot.
 */
export class WeexSpanProcessor extends AccountHandle {
  /** @throws WeexConfigError listing every setting in code that cannot work, and all missing credentials. */
  constructor(options: WeexSpanProcessorOptions = {}) {
    const { exporter, ...settings } = options;
    super(exporter === undefined ? openPipeline(settings) : exporter.shareLease());
  }

  onStart(): void {}

  onEnd(span: FinishedSpan): void {
    this.lease.pipeline.acceptSpan(span);
  }
}
