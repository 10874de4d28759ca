import type { Span } from '@opentelemetry/api';
import {
  ATTR_AI_EXPLANATION,
  ATTR_AI_INPUT,
  ATTR_AI_MODEL,
  ATTR_AI_ORDER_ID,
  ATTR_AI_OUTPUT,
} from '../entry/attributes';
import { jsonValue, type OrderId, orderIdValue, textValue } from './attribute-values';
import { DelegatingSpan } from './delegating-span';
import { explanationValue } from './stage-details';
import { stageLog } from './stage-log';

/** A span that knows the fields of an AI log. None of its methods throws. */
export interface StageSpan extends Span {
  /** The exact id of the model, as its provider returned it. */
  setModel(model: string): this;
  /** The complete request to the model. Text goes as it is, anything else by `serializeForAiLog`. */
  setInput(input: unknown): this;
  /** What the model answered; for an order, what was really sent. */
  setOutput(output: unknown): this;
  /** Why it was decided so, in the model's own words. */
  setExplanation(explanation: string): this;
  /** The id of the order, or one for each order; `'none'` says that there is no order. */
  setOrderId(orderId: OrderId | readonly OrderId[]): this;
}

/** A setter that costs nothing on a span that nobody records. */
function setter(
  key: string,
  toValue: (value: unknown) => ReturnType<typeof orderIdValue>,
): PropertyDescriptor {
  return {
    configurable: true,
    writable: true,
    value(this: Span, given: unknown): Span {
      try {
        if (!this.isRecording()) {
          if ('ended' in this && this.ended === true) tellLost(key);
          return this;
        }
        const value = toValue(given);
        if (value !== undefined) this.setAttribute(key, value);
      } catch {
        // A value that cannot be read is missing from the log; the stage goes on.
      }
      return this;
    },
  };
}

const tellLost = (key: string): void =>
  stageLog.warn(
    'set-after-end',
    `${key} was set on a stage whose span has ended, so it is lost: set it before end(), and hand an order id ` +
      'that comes later to linkOrder',
  );

const SETTERS: PropertyDescriptorMap = {
  setModel: setter(ATTR_AI_MODEL, textValue),
  setInput: setter(ATTR_AI_INPUT, jsonValue),
  setOutput: setter(ATTR_AI_OUTPUT, jsonValue),
  setExplanation: setter(ATTR_AI_EXPLANATION, explanationValue),
  setOrderId: setter(ATTR_AI_ORDER_ID, orderIdValue),
};

/**
 * Gives a span that was just started the setters of a stage.
 *
 * They become properties of this one object, not of its class, and do not show when it is printed. A wrapper
 * would be another object than the one that processors hold and that `trace.getActiveSpan()` should return:
 * what others keep about a span, by identity or in fields that the API does not have, would be lost on it. Only
 * a span that takes no properties is wrapped.
 */
export function toStageSpan(span: Span): StageSpan {
  if (takesSetters(span)) return span;
  const wrapped: Span = new DelegatingSpan(span);
  if (takesSetters(wrapped)) return wrapped;
  throw new TypeError('unreachable: a fresh object takes properties');
}

function takesSetters(span: Span): span is StageSpan {
  try {
    Object.defineProperties(span, SETTERS);
    return true;
  } catch {
    return false;
  }
}
