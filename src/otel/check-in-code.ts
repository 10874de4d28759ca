import { registeredProvider, registeredVersion } from '../host/api-copies';
import { findBotPackage } from '../host/bot-packages';
import { blindApis, installedApis } from '../host/installed-apis';
import { spanProcessorsOf } from '../host/provider-parts';
import { checkProvider, type SelfCheck } from '../host/self-check';
import type { Clock } from '../lib/clock';

export interface CheckInCode {
  /** A `WeexSpanProcessor` that the bot has made. */
  readonly processor: object;
  /** Whether a span has been started in it. */
  isUsed(): boolean;
  readonly clock: Clock;
  /** Takes what was found, once. */
  found(check: SelfCheck): void;
}

/** Right after the bot's set-up, and then for a bot that sets up late. */
const LOOKS_MILLIS = [0, 1_000, 9_000] as const;

/** On `globalThis`, for a process may have two copies of this package; each worker thread has its own. */
const CLAIMED = Symbol.for('opentelemetry-exporter-weex.self-check.1');

/** Register checks by itself, whatever the bot's code does. */
export function claimSelfCheck(): void {
  Reflect.set(globalThis, CLAIMED, true);
}

/**
 * Looks, once the bot has set up its tracer provider, whether decisions can reach the processor. Costs nothing
 * on the way of a span.
 */
export function checkInCode(parts: CheckInCode): void {
  if (Reflect.has(globalThis, CLAIMED)) return;
  look(parts, 0);
}

function look(parts: CheckInCode, turn: number): void {
  parts.clock.schedule(LOOKS_MILLIS[turn] ?? 0, () => {
    try {
      const check = verdict(parts, turn === LOOKS_MILLIS.length - 1);
      if (check !== undefined) parts.found(withApiCopies(check));
      else look(parts, turn + 1);
    } catch {
      // A process that cannot be read has not been checked.
    }
  });
}

/** `undefined`: it may still change. */
function verdict({ processor, isUsed }: CheckInCode, isLast: boolean): SelfCheck | undefined {
  const provider = registeredProvider();
  const processors = provider && spanProcessorsOf(provider)?.list;
  if (processors?.includes(processor)) return checkProvider('in code', provider);
  if (!isLast) return undefined;
  // Spans come from a provider that was not given to the API, or through a processor around ours.
  if (isUsed()) return { provider: 'in code', problems: [] };
  if (provider === undefined) return { provider: 'in code', problems: [NO_PROVIDER] };
  return processors === undefined
    ? { provider: 'in code', problems: [] }
    : { provider: 'in code', lostGlobalProvider: true, problems: [LOST] };
}

const NO_PROVIDER =
  'no tracer provider was registered with the OpenTelemetry API within 10 seconds of new WeexSpanProcessor(), so no AI logs are taken: start the SDK (sdk.start(), or trace.setGlobalTracerProvider(provider))';

const LOST =
  'the tracer provider that the OpenTelemetry API uses has no WeexSpanProcessor: another one was registered first, and spans of tracers from the API do not reach WEEX. Add new WeexSpanProcessor() to its span processors, or register yours before it';

function withApiCopies(check: SelfCheck): SelfCheck {
  const copies = installedApis((name) => findBotPackage(process.argv[1], process.cwd(), name));
  if (copies.length < 2) return check;
  const blind = registeredProvider() === undefined ? [] : blindApis(copies, registeredVersion());
  const problem = `several copies of @opentelemetry/api: version ${registeredVersion()} has registered the tracer provider, and newer copies do not see it, so that code which uses them makes no spans: ${blind.map(({ version, path }) => `${version} in ${path}`).join('; ')}. Install one version (npm ls @opentelemetry/api)`;
  return {
    ...check,
    apiCopies: copies,
    problems: blind.length === 0 ? check.problems : [...check.problems, problem],
  };
}
