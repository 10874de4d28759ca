import { objectText, parseExact, stringifyExact } from '../entry/json-text';
import { type OrderIdReading, readOrderIds } from '../entry/order-id';
import { serializeForAiLog } from '../entry/serialize';
import type { FinishedSpan } from './finished-span';
import { type NoticeCode, quotedName } from './notice';
import { UNREADABLE } from './salvage-span';
import { readText } from './text-field';
import { own } from './vocabularies/own';
import type { EntryField, SpanField, Vocabulary } from './vocabularies/vocabulary';

/** The attribute by which a bot states each field. */
export const KEY_OF: { readonly [F in EntryField]: string } = {
  stage: 'ai.stage',
  model: 'ai.model',
  input: 'ai.input',
  output: 'ai.output',
  explanation: 'ai.explanation',
  orderId: 'ai.order_id',
  clientOrderId: 'ai.client_order_id',
  symbol: 'ai.symbol',
};

/** How a field is called where a library and not the bot wrote it. */
const WORDS_FOR: { readonly [F in SpanField]: string } = {
  stage: 'stage',
  model: 'model',
  input: 'input',
  output: 'output',
  explanation: 'reasoning',
  orderId: 'order id',
  clientOrderId: 'client order id',
  symbol: 'symbol',
  responseModel: 'model',
  requestModel: 'model',
  responseId: 'id of the answer',
  functionName: 'name of the function',
  agentName: 'name of the agent',
  taskName: 'name of the task',
  chosenName: 'name',
  toolName: 'name of the tool',
  toolCallId: 'id of the tool call',
  toolResult: 'result of the tool',
};

/** Reads the fields of one span; each on its own, so that a broken one is missing and the others stand. */
export interface FieldReader {
  /** What the first vocabulary that has the field holds. */
  value(field: SpanField): unknown;
  text(field: SpanField): string | undefined;
  /** As the bot states it, else the one that answered, else the one that was asked for. */
  model(): string | undefined;
  /** The text of a JSON object. */
  json(field: 'input' | 'output'): string | undefined;
  orderIds(): OrderIdReading;
}

export function createFieldReader(
  span: FinishedSpan,
  vocabularies: readonly Vocabulary[],
  tell: (code: NoticeCode, text: string) => void,
): FieldReader {
  const nameOf = (field: SpanField): string =>
    `${isStated(field) ? KEY_OF[field] : `the ${WORDS_FOR[field]}`} on the span ${quotedName(span.name)}`;

  const isStated = (field: SpanField): field is EntryField => {
    try {
      return given(own.fields[field]?.(span.attributes, span));
    } catch {
      return true;
    }
  };

  const value = (field: SpanField): unknown => {
    for (const { fields } of vocabularies) {
      const found = fields[field]?.(span.attributes, span);
      if (given(found)) return found;
    }
    return undefined;
  };

  const guarded = <T>(field: SpanField, read: (value: unknown) => T): T | undefined => {
    try {
      const found = value(field);
      if (found !== UNREADABLE) return read(found);
    } catch {
      // Told below, together with what could not be salvaged.
    }
    tell(
      'attribute-unreadable',
      `${nameOf(field)} throws when it is read, so it is missing: set a plain value`,
    );
    return undefined;
  };

  const text = (field: SpanField): string | undefined =>
    guarded(field, (found) => {
      const { text: read = field === 'explanation' ? jsonOf(found) : undefined, cameAs } = readText(found);
      if (cameAs !== undefined) {
        const use = read === undefined ? 'it is not used' : 'its text is used';
        tell(
          'attribute-type',
          `${nameOf(field)} should be a string and is ${cameAs}, so ${use}: set a string`,
        );
      }
      return read;
    });

  return {
    value,
    text,
    model: () => text('model') ?? text('responseModel') ?? text('requestModel'),
    json: (field) =>
      guarded(field, (found) => {
        const object = objectText(found, field === 'input' ? 'prompt' : 'response');
        if (object?.truncated) {
          tell(
            'json-truncated',
            `${nameOf(field)} is JSON whose end is missing, as an attribute length limit leaves it; the rest goes ` +
              'as text, marked truncated: raise OTEL_SPAN_ATTRIBUTE_VALUE_LENGTH_LIMIT or ' +
              'OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT, or spanLimits.attributeValueLengthLimit in code',
          );
        }
        return object?.json;
      }),
    orderIds: () => {
      const reading = guarded('orderId', (found) => readOrderIds(outOfJson(found))) ?? { kind: 'absent' };
      const reasons =
        reading.kind === 'refused' ? [reading.reason] : reading.kind === 'ids' ? reading.refused : [];
      for (const reason of reasons) tell('order-id-refused', `${nameOf('orderId')} is not sent: ${reason}`);
      return reading;
    },
  };
}

const given = (value: unknown): boolean => value !== undefined && value !== null && value !== '';

/** A reason given as an object (SDK 3.x) is better than a sentence of ours. */
const jsonOf = (value: unknown): string | undefined =>
  typeof value === 'object' && value !== null ? stringifyExact(serializeForAiLog(value)) : undefined;

/** More than the longest list of ids that is read. */
const LONGEST_ID_LIST = 8_192;

/** SDK 2.x takes no mixed arrays, so some bots put a list of ids, or a single one, into JSON text. */
function outOfJson(value: unknown): unknown {
  if (typeof value !== 'string' || value.length > LONGEST_ID_LIST || !/^\s*["[]/.test(value)) return value;
  try {
    return parseExact(value);
  } catch {
    return value;
  }
}
