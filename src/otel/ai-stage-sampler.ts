import {
  type Attributes,
  type Context,
  type Link,
  type Sampler,
  SamplingDecision,
  type SamplingResult,
  type SpanKind,
} from '@opentelemetry/api';
import { readProcessEnv } from '../config/process-env';
import {
  ATTR_AI_CLIENT_ORDER_ID,
  ATTR_AI_EXPLANATION,
  ATTR_AI_INPUT,
  ATTR_AI_MODEL,
  ATTR_AI_ORDER_ID,
  ATTR_AI_OUTPUT,
  ATTR_AI_STAGE,
  ATTR_AI_SYMBOL,
} from '../entry/attributes';
import { AiLogStage, canonicalStage } from '../entry/stage';
import { WeexConfigError } from '../errors';
import { createProcessLog } from '../lib/log';

export interface AiStageSamplerOptions {
  /**
   * Which of the spans that the delegate drops are recorded all the same.
   *
   * `'all'`: every one, so that attributes set late and whole traces are kept. Each costs what a recorded span
   * costs, a few microseconds. `'stages'`: only spans that look like stages when they start, by an `ai.*`
   * attribute of ours or by one of the five stage names. Spans of AI libraries are then not recorded, and neither
   * are the parents by which an entry's order is found.
   *
   * @default 'all'
   */
  readonly record?: 'all' | 'stages' | undefined;
}

const KNOWN_STAGES: ReadonlySet<string> = new Set(Object.values(AiLogStage));
const NOT_SAMPLED: SamplingResult = { decision: SamplingDecision.NOT_RECORD };

/**
 * Makes every AI decision reach `WeexSpanProcessor` without changing what any other backend gets.
 *
 * What the delegate drops becomes record-only: processors see the span, its sampled flag stays off, so batch and
 * simple processors pass it by, and its children and the services that it calls inherit a decision not to
 * sample. What the delegate samples, and the attributes and trace state that it gives, are left as they are. Only
 * a processor that does not look at the sampled flag gets more than before.
 *
 * A delegate that throws drops the span, as far as others are concerned; the bot goes on.
 *
 * @example
 * new NodeSDK({ sampler: new AiStageSampler(new TraceIdRatioBasedSampler(0.1)), ... })
 */
export class AiStageSampler implements Sampler {
  readonly #delegate: Sampler;
  readonly #record: 'all' | 'stages';
  #hasFailed = false;

  /** @throws WeexConfigError when the delegate is no sampler, or `record` is neither `'all'` nor `'stages'` */
  constructor(delegate: Sampler, options: AiStageSamplerOptions = {}) {
    const record = options.record ?? 'all';
    const problems: string[] = [];
    if (typeof delegate?.shouldSample !== 'function') {
      problems.push('AiStageSampler: expected a sampler to wrap, an object with shouldSample');
    }
    if (record !== 'all' && record !== 'stages') {
      problems.push(`AiStageSampler: expected record to be 'all' or 'stages', got ${JSON.stringify(record)}`);
    }
    if (problems.length > 0) throw new WeexConfigError(problems);
    this.#delegate = delegate;
    this.#record = record;
  }

  shouldSample(
    context: Context,
    traceId: string,
    spanName: string,
    spanKind: SpanKind,
    attributes: Attributes,
    links: Link[],
  ): SamplingResult {
    const result = this.#ask(context, traceId, spanName, spanKind, attributes, links);
    if (result.decision !== SamplingDecision.NOT_RECORD) return result;
    if (this.#record === 'stages' && !startsAsStage(spanName, attributes)) return result;
    const recorded: SamplingResult = { decision: SamplingDecision.RECORD };
    if (result.attributes !== undefined) recorded.attributes = result.attributes;
    if (result.traceState !== undefined) recorded.traceState = result.traceState;
    return recorded;
  }

  toString(): string {
    return `AiStageSampler{record=${this.#record}, delegate=${describe(this.#delegate)}}`;
  }

  #ask(...args: Parameters<Sampler['shouldSample']>): SamplingResult {
    try {
      const result = this.#delegate.shouldSample(...args);
      if (typeof result?.decision === 'number') return result;
      this.#tellOnce('did not return a sampling result');
    } catch (error) {
      this.#tellOnce(`threw (${error instanceof Error ? error.message : typeof error})`);
    }
    return NOT_SAMPLED;
  }

  #tellOnce(trouble: string): void {
    if (this.#hasFailed) return;
    this.#hasFailed = true;
    createProcessLog(readProcessEnv()).error(
      `the sampler ${describe(this.#delegate)} inside AiStageSampler ${trouble}; spans that it fails on are not ` +
        'sampled, AI logs are kept: mend or replace that sampler',
    );
  }
}

function startsAsStage(spanName: string, attributes: Attributes | undefined): boolean {
  return (
    (attributes !== undefined &&
      (attributes[ATTR_AI_STAGE] !== undefined ||
        attributes[ATTR_AI_MODEL] !== undefined ||
        attributes[ATTR_AI_INPUT] !== undefined ||
        attributes[ATTR_AI_OUTPUT] !== undefined ||
        attributes[ATTR_AI_EXPLANATION] !== undefined ||
        attributes[ATTR_AI_ORDER_ID] !== undefined ||
        attributes[ATTR_AI_CLIENT_ORDER_ID] !== undefined ||
        attributes[ATTR_AI_SYMBOL] !== undefined)) ||
    isStageName(spanName)
  );
}

/** Span names are few; a bot that makes them up as it goes costs a new look at each. */
const MOST_NAMES_KNOWN = 1_000;
const knownNames = new Map<string, boolean>();

function isStageName(name: string): boolean {
  const known = knownNames.get(name);
  if (known !== undefined) return known;
  const isStage = typeof name === 'string' && KNOWN_STAGES.has(canonicalStage(name));
  if (knownNames.size >= MOST_NAMES_KNOWN) knownNames.clear();
  knownNames.set(name, isStage);
  return isStage;
}

function describe(sampler: Sampler): string {
  try {
    return sampler.toString();
  } catch {
    return 'without a name';
  }
}
