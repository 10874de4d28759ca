/**
 * The stages that WEEX's competition names. WEEX takes any other text as well.
 *
 * Source: the seed module's stages; WEEX's documentation shows the first two.
 */
export const AiLogStage = {
  STRATEGY_GENERATION: 'Strategy Generation',
  DECISION_MAKING: 'Decision Making',
  EXECUTION: 'Execution',
  RISK_ASSESSMENT: 'Risk Assessment',
  SIGNAL_ANALYSIS: 'Signal Analysis',
} as const;

export type AiLogStage = (typeof AiLogStage)[keyof typeof AiLogStage];

const squash = (text: string): string => text.toLowerCase().replace(/[\s_.-]+/g, '');

const KNOWN = Object.values(AiLogStage).map((stage) => ({
  stage,
  whole: squash(stage),
  firstWordLength: stage.split(' ')[0]?.length ?? stage.length,
}));

const ALIASES: ReadonlyMap<string, AiLogStage> = new Map([
  ['exec', AiLogStage.EXECUTION],
  ['execute', AiLogStage.EXECUTION],
]);

/** No known stage is longer, separators included; a longer text needs no further look. */
const LONGEST_KNOWN_TEXT = 64;

/**
 * The known stage that `text` means, else `text` itself, trimmed.
 *
 * Case, camelCase and the separators space, `_`, `-` and `.` do not count. A form may be shortened down to its
 * first word: `decision`, `DECISION_MAKING`, `riskAssess`, `signal-analysis`; also `exec` and `execute`.
 */
export function canonicalStage(text: string): string {
  const trimmed = text.trim();
  if (trimmed.length > LONGEST_KNOWN_TEXT) return trimmed;
  let stage = remembered.get(trimmed);
  if (stage === undefined) {
    stage = stageFor(trimmed);
    if (remembered.size < MOST_REMEMBERED) remembered.set(trimmed, stage);
  }
  return stage;
}

/** A bot has a handful of stages and ends thousands of each. */
const MOST_REMEMBERED = 256;
const remembered = new Map<string, string>();

function stageFor(trimmed: string): string {
  const form = squash(trimmed);
  const known = KNOWN.find(
    ({ whole, firstWordLength }) => form.length >= firstWordLength && whole.startsWith(form),
  );
  return known?.stage ?? ALIASES.get(form) ?? trimmed;
}
