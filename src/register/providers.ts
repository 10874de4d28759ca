import {
  type ApiCopy,
  behindProxies,
  blindCopies,
  registeredProvider,
  registeredVersion,
} from './api-copies';
import { attach } from './attach';
import type { Lines } from './lines';
import type { Registration } from './provider-watch';
import type { RegisteredProcessor } from './registered-processor';

const SAMPLER_HINT =
  'Its sampler cannot be changed from here: what it drops does not reach WEEX. Wrap it in AiStageSampler in code, or have register start the SDK with OTEL_TRACES_EXPORTER=otlp,weex';

/**
 * Sees to it that every tracer provider of the process has our processor.
 *
 *   waiting --ours starts--------> own     (a later provider of the bot's is attached to as well)
 *   waiting --another is there---> guest
 */
export class Providers {
  readonly #processor: RegisteredProcessor;
  readonly #copies: readonly ApiCopy[];
  readonly #lines: Lines;
  #starting = false;
  #own: object | undefined;
  #attached = false;

  constructor(processor: RegisteredProcessor, copies: readonly ApiCopy[], lines: Lines) {
    this.#processor = processor;
    this.#copies = copies;
    this.#lines = lines;
  }

  /** Whether spans reach us from anywhere. */
  get attached(): boolean {
    return this.#attached;
  }

  /** Runs what sets up our own SDK; false when it registered no tracer provider. */
  startOwn(start: () => void): boolean {
    this.#starting = true;
    try {
      start();
    } finally {
      this.#starting = false;
    }
    this.#own ??= registeredProvider();
    if (this.#own === undefined) return false;
    const attachment = attach(this.#own, this.#processor);
    this.#attached = attachment.kind !== 'impossible';
    if (attachment.kind === 'impossible') this.#sayImpossible(attachment.providerName);
    this.#sayBlindCopies();
    return true;
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
    const attachment = attach(provider, this.#processor);
    switch (attachment.kind) {
      case 'present':
        this.#attached = true;
        return;
      case 'impossible':
        this.#sayImpossible(attachment.providerName);
        return;
      case 'attached': {
        const first = !this.#attached;
        this.#attached = true;
        if (first || accepted) this.#sayAttached(attachment.raised);
        else this.#sayIgnored();
        this.#sayBlindCopies();
        return;
      }
    }
  }

  #sayAttached(raised: boolean): void {
    const line = 'attached to the tracer provider that was set in this process.';
    this.#lines.info('attached', raised ? line : `${line} ${SAMPLER_HINT}`);
  }

  #sayIgnored(): void {
    const former = this.#own === undefined ? 'an earlier one' : 'the one that register started';
    this.#lines.warn(
      'ignored-provider',
      `a tracer provider was set up after ${former}, and the OpenTelemetry API ignores it: tracers from the API go on with the first. AI logs are taken from both; remove one of the two`,
    );
  }

  #sayImpossible(providerName: string): void {
    this.#lines.error(
      'impossible',
      `cannot attach to this tracer provider (${providerName}): AI logs are not taken from it. Add new WeexSpanProcessor() to its span processors in code`,
    );
  }

  #sayBlindCopies(): void {
    const blind = blindCopies(this.#copies);
    if (blind.length === 0) return;
    this.#lines.error(
      'blind-copies',
      `several copies of @opentelemetry/api: the tracer provider was registered by version ${registeredVersion()}, and these do not see it, so that code which uses them makes no spans: ${blind.map((copy) => copy.label).join('; ')}. Install one version (npm ls @opentelemetry/api)`,
    );
  }
}
