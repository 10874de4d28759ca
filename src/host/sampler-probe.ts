import { ROOT_CONTEXT, SamplingDecision, SpanKind } from '@opentelemetry/api';
import { call, property } from './foreign';
import { nameOf } from './provider-parts';

/**
 * Ratio samplers keep these two last: the first has the highest value by the SDK's own reckoning (its parts
 * XORed) and the lowest randomness by the specification's (the last 56 bits), the second is low in the rest.
 */
const LAST_KEPT = ['fffffffe000000000000000000000000', '0000000000000000fffffffffffffffe'] as const;

const STAGE = { 'ai.stage': 'Decision Making', 'ai.model': 'self-check', 'ai.input': '{}' };

/**
 * Whether a sampler drops an AI stage that begins a trace; `undefined` when it cannot be asked. No span is made.
 */
export function dropsStages(sampler: object): boolean | undefined {
  try {
    const decisions = LAST_KEPT.map((traceId) =>
      property(
        call(sampler, 'shouldSample', ROOT_CONTEXT, traceId, 'Decision Making', SpanKind.INTERNAL, STAGE, []),
        'decision',
      ),
    );
    if (!decisions.every((decision) => typeof decision === 'number')) return undefined;
    return decisions.includes(SamplingDecision.NOT_RECORD);
  } catch {
    return undefined;
  }
}

/** As the sampler describes itself. */
export function samplerName(sampler: object): string {
  try {
    const text = call(sampler, 'toString');
    if (typeof text === 'string' && text !== '' && !text.startsWith('[object')) return text;
  } catch {
    // Its class has a name.
  }
  return nameOf(sampler);
}
