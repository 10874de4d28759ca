import { types } from 'node:util';
import { systemClock } from '../lib/clock';
import { type Content, contentOfJson, contentOfValue, type TextKey } from './entry-content';
import type { EntryDraft } from './entry-draft';
import { cutExplanation } from './explanation';
import { readOrderIds } from './order-id';
import { parseReadable } from './parse-exact';
import { AiLogStage, canonicalStage } from './stage';

/** What an AI log entry states. */
export interface AiLogEntryFields {
  readonly stage: string;
  /** The exact id that the provider returned. */
  readonly model: string;
  /** A JSON object as value or text; text that is none becomes `{ "prompt": text }`. */
  readonly input: unknown;
  /** A JSON object as value or text; text that is none becomes `{ "response": text }`. */
  readonly output: unknown;
  /** WEEX gets at most 1,000 characters of it. */
  readonly explanation: string;
  /** Decimal digits as string or bigint, a safe integer, or `'none'`. */
  readonly orderId?: string | number | bigint | undefined;
  /** The decision's time. Default: now. */
  readonly timestamp?: Date | undefined;
}

/** An entry as values. On the wire the order id is bare digits; here it is text, because a number would change it. */
export interface WeexPayload {
  readonly orderId?: string;
  readonly stage: string;
  readonly model: string;
  readonly input: unknown;
  readonly output: unknown;
  readonly explanation: string;
}

/** What an entry holds beside its public fields. */
interface Internals {
  readonly input: Content;
  readonly output: Content;
  readonly noOrder: boolean;
  readonly refusedOrderId: string | undefined;
}

let internalsOf: (entry: AiLogEntry) => Internals;

/** Fields whose JSON text is at hand, so that it need not be made or parsed. */
class JsonFields {
  readonly input: Content;
  readonly output: Content;
  constructor(inputJson: string | undefined, outputJson: string | undefined) {
    this.input = contentOfJson(inputJson);
    this.output = contentOfJson(outputJson);
  }
}

/**
 * One AI decision. Objects given as input or output are copied, so what the bot does with them later changes nothing.
 *
 * The constructor does not throw for what WEEX would refuse, because it runs in the bot's trading code: a blank model
 * or a missing input makes the upload fail with a clear error, and the entry stays in the journal. An order id that
 * cannot be sent exactly, such as a number above 2^53, is left out (`refusedOrderIdOf` has the reason).
 */
export class AiLogEntry {
  readonly stage: string;
  readonly model: string;
  declare readonly input: unknown;
  declare readonly output: unknown;
  readonly explanation: string;
  /** Decimal digits, exact. */
  readonly orderId: string | undefined;
  readonly timestamp: Date;
  readonly #internals: Internals;

  static {
    internalsOf = (entry) => entry.#internals;
  }

  constructor(fields: AiLogEntryFields) {
    const order = readOrderIds(fields.orderId);
    const { input, output } =
      fields.input instanceof JsonFields
        ? fields.input
        : { input: contentOfValue(fields.input), output: contentOfValue(fields.output) };
    this.stage = textOf(fields.stage);
    this.model = textOf(fields.model);
    this.explanation = textOf(fields.explanation);
    this.orderId = order.kind === 'ids' && order.ids.length === 1 ? order.ids[0] : undefined;
    this.timestamp = timeOf(fields.timestamp);
    this.#internals = { input, output, noOrder: order.kind === 'none', refusedOrderId: refusalOf(order) };
    // Own and enumerable, so that `{ ...entry }` and JSON.stringify see them; getters, so that reading parses.
    Object.defineProperty(this, 'input', { enumerable: true, get: () => input.read() });
    Object.defineProperty(this, 'output', { enumerable: true, get: () => output.read() });
    Object.freeze(this);
  }

