/** Span attributes of this package's own vocabulary. Compared exactly: other libraries own `ai.model.id` and more. */
export const ATTR_AI_STAGE = 'ai.stage';
export const ATTR_AI_MODEL = 'ai.model';
export const ATTR_AI_INPUT = 'ai.input';
export const ATTR_AI_OUTPUT = 'ai.output';
export const ATTR_AI_EXPLANATION = 'ai.explanation';
export const ATTR_AI_ORDER_ID = 'ai.order_id';
export const ATTR_AI_CLIENT_ORDER_ID = 'ai.client_order_id';
export const ATTR_AI_SYMBOL = 'ai.symbol';
