import {
  ATTR_AI_CLIENT_ORDER_ID,
  ATTR_AI_EXPLANATION,
  ATTR_AI_INPUT,
  ATTR_AI_MODEL,
  ATTR_AI_ORDER_ID,
  ATTR_AI_OUTPUT,
  ATTR_AI_STAGE,
  ATTR_AI_SYMBOL,
} from '../../entry/attributes';
import type { Vocabulary } from './vocabulary';

export const OWN_KEYS: readonly string[] = [
  ATTR_AI_STAGE,
  ATTR_AI_MODEL,
  ATTR_AI_INPUT,
  ATTR_AI_OUTPUT,
  ATTR_AI_EXPLANATION,
  ATTR_AI_ORDER_ID,
  ATTR_AI_CLIENT_ORDER_ID,
  ATTR_AI_SYMBOL,
];

/** The attributes that this package defines: `ai.stage`, `ai.model`, `ai.input`, ... */
export const own: Vocabulary = {
  name: 'own',
  firstPieces: ['ai'],

  roleOf(attributes, span) {
    if (attributes[ATTR_AI_INPUT] !== undefined || attributes[ATTR_AI_OUTPUT] !== undefined) return 'entry';
    if (attributes[ATTR_AI_MODEL] !== undefined || attributes[ATTR_AI_EXPLANATION] !== undefined) {
      // The attribute count limit takes what is set last, which is the output: a decision that lost it has to be
      // shown as incomplete, not passed over.
      return (span.droppedAttributesCount ?? 0) > 0 ? 'entry' : 'context';
    }
    return attributes[ATTR_AI_STAGE] !== undefined ||
      attributes[ATTR_AI_ORDER_ID] !== undefined ||
      attributes[ATTR_AI_CLIENT_ORDER_ID] !== undefined ||
      attributes[ATTR_AI_SYMBOL] !== undefined
      ? 'context'
      : undefined;
  },

  fields: {
    stage: (attributes) => attributes[ATTR_AI_STAGE],
    model: (attributes) => attributes[ATTR_AI_MODEL],
    input: (attributes) => attributes[ATTR_AI_INPUT],
    output: (attributes) => attributes[ATTR_AI_OUTPUT],
    explanation: (attributes) => attributes[ATTR_AI_EXPLANATION],
    orderId: (attributes) => attributes[ATTR_AI_ORDER_ID],
    clientOrderId: (attributes) => attributes[ATTR_AI_CLIENT_ORDER_ID],
    symbol: (attributes) => attributes[ATTR_AI_SYMBOL],
  },
};
