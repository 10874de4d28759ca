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
 * What else is read of libraries' spans.
 *
 * `responseModel` is the model that really answered, `requestModel` the one that was asked for.
 * `functionName`, `agentName`, `taskName`: names in the bot's code that can stand for a stage, best first.
 * `chosenName`: the span's name, where a person chose it. `toolResult`: the exact text or JSON text. `toolCallId`: by
 * what id the model's answer asked for this run of the tool.
 */
export type LibraryField =
  | 'responseModel'
  | 'requestModel'
  | 'responseId'
  | 'functionName'
  | 'agentName'
  | 'taskName'
  | 'chosenName'
  | 'toolName'
  | 'toolCallId'
  | 'toolResult';

export type SpanField = EntryField | LibraryField;

/**
 * A family of span attributes: ours, or what one AI library writes.
 *
 * Keys are compared whole, never by prefix: the Vercel AI SDK owns `ai.model.id` beside our `ai.model`. Nothing
 * here needs a guard of its own against broken spans: the mapper has it.
 */
export interface Vocabulary {
  /** As users write it in the `vocabularies` setting. */
  readonly name: string;
  /** What its keys begin with, up to the first dot. A span without such a key is not searched for its fields. */
  readonly firstPieces: readonly string[];
  /**
   * What the span is, or `undefined` when it carries no mark of this vocabulary.
   *
   * Asked for every span that ends, those of the bot's web server included: a few look-ups, no loop.
   */
  roleOf(attributes: SpanAttributes, span: FinishedSpan): SpanRole | undefined;
  /**
   * How each field that the vocabulary knows is read. The value may be of any type, or `undefined`. Libraries'
   * `input` and `output` are the text of a JSON object in the form of `messages/write-messages.ts`, or the value as it
   * is where it is no conversation; their `explanation` is the model's reasoning. Only asked for spans with a role.
   */
  readonly fields: {
    readonly [F in SpanField]?: (attributes: SpanAttributes, span: FinishedSpan) => unknown;
  };
  /** What to set so that calls carry their content, as the end of a sentence. Told for a call that has none. */
  readonly contentSwitch?: (attributes: SpanAttributes, span: FinishedSpan) => string;
  /** Content is there, but was blanked out. */
  readonly isRedacted?: (attributes: SpanAttributes) => boolean;
  /** The call failed and the span's status does not say so. */
  readonly hasFailed?: (attributes: SpanAttributes) => boolean;
}
