import type { EntryDraft } from '../entry/entry-draft';
import type { OrderIdReading } from '../entry/order-id';
import type { Notice } from './notice';
import type { ToldResult } from './told-results';
import type { SpanRole } from './vocabularies/vocabulary';

/**
 * How firmly a span names its stage. A firmer statement of an ancestor beats a weaker one of the span itself.
 *
 * `stated`: `ai.stage`, or a key `stage` in a metadata bag. `function`: a function, node or agent name.
 * `span-name`: nothing but a name that a person may have chosen. `unnamed`: a model call that nothing names.
 */
export type StageFirmness = 'stated' | 'function' | 'span-name' | 'unnamed';

/**
 * Why a span that would be an entry, a model call or a wrapper cannot be an entry by itself.
 *
 * `excluded`, `not-included`: by a setting of the same name.
 */
export type NotLoggable =
  | 'failed'
  | 'no-content'
  | 'redacted'
  | 'attribute-limit'
  | 'excluded'
  | 'not-included';

/**
 * Everything that assembly needs of one finished span. The span itself is not kept: other processors may
 * change it later.
 */
export interface SpanFacts {
  readonly traceId: string;
  readonly spanId: string;
  /** `undefined` for the first span of the trace in this process (no parent, or a remote one). */
  readonly localParentSpanId: string | undefined;
  readonly startedMillis: number;
  readonly endedMillis: number;
  readonly scope: string;
  readonly name: string;
  readonly role: SpanRole;
  /**
   * What the span would log: for an own entry always, for a call or a wrapper when it has content. What is
   * missing is `undefined`; its trace may lend it.
   */
  readonly draft: EntryDraft | undefined;
  readonly notLoggable: NotLoggable | undefined;
  /** What the span lends to those below it, and states for itself. */
  readonly stage: { readonly text: string; readonly firmness: StageFirmness } | undefined;
  readonly orders: OrderIdReading;
  readonly clientOrderId: string | undefined;
  readonly symbol: string | undefined;
  /** Lent even by a span that has no content to log: `ai.model` on a context span, or a call's model. */
  readonly model?: string | undefined;
  /** The model's answer is nothing but calls of tools. */
  readonly toolCallsOnly?: boolean | undefined;
  /** The calls of tools that a model's answer asks for, each as a `toolCallKey`. */
  readonly asksFor?: readonly string[] | undefined;
  /** `gen_ai.response.id` and its like: two spans of one trace with the same one are one call. */
  readonly responseId: string | undefined;
  /** For a model call: what its request tells of tools that have no span of their own. */
  readonly told?: readonly ToldResult[] | undefined;
  /** For a tool span: its name, the exact JSON text or text of its result, and the call that it answers. */
  readonly tool:
    | {
        readonly name: string;
        readonly result: string | undefined;
        /** A `toolCallKey`. */
        readonly answers?: string | undefined;
      }
    | undefined;
  readonly notices: readonly Notice[];
}
