import { aiSdk } from './ai-sdk';
import { anthropic } from './anthropic';
import { genAi } from './gen-ai';
import { genAiLegacy } from './gen-ai-legacy';
import { langfuse } from './langfuse';
import { langsmith } from './langsmith';
import { mastra } from './mastra';
import { mlflow } from './mlflow';
import { openInference } from './openinference';
import { openLlmetry } from './openllmetry';
import { OWN_KEYS, own } from './own';
import type { SpanAttributes, Vocabulary } from './vocabulary';

/**
 * The vocabularies, each with its place in the order of fields. This list is in the order of roles: the first that
 * gives a span a role decides what the span is. The order of fields is another one: the lowest place that has a
 * field wins it, whatever gave the span its role.
 *
 * Both orders matter because processors rewrite each other's spans: LangSmith names an operation of the OpenTelemetry
 * conventions on every function, Traceloop renames and empties the AI SDK's spans, and copies stand beside originals.
 */
const VOCABULARIES: readonly (readonly [vocabulary: Vocabulary, placeOfFields: number])[] = [
  [own, 1],
  [langfuse, 2],
  [mastra, 5],
  [aiSdk, 4],
  [langsmith, 8],
  [openInference, 6],
  [anthropic, 10],
  [openLlmetry, 7],
  [genAi, 3],
  [mlflow, 11],
  [genAiLegacy, 9],
];

const IN_ORDER_OF_ROLES: readonly Vocabulary[] = VOCABULARIES.map(([vocabulary]) => vocabulary);

const IN_ORDER_OF_FIELDS: readonly Vocabulary[] = VOCABULARIES.toSorted(([, a], [, b]) => a - b).map(
  ([vocabulary]) => vocabulary,
);

/** Every name that the `vocabularies` setting may list. Some names stand for two files. */
export const VOCABULARY_NAMES: readonly string[] = [...new Set(IN_ORDER_OF_FIELDS.map(({ name }) => name))];

const OWN: ReadonlySet<string> = new Set(OWN_KEYS);
const FIRST_PIECES: ReadonlySet<string> = new Set(
  IN_ORDER_OF_FIELDS.flatMap(({ firstPieces }) => firstPieces),
);

function firstPieceOf(key: string): string {
  const dot = key.indexOf('.');
  return dot === -1 ? key : key.slice(0, dot);
}

export interface ChosenVocabularies {
  readonly byRole: readonly Vocabulary[];
  /** In the order in which their fields win. */
  readonly byField: readonly Vocabulary[];
  /** The same; ours alone for a span that holds nothing of any other. */
  byFieldFor(attributes: SpanAttributes): readonly Vocabulary[];
}

/**
 * The vocabularies that a setting names. Ours is always among them: a list says which libraries are read, and
 * must not silence the stages that the bot states itself. Unknown names are for the settings to refuse.
 *
 * The list decides whose spans are read. A span that is read lends all that it holds: many libraries write
 * attributes of the OpenTelemetry conventions beside their own.
 */
export function chooseVocabularies(setting: 'all' | 'own' | readonly string[]): ChosenVocabularies {
  const ownAlone = [own];
  if (setting === 'own') return { byRole: ownAlone, byField: ownAlone, byFieldFor: () => ownAlone };
  const isChosen = ({ name }: Vocabulary): boolean =>
    setting === 'all' || name === own.name || setting.includes(name);
  return {
    byRole: IN_ORDER_OF_ROLES.filter(isChosen),
    byField: IN_ORDER_OF_FIELDS,
    // Every stage of a bot passes here inside span.end(): hundreds of look-ups that find nothing would be felt.
    byFieldFor(attributes) {
      for (const key in attributes)
        if (!OWN.has(key) && FIRST_PIECES.has(firstPieceOf(key))) return IN_ORDER_OF_FIELDS;
      return ownAlone;
    },
  };
}
