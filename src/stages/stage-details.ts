import type { Attributes, Tracer } from '@opentelemetry/api';
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
import { attempt } from '../lib/attempt';
import { jsonValue, type OrderId, orderIdValue, textValue } from './attribute-values';

/** What is known about a stage when it starts. The rest is set on its span. */
export interface StageDetails {
  /** The exact id of the model, as its provider returned it. */
  model: string;
  /** The complete request to the model. Text goes as it is, anything else by `serializeForAiLog`. */
  input?: unknown;
  /** What the model answered; for an order, what was really sent. */
  output?: unknown;
  /** Why it was decided so, in the model's own words. WEEX takes 1,000 characters; the rest stays in the journal. */
  explanation?: string | undefined;
  /** The id of the order, or one for each order; `'none'` says that there is no order. */
  orderId?: OrderId | readonly OrderId[] | undefined;
  /** Joins this stage with the order's other stages, across restarts too, before the order has an id. */
  clientOrderId?: string | undefined;
  /** For example `BTCUSDT`. Stages that name different symbols never share an order. */
  symbol?: string | undefined;
  /** @default the global provider's */
  tracer?: Tracer | undefined;
  /** Further attributes of the span, for other backends. */
  attributes?: Attributes | undefined;
}

/**
 * The attributes that the span starts with, so that samplers see them and no attribute limit takes them. Each
 * detail that cannot be read is left out: telemetry is no reason for a bot to fail.
 */
export function stageAttributes(stage: string, details: StageDetails): Attributes {
  const stated: [key: string, value: Attributes[string]][] = [
    [ATTR_AI_STAGE, stage],
    [ATTR_AI_MODEL, attempt(() => textValue(details.model))],
    [ATTR_AI_ORDER_ID, attempt(() => orderIdValue(details.orderId))],
    [ATTR_AI_CLIENT_ORDER_ID, attempt(() => textValue(details.clientOrderId))],
    [ATTR_AI_SYMBOL, attempt(() => textValue(details.symbol))],
    [ATTR_AI_EXPLANATION, attempt(() => explanationValue(details.explanation))],
    [ATTR_AI_INPUT, attempt(() => jsonValue(details.input))],
    [ATTR_AI_OUTPUT, attempt(() => jsonValue(details.output))],
  ];
  const attributes: Attributes = {};
  for (const [key, value] of stated) {
    if (value !== undefined) attributes[key] = value;
  }
  const further = attempt(() => details.attributes);
  for (const key of attempt(() => Object.keys(further ?? {})) ?? []) {
    if (key in attributes) continue;
    const value = attempt(() => further?.[key]);
    if (value !== undefined) attributes[key] = value;
  }
  return attributes;
}

/** A reason given as an object is kept as JSON: it is still better than none. */
export const explanationValue = (value: unknown): string | undefined =>
  value === null ? undefined : (textValue(value) ?? jsonValue(value));
