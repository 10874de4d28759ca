import { samplerOf, spanLimitsOf } from './provider-parts';
import { dropsStages, samplerName } from './sampler-probe';

export interface InstalledApi {
  readonly version: string;
  readonly path: string;
}

/** What was found about the process at its start; `weex-ai-log doctor` shows it. */
export interface SelfCheck {
  readonly provider: 'started' | 'attached' | 'in code';
  readonly sampler?: string;
  readonly dropsStages?: boolean;
  /** Absent: none, or not to be read. */
  readonly attributeCountLimit?: number;
  readonly attributeValueLengthLimit?: number;
  /** Present when there is more than one. */
  readonly apiCopies?: readonly InstalledApi[];
  /** The API uses a provider that has none of our processors. */
  readonly lostGlobalProvider?: boolean;
  /** Whole sentences: what is wrong and what to do. */
  readonly problems: readonly string[];
}

/** Eight attributes of ours, those of a library beside them, and messages one by one under numbered keys. */
const FEW_ATTRIBUTES = 32;
/** Prompts with market data are often longer. */
const SHORT_VALUES = 32_768;

/** What the provider's own parts say. A part that cannot be read is no problem. */
export function checkProvider(kind: SelfCheck['provider'], provider: object | undefined): SelfCheck {
  if (provider === undefined) return { provider: kind, problems: [] };
  const sampler = samplerOf(provider);
  const drops = sampler && dropsStages(sampler);
  const limits = spanLimitsOf(provider);
  const problems: string[] = [];
  if (sampler !== undefined && drops === true) {
    problems.push(
      `the sampler ${samplerName(sampler)} drops AI stages, and what it drops does not reach WEEX: wrap it in AiStageSampler (sampler: new AiStageSampler(yourSampler))`,
    );
  }
  const { attributeCountLimit: count, attributeValueLengthLimit: length } = limits;
  if (count !== undefined && count < FEW_ATTRIBUTES) {
    problems.push(
      `a span keeps only ${count} attributes, and those set later are gone before we see them: raise OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT, or spanLimits in code`,
    );
  }
  if (length !== undefined && length < SHORT_VALUES) {
    problems.push(
      `attribute values are cut at ${length} characters, so that longer inputs and outputs arrive at WEEX cut: raise OTEL_SPAN_ATTRIBUTE_VALUE_LENGTH_LIMIT, or spanLimits in code`,
    );
  }
  return {
    provider: kind,
    ...(sampler === undefined ? {} : { sampler: samplerName(sampler) }),
    ...(drops === undefined ? {} : { dropsStages: drops }),
    ...limits,
    problems,
  };
}
