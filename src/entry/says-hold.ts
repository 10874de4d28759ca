/** Names under which bots say what is to be done, without case and separators. */
const ACTION_KEYS = new Set([
  'action',
  'decision',
  'operation',
  'recommendation',
  'response',
  'signal',
  'tradeaction',
  'tradedecision',
  'tradingaction',
]);
/** What says that nothing is to be done, without case and separators. */
const HOLD_WORDS = new Set([
  'donothing',
  'hold',
  'noaction',
  'noop',
  'none',
  'notrade',
  'skip',
  'standaside',
  'stay',
  'stayout',
  'wait',
]);
/** Cheap, and true of every text that holds such a word; most others need not be parsed. */
const MAY_HOLD = /hold|wait|none|skip|stay|stand|no[\s_-]?(?:action|op|trade)|nothing/i;
const DEEPEST = 3;

/** A name or a word without case and separators. */
export const squash = (text: string): string => text.toLowerCase().replace(/[^a-z]/g, '');

/** False: the JSON text cannot say to do nothing, so it need not be parsed. */
export const maySayHold = (json: string): boolean => MAY_HOLD.test(json);

/**
 * Whether an output says to do nothing. It has to say so in every field that names an action: a decision about
 * several symbols that holds some and buys another is none.
 */
export function saysHold(output: unknown): boolean {
  const actions = actionsIn(output, DEEPEST);
  return actions.length > 0 && actions.every((action) => HOLD_WORDS.has(action));
}

/** The same for JSON text, as far as it is not too long to look into. */
export function saysHoldInJson(json: string): boolean {
  if (json.length > LONGEST_JSON || !maySayHold(json)) return false;
  try {
    return saysHold(JSON.parse(json));
  } catch {
    return false;
  }
}

/** Asked in the bot's own thread; a decision to do nothing is short. */
const LONGEST_JSON = 16_384;

function actionsIn(value: unknown, depth: number): string[] {
  if (depth === 0 || typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, member]) => {
    if (typeof member !== 'string') return actionsIn(member, depth - 1);
    return ACTION_KEYS.has(squash(key)) && member.length <= 64 ? [squash(member)] : [];
  });
}
