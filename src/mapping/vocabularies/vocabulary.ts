import type { FinishedSpan } from '../finished-span';

export type SpanAttributes = Readonly<Record<string, unknown>>;

/**
 * What a span is in the eyes of a vocabulary.
 *
 * `entry`: the bot itself states what to log.
 * `call`: one call of a model.
 * `wrapper`: repeats or sums up the calls below it.
 * `tool`: a tool that a model called; what lies below belongs to the tool.
 * `context`: nothing to log, but lends what it states to the spans below it.
 * `none`: known to the vocabulary, and neither logged nor lending.
 */
export type SpanRole = 'entry' | 'call' | 'wrapper' | 'tool' | 'context' | 'none';

/** What an entry can take from a span. */
export type EntryField =
  | 'stage'
  | 'model'
  | 'input'
  | 'output'
  | 'explanation'
  | 'orderId'
  | 'clientOrderId'
  | 'symbol';

/**
 * A family of span attributes: ours, or what one AI library writes.
 *
 * Keys are compared whole, never by prefix: the Vercel AI SDK owns `ai.model.id` beside our `ai.model`. Nothing
 * here needs a guard of its own against broken spans: the mapper has it.
 */
export interface Vocabulary {
  /** As users write it in the `vocabularies` setting. */
  readonly name: string;
  /**
   * What the span is, or `undefined` when it carries no mark of this vocabulary.
   *
   * Asked for every span that ends, those of the bot's web server included: a few look-ups, no loop.
   */
  roleOf(attributes: SpanAttributes, span: FinishedSpan): SpanRole | undefined;
  /** How each field that the vocabulary knows is read. The value may be of any type, or `undefined`. */
  readonly fields: {
    readonly [F in EntryField]?: (attributes: SpanAttributes, span: FinishedSpan) => unknown;
  };
}
