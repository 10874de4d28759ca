import { resolveSettings, type Surroundings } from '../../src/config/resolve.js';
import type { Settings } from '../../src/config/settings.js';
import { WeexConfigError } from '../../src/errors.js';

export const CREDENTIALS = {
  apiKey: 'test-key-0123456789',
  apiSecret: 'test-secret-0123456789',
  apiPassphrase: 'test-passphrase-0123',
};

export interface Resolved {
  readonly settings: Settings | undefined;
  readonly problems: readonly string[];
  readonly warnings: readonly string[];
}

/** Resolves settings and takes problems as values. Options are `object` so that tests can pass wrong ones. */
export function resolveWith(
  options: object,
  env: Record<string, string> = {},
  surroundings?: Surroundings,
): Resolved {
  const warnings: string[] = [];
  try {
    const settings = resolveSettings(options, env, (text) => warnings.push(text), {
      homeFolder: () => '/home/bot',
      ...surroundings,
    });
    return { settings, problems: [], warnings };
  } catch (error) {
    if (!(error instanceof WeexConfigError)) throw error;
    return { settings: undefined, problems: error.problems, warnings };
  }
}

/** The same with credentials in place. */
export const resolveLive = (
  options: object,
  env: Record<string, string> = {},
  surroundings?: Surroundings,
): Resolved => resolveWith({ ...CREDENTIALS, ...options }, env, surroundings);
