import { cutText } from './cut-text';
import type { EntryDraft } from './entry-draft';
import { cutExplanation, derivedExplanation, isLongExplanation } from './explanation';
import { isEmptyObject, isJsonObject } from './json-text';
import type { Mask } from './mask';
import { readOrderIds } from './order-id';
import { cutPayload } from './payload-size';
import type { SealedEntry } from './sealed-entry';

/** `"orderId":9223372036854775807,`: an order id may be put in front later. */
const LONGEST_ORDER_ID_BYTES = 30;

/**
 * A journal record is at most 1 MiB. The payload gets three quarters of that, whatever `maxEntryBytes` says, and the
 * other fields together stay below the rest.
 */
const MOST_PAYLOAD_BYTES = 786_432;
/** In a journal record a character takes at most six bytes. */
const MOST_EXPLANATION_KEPT = 32_768;
const MOST_NAME_CHARACTERS = 512;

export interface SealOptions {
  readonly id: string;
  /** Bound of the body that WEEX gets, in UTF-8, with an order id. */
  readonly maxEntryBytes: number;
  readonly mask: Mask;
}

/** What keeps WEEX from accepting the draft, one phrase each; empty when nothing does. */
export function problemsOf(draft: EntryDraft): readonly string[] {
  const problems: string[] = [];
  if (isBlank(draft.stage)) problems.push('stage is missing');
  if (isBlank(draft.model)) problems.push('model is missing');
  for (const [name, json] of [
    ['input', draft.inputJson ?? ''],
    ['output', draft.outputJson ?? ''],
  ] as const) {
    if (isBlank(json)) problems.push(`${name} is missing`);
    else if (!isJsonObject(json)) problems.push(`${name} is not a JSON object`);
    else if (isEmptyObject(json)) problems.push(`${name} is an empty object`);
  }
  return problems;
}

/**
 * Makes the entry that is journaled and sent: masked first, then cut to size.
 *
 * Never throws, and takes a draft with problems too, for the record: a missing text becomes `""`, a missing or broken
 * object `{}`. A blank explanation becomes a derived one, because WEEX requires one.
 */
export function sealEntry(draft: EntryDraft, options: SealOptions): SealedEntry {
  const { mask } = options;
  const name = (text: string): string => cutText(mask.text(text.trim()), MOST_NAME_CHARACTERS);
  const optionalName = (text: string | undefined): string | undefined =>
    text === undefined ? undefined : name(text);

  const stage = name(draft.stage ?? '');
  const model = name(draft.model ?? '');
  const said = mask.text(draft.explanation ?? '');
  const shown = cutExplanation(said);
  const explanation = shown || derivedExplanation(stage, model, draft.endedMillis - draft.startedMillis);

  const input = objectOrEmpty(draft.inputJson);
  const output = objectOrEmpty(draft.outputJson);
  const whole = `{"stage":${nameJson(stage)},"model":${nameJson(model)},"input":${input},"output":${output},"explanation":${JSON.stringify(explanation)}}`;
  const maxBytes = Math.min(options.maxEntryBytes, MOST_PAYLOAD_BYTES) - LONGEST_ORDER_ID_BYTES;

  return {
    id: options.id,
    payload: cutPayload(mask.json(whole), maxBytes).payload,
    stage,
    orderId: orderIdOf(draft),
    noOrder: draft.noOrder,
    clientOrderId: optionalName(draft.clientOrderId),
    symbol: optionalName(draft.symbol),
    fullExplanation: isLongExplanation(said) ? cutText(said, MOST_EXPLANATION_KEPT) : undefined,
    explanationDerived: draft.explanationDerived || shown === '',
    startedMillis: draft.startedMillis,
    endedMillis: draft.endedMillis,
    origin: draft.origin,
  };
}

const MOST_NAMES = 256;
const namesInJson = new Map<string, string>();

/** A bot has a handful of stages and models and ends thousands of each. */
function nameJson(name: string): string {
  let json = namesInJson.get(name);
  if (json === undefined) {
    json = JSON.stringify(name);
    if (namesInJson.size < MOST_NAMES) namesInJson.set(name, json);
  }
  return json;
}

const isBlank = (text = ''): boolean => text.trim() === '';

/** The last gate before the wire: a text that is no object would break the whole payload. */
const objectOrEmpty = (json: string | undefined): string =>
  json !== undefined && isJsonObject(json) ? json : '{}';

/** The id goes out as bare digits, so nothing else may pass here. */
function orderIdOf(draft: EntryDraft): string | undefined {
  const reading = readOrderIds(draft.orderId);
  return reading.kind === 'ids' ? reading.ids[0] : undefined;
}
