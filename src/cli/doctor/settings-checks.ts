import { statSync } from 'node:fs';
import { catalog, OWN_PREFIX } from '../../config/catalog';
import { CREDENTIAL_VARIABLES, fileVariable, findCredentials } from '../../config/credentials';
import { type Env, variable } from '../../config/process-env';
import { resolveSettings } from '../../config/resolve';
import type { Credentials, Settings, WeexOptions } from '../../config/settings';
import { WeexConfigError } from '../../errors';
import { VERSION } from '../../lib/version';
import { type Check, ok, problem, warn } from './check';

/** A shorter secret may be a word, and masking it inside a text would rewrite prompts. */
const SHORTEST_MASKED_INSIDE = 12;
const OPEN_TO_OTHERS = 0o077;

export interface CheckedSettings {
  /** `undefined`: not even the journal can be found with them. */
  readonly settings: Settings | undefined;
  /** `undefined`: missing or unusable. */
  readonly credentials: Credentials | undefined;
  readonly checks: readonly Check[];
}

/** All variables and the two options, as the bot would read them. */
export function checkSettings(
  options: Pick<WeexOptions, 'account' | 'journalDir'>,
  env: Env,
): CheckedSettings {
  const found = findCredentials({}, env);
  const complaints: string[] = [];
  const resolve = (more: WeexOptions): Settings | undefined => {
    try {
      return resolveSettings({ ...options, ...more }, env, (text) => complaints.push(text));
    } catch (error) {
      if (!(error instanceof WeexConfigError)) throw error;
      const ofCredentials = [...found.problems, ...found.missing];
      complaints.push(...error.problems.filter((text) => !ofCredentials.includes(text)));
      return undefined;
    }
  };
  const whole = resolve({});
  // `record`: missing credentials are told by a check of their own, and everything else can still be looked at.
  const settings = whole ?? resolve({ mode: 'record' });
  const isUsable = found.problems.length === 0 && found.missing.length === 0;
  const mode = whole?.mode ?? 'live';
  return {
    settings,
    credentials: isUsable ? found.source.current() : undefined,
    checks: [
      ok('version', `opentelemetry-exporter-weex ${VERSION}, Node ${process.version}`),
      ...[...new Set(complaints)]
        .filter((text) => !text.endsWith('mode record goes on without'))
        .map((text) => problem('settings', text, 'correct or unset it; the README lists all settings')),
      ...modeChecks(mode, settings, env),
      ...credentialChecks(found.problems, found.missing, found.source.current(), mode, env),
    ],
  };
}

function modeChecks(mode: Settings['mode'], settings: Settings | undefined, env: Env): Check[] {
  if (settings === undefined) return [];
  const set = variablesIn(env);
  const seen = set.length === 0 ? 'no variable is set' : `set: ${set.join(', ')}`;
  const found = `mode ${mode}, ${settings.endpoint} (${settings.apiVersion}), account "${settings.account}"; ${seen}`;
  return mode === 'live'
    ? [ok('settings', found)]
    : [warn('settings', found, `nothing is sent in mode ${mode}: unset OTEL_EXPORTER_WEEX_MODE to send`)];
}

/** Names only. */
const variablesIn = (env: Env): string[] => {
  const known = new Set(Object.values(catalog).flatMap(({ variables }) => variables));
  return Object.keys(env)
    .filter((name) => (known.has(name) || name.startsWith(OWN_PREFIX)) && variable(env, name) !== undefined)
    .filter((name) => known.has(name))
    .sort();
};

function credentialChecks(
  problems: readonly string[],
  missing: readonly string[],
  { apiKey, apiSecret, apiPassphrase }: Credentials,
  mode: Settings['mode'],
  env: Env,
): Check[] {
  const wrong = [
    ...problems.map((text) => problem('credentials', text, 'correct it; the value is not shown here')),
    ...missing.map((text) => problem('credentials', text, 'WEEX shows them once, when the API key is made')),
  ];
  if (wrong.length > 0) {
    return mode === 'live' ? wrong : [ok('credentials', `not complete; mode ${mode} needs none`)];
  }
  const short = Object.entries({ apiKey, apiSecret, apiPassphrase })
    .filter(([, secret]) => secret.length < SHORTEST_MASKED_INSIDE)
    .map(([name]) => name);
  return [
    ok('credentials', 'key, secret and passphrase are there, and all places that hold one agree'),
    ...short.map((name) =>
      warn(
        'credentials',
        `${name} has fewer than ${SHORTEST_MASKED_INSIDE} characters: where a span repeats it, it is masked only as a whole value, not inside a text`,
        'take a longer one',
      ),
    ),
    ...openFiles(env),
  ];
}

/** Credential files that other users of the machine may read. */
function openFiles(env: Env): Check[] {
  if (process.platform === 'win32') return [];
  return Object.values(CREDENTIAL_VARIABLES)
    .flat()
    .flatMap((name) => {
      const path = variable(env, fileVariable(name));
      const mode = path === undefined ? undefined : statSync(path, { throwIfNoEntry: false })?.mode;
      if (mode === undefined || (mode & OPEN_TO_OTHERS) === 0) return [];
      return [
        warn('credentials', `other users may read the file of ${fileVariable(name)}`, 'run chmod 600 on it'),
      ];
    });
}
