import { parseExact } from '../entry/json-text';
import { readOrderIds } from '../entry/order-id';
import type { SpanFacts } from '../mapping/span-facts';

/** The order ids in a tool's result, by the `orderIdFrom` setting. */
export type ToolOrders = (tool: SpanFacts['tool']) => readonly string[] | undefined;

/** A longer result is not searched: parsing it would hold up the bot. */
const LONGEST_RESULT = 1_048_576;
const MOST_PARTS = 16;

/** @param rules `tool:<name>:<dotted path>`; the name may hold colons, the path may not */
export function createToolOrders(rules: readonly string[]): ToolOrders {
  const pathsByTool = new Map<string, string[][]>();
  for (const rule of rules) {
    const colon = rule.lastIndexOf(':');
    if (!rule.startsWith('tool:') || colon < 'tool:'.length) continue;
    const name = rule.slice('tool:'.length, colon);
    const paths = pathsByTool.get(name) ?? [];
    paths.push(rule.slice(colon + 1).split('.'));
    pathsByTool.set(name, paths);
  }
  if (pathsByTool.size === 0) return () => undefined;
  return (tool) => {
    if (tool?.result === undefined || tool.result.length > LONGEST_RESULT) return undefined;
    const paths = pathsByTool.get(tool.name);
    if (paths === undefined) return undefined;
    const result = parsed(tool.result);
    const ids = new Set<string>();
    for (const root of [result, ...textsOfParts(result)]) {
      for (const path of paths) {
        const reading = readOrderIds(valueAt(root, path));
        if (reading.kind === 'ids') for (const id of reading.ids) ids.add(id);
      }
      if (ids.size > 0) return [...ids];
    }
    return undefined;
  };
}

/** Anthropic's tools and those of MCP servers wrap what they give into the parts of a message. */
function textsOfParts(result: unknown): readonly string[] {
  const parts: unknown =
    typeof result === 'object' && result !== null && 'content' in result ? result.content : result;
  if (!Array.isArray(parts)) return [];
  return parts.slice(0, MOST_PARTS).flatMap((part: unknown) => {
    const text = typeof part === 'object' && part !== null && 'text' in part ? part.text : undefined;
    return typeof text === 'string' ? [text] : [];
  });
}

function valueAt(root: unknown, path: readonly string[]): unknown {
  let value = root;
  for (const key of path) {
    // Tools often give JSON as text, and libraries then write that text as JSON once more.
    if (typeof value === 'string') value = parsed(value);
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    value = Object.entries(value).find(([name]) => name === key)?.[1];
  }
  return value;
}

function parsed(text: string): unknown {
  try {
    return parseExact(text);
  } catch {
    return undefined;
  }
}
