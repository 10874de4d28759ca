import { plainLine } from '../lib/plain-line';
import { catalog, type Described, OWN_PREFIX } from './catalog';
import { nearestName } from './nearest-name';
import type { Env } from './process-env';
import type { ShowValue } from './show-value';

const described: readonly (readonly [string, Described])[] = Object.entries(catalog);
const optionNames = described.map(([option]) => option);
const variableNames = described.flatMap(([, { variables }]) => variables);

/** A setting that is misspelt would otherwise silently be the default. */
export const unknownOptions = (
  options: Readonly<Record<string, unknown>>,
  show: ShowValue,
): readonly string[] =>
  Object.keys(options)
    .filter((name) => !optionNames.includes(name))
    .map((name) => `options: ${show(name)} is not an option${hint(name, optionNames)}`);

/** Only with our own prefix: `WEEX_...` belongs to WEEX's tools too. */
export const unknownVariables = (env: Env): readonly string[] =>
  Object.keys(env)
    .filter((name) => name.startsWith(OWN_PREFIX) && !variableNames.includes(name))
    .map((name) => `${plainLine(name, 100)} is not a setting${hint(name, variableNames)}`);

function hint(name: string, names: readonly string[]): string {
  const nearest = nearestName(name, names);
  return nearest === undefined ? '' : `; did you mean ${nearest}?`;
}
