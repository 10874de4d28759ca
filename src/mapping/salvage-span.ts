import type { SpanContext } from '@opentelemetry/api';
import { attempt } from '../lib/attempt';
import type { FinishedEvent, FinishedSpan, HrTime } from './finished-span';
import { OWN_KEYS } from './vocabularies/own';

/** Stands in a salvaged span for an attribute that threw when it was read. */
export const UNREADABLE: unique symbol = Symbol('unreadable attribute');

/**
 * A plain copy of what can be read of a broken span: getters that throw, a `null` where an object should be,
 * proxies. `undefined` when not even one attribute can be read.
 */
export function salvageSpan(span: unknown): FinishedSpan | undefined {
  const attributes = salvageAttributes(memberOf(span, 'attributes'));
  if (attributes === undefined) return undefined;
  const context = attempt(() => {
    const spanContext = memberOf(span, 'spanContext');
    return typeof spanContext === 'function' ? Reflect.apply(spanContext, span, []) : undefined;
  });
  const status = memberOf(span, 'status');
  const code = memberOf(status, 'code');
  const dropped = memberOf(span, 'droppedAttributesCount');
  const parent = memberOf(span, 'parentSpanContext');
  const parentSpanId = textOf(memberOf(parent, 'spanId')) || textOf(memberOf(span, 'parentSpanId'));
  const salvagedContext: SpanContext = {
    traceId: textOf(memberOf(context, 'traceId')),
    spanId: textOf(memberOf(context, 'spanId')),
    traceFlags: 0,
  };
  return {
    name: textOf(memberOf(span, 'name')),
    kind: 0,
    spanContext: () => salvagedContext,
    startTime: salvageTime(memberOf(span, 'startTime')),
    endTime: salvageTime(memberOf(span, 'endTime')),
    status: {
      code: typeof code === 'number' ? code : 0,
      message: textOf(memberOf(status, 'message')),
    },
    attributes,
    events: salvageEvents(memberOf(span, 'events')),
    droppedAttributesCount: typeof dropped === 'number' ? dropped : 0,
    parentSpanId: parentSpanId === '' ? undefined : parentSpanId,
    instrumentationScope: {
      name:
        textOf(memberOf(memberOf(span, 'instrumentationScope'), 'name')) ||
        textOf(memberOf(memberOf(span, 'instrumentationLibrary'), 'name')),
    },
  };
}

function salvageAttributes(attributes: unknown): Record<string, unknown> | undefined {
  if (typeof attributes !== 'object' || attributes === null) return undefined;
  const keys = attempt(() => Object.keys(attributes)) ?? OWN_KEYS;
  const salvaged: Record<string, unknown> = {};
  let readable = keys.length === 0;
  for (const key of keys) {
    try {
      salvaged[key] = Reflect.get(attributes, key);
      readable = true;
    } catch {
      salvaged[key] = UNREADABLE;
    }
  }
  return readable ? salvaged : undefined;
}

/** Only the last events can tell why a span failed. */
const MOST_EVENTS = 16;

function salvageEvents(events: unknown): FinishedEvent[] {
  const last = attempt(() => (Array.isArray(events) ? events.slice(-MOST_EVENTS) : [])) ?? [];
  return last.map((event: unknown) => {
    const attributes = memberOf(event, 'attributes');
    return {
      name: textOf(memberOf(event, 'name')),
      time: [0, 0],
      attributes: {
        'exception.type': memberOf(attributes, 'exception.type'),
        'exception.message': memberOf(attributes, 'exception.message'),
      },
    };
  });
}

function salvageTime(time: unknown): HrTime {
  const seconds = memberOf(time, '0');
  const nanos = memberOf(time, '1');
  return typeof seconds === 'number' && typeof nanos === 'number' ? [seconds, nanos] : [0, 0];
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

function memberOf(owner: unknown, key: string): unknown {
  if ((typeof owner !== 'object' && typeof owner !== 'function') || owner === null) return undefined;
  return attempt(() => Reflect.get(owner, key));
}
