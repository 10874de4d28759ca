import { canonicalStage } from '../entry/stage';
import type { StageFirmness } from '../mapping/span-facts';
import type { Choice } from './choose-entries';
import type { Lent } from './decision';
import { nearest, type SpanNode } from './span-tree';

/** What an entry takes from its trace, and what it lacks even then. */
export interface Filled {
  readonly lent: Lent;
  readonly stage: string;
  readonly model: string | undefined;
  readonly problems: readonly string[];
}

export function fillFromTrace(node: SpanNode, choice: Choice): Filled {
  const { known } = node;
  const calls = choice.callsBelow(node);
  // Of several calls nobody knows which one the bot means.
  const onlyCall = known?.role === 'entry' && calls.length === 1 ? calls[0] : undefined;
  const stage = stageOf(node);
  const below =
    known?.role === 'wrapper' ? choice.modelBelow(node) : (onlyCall?.known?.model ?? onlyBareModel());
  const model = known?.model ?? below ?? nearest(node, (above) => above.known?.model);
  const content = onlyCall?.content;
  const inputJson = known?.hasInput ? undefined : content?.inputJson;
  const outputJson = known?.hasOutput ? undefined : content?.outputJson;
  const explanation =
    known?.hasExplanation || onlyCall?.known?.hasExplanation !== true ? undefined : content?.explanation;

  const problems: string[] = [];
  if (stage === '') problems.push('stage is missing');
  if (model === undefined) problems.push('model is missing');
  if (!known?.hasInput && inputJson === undefined) problems.push('input is missing');
  if (!known?.hasOutput && outputJson === undefined) problems.push('output is missing');

  return {
    stage,
    model,
    problems,
    lent: {
      ...(stage === '' || stage === known?.stage?.text ? {} : { stage }),
      ...(model === undefined || model === known?.model ? {} : { model }),
      ...(inputJson === undefined ? {} : { inputJson }),
      ...(outputJson === undefined ? {} : { outputJson }),
      ...(explanation === undefined ? {} : { explanation }),
    },
  };

  function onlyBareModel(): string | undefined {
    return known?.role === 'entry' && calls.length === 0 ? choice.modelBelow(node) : undefined;
  }
}

const FIRMNESS: { readonly [F in StageFirmness]: number } = {
  stated: 3,
  function: 2,
  'span-name': 1,
  unnamed: 0,
};

/**
 * The firmest statement of the span and its ancestors, the nearest of equal ones. An own entry's name is a stage to
 * its bot, so only `ai.stage` beats it.
 */
export function stageOf(node: SpanNode): string {
  const isOwn = node.known?.role === 'entry';
  let best: { readonly text: string; readonly firmness: StageFirmness } | undefined;
  for (let at: SpanNode | undefined = node; at !== undefined; at = at.parent) {
    const stage = at.known?.stage;
    if (stage === undefined) continue;
    if (best === undefined) best = stage;
    else if (isOwn ? best.firmness !== 'stated' && stage.firmness === 'stated' : isFirmer(stage, best))
      best = stage;
    if (best.firmness === 'stated') break;
  }
  return best === undefined ? '' : canonicalStage(best.text);
}

const isFirmer = (
  a: { readonly firmness: StageFirmness },
  b: { readonly firmness: StageFirmness },
): boolean => FIRMNESS[a.firmness] > FIRMNESS[b.firmness];
