import {
  type ApiCopy,
  behindProxies,
  blindCopies,
  registeredProvider,
  registeredVersion,
} from '../host/api-copies';
import { nameOf, samplerOf } from '../host/provider-parts';
import { checkProvider, type SelfCheck } from '../host/self-check';
import { attach } from './attach';
import type { Lines } from './lines';
import type { Registration } from './provider-watch';
import type { RegisteredProcessor } from './registered-processor';

const WRAP_IT =
  ': what it drops does not reach WEEX. Wrap it in AiStageSampler in code, or have register start the SDK with OTEL_TRACES_EXPORTER=otlp,weex';

export interface ProvidersParts {
  readonly processor: RegisteredProcessor;
  readonly copies: readonly ApiCopy[];
  readonly lines: Lines;
  /** Takes what is known of the process, each time that something new is. */
  found(check: SelfCheck): void;
}

/**
 * Sees to it that every tracer provider of the process has our processor.
 *
 *   waiting --ours starts--------> own     (a later provider of the bot's is attached to as well)
 *   waiting --another is there---> guest
 */
export class Providers {
  readonly #parts: ProvidersParts;
  #starting = false;
  #own: object | undefined;
  #attached = false;
  #check: SelfCheck | undefined;

  constructor(parts: ProvidersParts) {
    this.#parts = parts;
  }

  /** Whether spans reach us from anywhere. */
  get attached(): boolean {
    return this.#attached;
  }

  /**
   * Runs what sets up our own SDK; false when it registered no tracer provider. `prepare` gets the provider
   * before anything else does.
   */
  startOwn(start: () => void, prepare: (provider: object) => void = () => {}): boolean {
    this.#starting = true;
    try {
      start();
    } finally {
      this.#starting = false;
    }
    this.#own ??= registeredProvider();
    if (this.#own === undefined) return false;
    prepare(this.#own);
    const attachment = attach(this.#own, this.#parts.processor);
    this.#attached = attachment.kind !== 'impossible';
    if (attachment.kind === 'impossible') this.#sayImpossible(attachment.providerName);
    this.#sayBlindCopies();
    this.#tell(this.#checkOf('started', this.#own));
    return true;
  }

  /** What was to be ours is not what the API uses; the reason has been said. */
  lost(): void {
    this.#tell({ provider: 'started', lostGlobalProvider: true, problems: [] });
  }

  /** A provider was given to the API. */
  registered({ provider, accepted }: Registration): void {
    if (this.#starting) {
      if (accepted) this.#own = behindProxies(provider);
      return;
    }
    this.#attachTo(provider, accepted);
  }

  /** Looks whether one was registered unseen: before us, or through an unknown copy of the API. */
  lookAgain(): void {
    const provider = registeredProvider();
    if (provider !== undefined) this.#attachTo(provider, true);
  }

  #attachTo(provider: object, accepted: boolean): void {
    const target = behindProxies(provider);
    const attachment = attach(target, this.#parts.processor);
    switch (attachment.kind) {
      case 'present':
        if (!this.#attached) this.#tell(this.#checkOf('in code', target));
        this.#attached = true;
        return;
      case 'impossible':
        if (accepted || !this.#attached) this.#sayImpossible(attachment.providerName);
        else this.#sayIgnoredVendor(attachment.providerName);
        this.#tell(this.#check ?? { provider: 'attached', lostGlobalProvider: true, problems: [] });
        return;
      case 'attached': {
        const first = !this.#attached;
        this.#attached = true;
        const check = first ? this.#checkOf('attached', target) : this.#check;
        if (!first && !accepted) this.#sayIgnored();
        this.#sayBlindCopies();
        if (check) this.#tell(check);
        return;
      }
    }
  }

  #checkOf(kind: SelfCheck['provider'], provider: object): SelfCheck {
    const check = checkProvider(kind, provider);
    if (kind === 'attached') this.#sayAttached(check, nameOf(samplerOf(provider)) === 'AiStageSampler');
    for (const problem of check.problems) this.#parts.lines.warn(problem, problem);
    return check;
  }

  #tell(check: SelfCheck): void {
    this.#check = check;
    this.#parts.found(check);
  }

  /** What its sampler drops, if that is known, is a line of its own. */
  #sayAttached({ dropsStages }: SelfCheck, raised: boolean): void {
    const unchanged = 'Its sampler cannot be changed from here';
    const about = raised ? [] : [dropsStages === true ? `${unchanged}.` : `${unchanged}${WRAP_IT}`];
    this.#parts.lines.info(
      'attached',
      ['attached to the tracer provider that was set in this process.', ...about].join(' '),
    );
  }

  #sayIgnored(): void {
    this.#parts.lines.warn(
      'ignored-provider',
      `a tracer provider was set up after ${this.#former()}, and the OpenTelemetry API ignores it: tracers from the API go on with the first. AI logs are taken from both; remove one of the two`,
    );
  }

  #sayIgnoredVendor(providerName: string): void {
    this.#parts.lines.warn(
      'ignored-provider',
      `a tracer provider (${providerName}) was set up after ${this.#former()}, and the OpenTelemetry API ignores it: tracers from the API go on with the first. AI logs are taken; ${providerName} gets no spans from the API`,
    );
  }

  #former(): string {
    return this.#own === undefined ? 'an earlier one' : 'the one that register started';
  }

  #sayImpossible(providerName: string): void {
    this.#parts.lines.error(
      'impossible',
      `cannot attach to this tracer provider (${providerName}): AI logs are not taken from it. ${wayOut(providerName)}`,
    );
  }

  #sayBlindCopies(): void {
    const blind = blindCopies(this.#parts.copies);
    if (blind.length === 0) return;
    this.#parts.lines.error(
      'blind-copies',
      `several copies of @opentelemetry/api: the tracer provider was registered by version ${registeredVersion()}, and these do not see it, so that code which uses them makes no spans: ${blind.map((copy) => copy.label).join('; ')}. Install one version (npm ls @opentelemetry/api)`,
    );
  }
}

/** Sentry's provider has no span processors at all, so the general advice would not help. */
const wayOut = (providerName: string): string =>
  providerName === 'SentryTracerProvider'
    ? 'Give Sentry 10 openTelemetryBasicTracerProvider: true, Sentry 11 enableOpenTelemetrySetup: false; or let register start the SDK before Sentry does (OTEL_TRACES_EXPORTER=otlp,weex)'
    : 'Add new WeexSpanProcessor() to its span processors in code';