  /**
   * What WEEX gets, as values that `JSON.stringify` takes: the stage by its canonical name, input and output as
   * objects, the explanation cut. A missing input or output is `{}`; integers above 2^53 are text.
   */
  toWeexPayload(): WeexPayload {
    const objectOf = (content: Content, textKey: TextKey): unknown =>
      parseReadable(content.json(textKey) ?? '{}');
    return {
      ...(this.orderId === undefined ? {} : { orderId: this.orderId }),
      stage: canonicalStage(this.stage),
      model: this.model.trim(),
      input: objectOf(this.#internals.input, 'prompt'),
      output: objectOf(this.#internals.output, 'response'),
      explanation: cutExplanation(this.explanation),
    };
  }
}

/** Why the order id given to this entry is not used; `undefined` when it is, or when none was given. */
export const refusedOrderIdOf = (entry: AiLogEntry): string | undefined => internalsOf(entry).refusedOrderId;

/** The draft of an entry that the bot made itself, without a span. */
export function draftOfEntry(entry: AiLogEntry): EntryDraft {
  const { input, output, noOrder } = internalsOf(entry);
  const millis = entry.timestamp.getTime();
  return {
    stage: canonicalStage(entry.stage),
    model: entry.model.trim(),
    inputJson: input.json('prompt'),
    outputJson: output.json('response'),
    explanation: entry.explanation,
    explanationDerived: false,
    orderId: entry.orderId,
    noOrder,
    clientOrderId: undefined,
    symbol: undefined,
    startedMillis: millis,
    endedMillis: millis,
    origin: undefined,
  };
}

/** The draft as hooks see it. Input and output are parsed when a hook reads them; integers above 2^53 are text. */
export function entryOfDraft(draft: EntryDraft): AiLogEntry {
  return new AiLogEntry({
    stage: draft.stage ?? '',
    model: draft.model ?? '',
    input: new JsonFields(draft.inputJson, draft.outputJson),
    output: undefined,
    explanation: draft.explanation ?? '',
    orderId: draft.orderId ?? (draft.noOrder ? 'none' : undefined),
    timestamp: new Date(draft.endedMillis),
  });
}

/**
 * The draft after a `redact` hook. Order id, time and origin stay what they were.
 *
 * A field that the hook returns replaces; one that it does not return stays, but for what the hook changed inside
 * `original.input` or `original.output`: that counts as well. What is as before keeps its exact text, and in what is not
 * a number above 2^53 that the hook left in its place keeps its digits. Input or output
 * returned as undefined or null becomes `{"redacted":true}` (a missing one stays missing, for a call may lend it), an explanation so returned a derived one.
 *
 * @param original the entry that the hook was called with, made by `entryOfDraft`
 * @throws TypeError when the hook returned no object, or a promise: then nothing is known to be redacted
 */
export function redactedDraft(
  draft: EntryDraft,
  replacement: Partial<AiLogEntryFields> | AiLogEntry | undefined,
  original: AiLogEntry,
): EntryDraft {
  if (replacement !== undefined && !isFields(replacement)) {
    throw new TypeError('redact: expected the fields to replace, at once and as an object, or undefined');
  }
  const changes = replacement === original ? undefined : replacement;
  const isGiven = (name: keyof AiLogEntryFields): boolean => changes !== undefined && name in changes;
  const text = (name: 'stage' | 'model' | 'explanation'): string | undefined => {
    if (!isGiven(name) || changes?.[name] === original[name]) return draft[name];
    return textOf(changes?.[name]);
  };
  const json = (name: 'input' | 'output', textKey: TextKey): string | undefined => {
    const content = internalsOf(original)[name];
    const isReplaced = isGiven(name) && changes?.[name] !== original[name];
    return isReplaced ? content.replacedBy(changes?.[name], textKey) : content.json(textKey);
  };
  const explanation = text('explanation');
  return {
    ...draft,
    stage: text('stage'),
    model: text('model'),
    inputJson: json('input', 'prompt'),
    outputJson: json('output', 'response'),
    explanation,
    explanationDerived: explanation === draft.explanation && draft.explanationDerived,
  };
}

/** A hook written without types may return anything, and an async one returns a promise. */
const isFields = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && !('then' in value);

function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'bigint' ? String(value) : '';
}

function timeOf(value: unknown): Date {
  const given = types.isDate(value) ? value.getTime() : Number.NaN;
  return new Date(Number.isNaN(given) ? systemClock.wallMillis() : given);
}

function refusalOf(order: ReturnType<typeof readOrderIds>): string | undefined {
  if (order.kind === 'refused') return order.reason;
  const isList = order.kind === 'ids' && order.ids.length > 1;
  return isList
    ? 'order id is a list; expected one id, and an entry of its own for each further order'
    : undefined;
}

type StageFields = Omit<AiLogEntryFields, 'stage'>;

const creator =
  (stage: AiLogStage) =>
  (fields: StageFields): AiLogEntry =>
    new AiLogEntry({ ...fields, stage });

/** An entry for the stage that turned market data into a strategy. */
export const createStrategyLog = creator(AiLogStage.STRATEGY_GENERATION);
/** An entry for the stage in which a model approved or refused a trade. */
export const createDecisionLog = creator(AiLogStage.DECISION_MAKING);
/** An entry for an order that was placed. */
export const createExecutionLog = creator(AiLogStage.EXECUTION);
/** An entry for the stage that weighed the risk. */
export const createRiskAssessmentLog = creator(AiLogStage.RISK_ASSESSMENT);
/** An entry for the stage that judged a signal. */
export const createSignalAnalysisLog = creator(AiLogStage.SIGNAL_ANALYSIS);
