import { parseExact } from '../../entry/json-text';
import { serializeForAiLog } from '../../entry/serialize';

export type JsonRecord = Readonly<Record<string, unknown>>;

export const isRecord = (value: unknown): value is JsonRecord =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * What a span attribute means: SDK 3.x takes structures, every other line JSON text. Text that is no JSON, or that a
 * length limit cut, stays text.
 */
export function jsonValue(value: unknown): unknown {
  if (typeof value !== 'string' || !/^\s*[[{"]/.test(value)) return value;
  try {
    return parseExact(value);
  } catch {
    return value;
  }
}

/** A structure of SDK 3.x, which may hold anything, as JSON has it; text as it is. */
export const plainStructure = (value: unknown): unknown =>
  typeof value === 'object' && value !== null ? serializeForAiLog(value) : value;

/** Tool arguments and results come as JSON text, sometimes as JSON text inside JSON text. */
export function unpacked(value: unknown): unknown {
  const once = jsonValue(value);
  return typeof once === 'string' ? jsonValue(once) : once;
}

/** The first member that is a text with something in it. */
export function textIn(record: JsonRecord, ...keys: readonly string[]): string | undefined {
  for (const key of keys) {
    const value = record[key];
    if (typeof value === 'string' && value !== '') return value;
  }
  return undefined;
}

export const listIn = (record: JsonRecord, key: string): readonly unknown[] | undefined => {
  const value = record[key];
  return Array.isArray(value) ? value : undefined;
};
