import { catalog } from '../config/catalog';
import type { WeexOptions } from '../config/settings';
import { isObject } from '../host/foreign';

const OPTIONS: ReadonlySet<string> = new Set(Object.keys(catalog));

/**
 * The options of a `weex` entry of a configuration file, whose names are in snake case: an option's own
 * (`timeout_millis`), or, as the file's schema has durations, without the unit (`timeout`); `certificate` as in
 * the variable. What is no option is left for the settings to complain of.
 */
export function optionsOfEntry(entry: unknown): WeexOptions {
  if (!isObject(entry)) return {};
  const named = Object.entries(entry).map(([key, value]: [string, unknown]) => [optionOf(key), value]);
  return Object.fromEntries(named);
}

function optionOf(key: string): string {
  const name = key.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
  if (name === 'certificate') return 'ca';
  return !OPTIONS.has(name) && OPTIONS.has(`${name}Millis`) ? `${name}Millis` : name;
}
