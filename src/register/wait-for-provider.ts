import { isMainThread } from 'node:worker_threads';
import type { Clock } from '../lib/clock';
import type { Lines } from './lines';
import type { Providers } from './providers';

/** Right after the main module's first ticks, and then ever more slowly. */
const FIRST_LOOKS_MILLIS = [0, 100, 1_000, 3_000];
const LATER_LOOKS_MILLIS = 10_000;
const PATIENCE_MILLIS = 10_000;

/**
 * Looks now and then until some provider is attached to. Those set through a known copy of the API are seen
 * at once without it; this finds what was set through any other.
 */
export function waitForProvider(providers: Providers, lines: Lines, clock: Clock): void {
  const startedAt = clock.monotonicMillis();
  const sayNone = (): void => {
    providers.lookAgain();
    // A worker thread often has no tracing at all, and needs none. After an error the reason is known.
    if (!isMainThread || providers.attached || lines.anyError) return;
    lines.warn(
      'no-provider',
      'no tracer provider has been set in this process, so no AI logs are taken. Set one up in the bot, or let register start the installed SDK: OTEL_TRACES_EXPORTER=otlp,weex',
    );
  };
  const look = (turn: number): void => {
    if (providers.attached) return;
    providers.lookAgain();
    if (providers.attached) return;
    if (clock.monotonicMillis() - startedAt >= PATIENCE_MILLIS) sayNone();
    clock.schedule(FIRST_LOOKS_MILLIS[turn + 1] ?? LATER_LOOKS_MILLIS, () => look(turn + 1));
  };
  providers.lookAgain();
  if (providers.attached) return;
  clock.schedule(FIRST_LOOKS_MILLIS[0] ?? 0, () => look(0));
  process.once('exit', sayNone);
}
