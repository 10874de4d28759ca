import { type CredentialName, type CredentialPlace, filePlace, textPlace } from './credential-place';
import { isUnset } from './parser';
import { type Env, variable } from './process-env';
import type { CredentialSource, Credentials } from './settings';

/** Where each credential may come from, beside code. Each variable also exists as `..._FILE`. */
export const CREDENTIAL_VARIABLES: Readonly<Record<CredentialName, readonly string[]>> = {
  apiKey: ['WEEX_API_KEY'],
  apiSecret: ['WEEX_API_SECRET', 'WEEX_SECRET_KEY'],
  apiPassphrase: ['WEEX_API_PASSPHRASE', 'WEEX_PASSPHRASE'],
};

export const fileVariable = (name: string): string => `${name}_FILE`;

export interface FoundCredentials {
  readonly source: CredentialSource;
  /** What stands somewhere but cannot be used. One sentence each; none repeats a credential. */
  readonly problems: readonly string[];
  /** What stands nowhere, with the names to set. */
  readonly missing: readonly string[];
  /** Every value that was seen, usable or not: what no message may hold. */
  readonly secrets: readonly string[];
}

interface Lookup {
  /** `undefined` without problems: nothing stands anywhere. */
  readonly value: string | undefined;
  readonly problems: readonly string[];
  readonly seen: readonly string[];
}

/**
 * Looks the credentials up in code, else in the variables and the files that variables name. All places that
 * hold one credential have to agree: which of two keys signs is not for us to guess. Where a variable and a
 * file agree, the file is what is read again.
 */
export function findCredentials(given: Readonly<Record<string, unknown>>, env: Env): FoundCredentials {
  const problems: string[] = [];
  const missing: string[] = [];
  const secrets: string[] = [];
  const find = (name: CredentialName): Found => {
    const places = placesOf(name, given[name], env);
    const { value, problems: wrong, seen } = lookUp(places);
    problems.push(...wrong);
    if (value === undefined && wrong.length === 0) missing.push(howToSet(name));
    secrets.push(
      ...seen,
      ...textsIn(
        given[name],
        CREDENTIAL_VARIABLES[name].map((variable) => env[variable]),
      ),
    );
    return { value: value ?? '', files: places.filter((place) => place.isFile) };
  };
  const found = {
    apiKey: find('apiKey'),
    apiSecret: find('apiSecret'),
    apiPassphrase: find('apiPassphrase'),
  };
  return { source: createSource(found), problems, missing, secrets };
}

function placesOf(credential: CredentialName, given: unknown, env: Env): readonly CredentialPlace[] {
  if (!isUnset(given)) return [textPlace(credential, credential, given)];
  return CREDENTIAL_VARIABLES[credential].flatMap((name) => {
    const places: CredentialPlace[] = [];
    // Only spaces are trimmed: a line end at the end is told of, for it may hide a second line.
    const value = variable(env, name) && env[name]?.replace(/^ +| +$/g, '');
    if (value) places.push(textPlace(credential, name, value));
    const path = variable(env, fileVariable(name));
    if (path) places.push(filePlace(credential, fileVariable(name), path));
    return places;
  });
}

function lookUp(places: readonly CredentialPlace[]): Lookup {
  const problems: string[] = [];
  const found: { readonly name: string; readonly value: string }[] = [];
  for (const place of places) {
    const reading = place.read();
    if (reading.kind === 'trouble') problems.push(`${place.name}: ${reading.reason}`);
    else found.push({ name: place.name, value: reading.value });
  }
  const [first, ...others] = found;
  const other = others.find(({ value }) => value !== first?.value);
  if (first && other) {
    problems.push(`${first.name} and ${other.name} differ: keep the right one, unset the other`);
  }
  const value = problems.length === 0 ? first?.value : undefined;
  return { value, problems, seen: found.map((one) => one.value) };
}

/** As they were given, usable or not. */
const textsIn = (...values: readonly unknown[]): readonly string[] =>
  values.flat().filter((value) => typeof value === 'string');

function howToSet(credential: CredentialName): string {
  const variables = CREDENTIAL_VARIABLES[credential].flatMap((name) => [name, fileVariable(name)]);
  return `${credential} is missing: set the option, or one of ${variables.join(', ')}`;
}

interface Found {
  readonly value: string;
  readonly files: readonly CredentialPlace[];
}

function createSource(found: Readonly<Record<CredentialName, Found>>): CredentialSource {
  let current: Credentials = Object.freeze({
    apiKey: found.apiKey.value,
    apiSecret: found.apiSecret.value,
    apiPassphrase: found.apiPassphrase.value,
  });
  /** `undefined` on trouble. */
  const again = (name: CredentialName): string | undefined =>
    found[name].files.length === 0 ? current[name] : lookUp(found[name].files).value;
  return Object.freeze({
    current: () => current,
    refresh() {
      const apiKey = again('apiKey');
      const apiSecret = again('apiSecret');
      const apiPassphrase = again('apiPassphrase');
      // All or nothing: half of a new set of credentials fits neither account.
      if (apiKey !== undefined && apiSecret !== undefined && apiPassphrase !== undefined) {
        current = Object.freeze({ apiKey, apiSecret, apiPassphrase });
      }
      return current;
    },
  });
}
