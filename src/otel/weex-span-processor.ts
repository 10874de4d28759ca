import type { Context } from '@opentelemetry/api';
import { readProcessEnv } from '../config/process-env';
import type { WeexOptions } from '../config/settings';
import { systemClock } from '../lib/clock';
import { createProcessLog } from '../lib/log';
import type { FinishedSpan } from '../mapping/finished-span';
import { openPipeline } from '../pipeline';
import { AccountHandle } from './account-handle';
import { checkInCode } from './check-in-code';
import { type StartingSpan, startedSpanOf } from './starting-span';
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
  #isUsed = false;

  /** @throws WeexConfigError listing every setting in code that cannot work, and all missing credentials. */
  constructor(options: WeexSpanProcessorOptions = {}) {
    const { exporter, ...settings } = options;
    super(exporter === undefined ? openPipeline(settings) : exporter.shareLease());
    if (this.lease.settings.mode === 'off') return;
    checkInCode({
      processor: this,
      isUsed: () => this.#isUsed,
      clock: systemClock,
      found: (check) => {
        if (this.isShutdown) return;
        const log = createProcessLog(readProcessEnv());
        for (const problem of check.problems) log.warn(problem);
        this.noteSelfCheck(check);
      },
    });
  }

  onStart(span: StartingSpan, parentContext: Context): void {
    this.#isUsed = true;
    try {
      this.lease.pipeline.spanStarted(startedSpanOf(span, parentContext));
    } catch {
      // A span that cannot be read when it starts is taken as it ends.
    }
  }

  onEnd(span: FinishedSpan): void {
    this.lease.pipeline.acceptSpan(span);
  }
}
