import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { catalog, environmentOnly } from '../../src/config/catalog.js';
import { resolveWith } from '../helpers/resolve-with.js';

const options = Object.keys(catalog);
const variables = [...Object.values(catalog), ...Object.values(environmentOnly)].flatMap((one) => [
  ...one.variables,
]);

/** Letters and digits as keys and secrets have them, and passphrases with more. */
const secret = fc.oneof(
  fc.stringMatching(/^[A-Za-z0-9]{8,40}$/),
  fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9!-_.,;:@?#&= ]{6,30}[A-Za-z0-9]$/),
);
const around = fc.constantFrom(
  (text: string) => text,
  (text: string) => `https://${text}`,
  (text: string) => `https://x:${text}@api.weex.com`,
  (text: string) => `https://api.weex.com/?k=${text}`,
  (text: string) => `tool:${text}`,
  (text: string) => `a,${text},b`,
  (text: string) => `${text}\n`,
  (text: string) => [text],
  (text: string) => ({ [text]: text }),
);

describe('secrets', () => {
  it('are in no message, wherever else somebody has put them', () => {
    fc.assert(
      fc.property(
        fc.record({ apiKey: secret, apiSecret: secret, apiPassphrase: secret }),
        fc.constantFrom('code', 'environment'),
        fc.array(fc.tuple(fc.constantFrom(...options), around), { maxLength: 8 }),
        fc.array(fc.tuple(fc.constantFrom(...variables), around), { maxLength: 8 }),
        (credentials, where, misplacedOptions, misplacedVariables) => {
          const secrets = Object.values(credentials);
          const given: Record<string, unknown> = where === 'code' ? { ...credentials } : {};
          const env: Record<string, string> =
            where === 'code'
              ? {}
              : {
                  WEEX_API_KEY: credentials.apiKey,
                  WEEX_SECRET_KEY: credentials.apiSecret,
                  WEEX_PASSPHRASE: credentials.apiPassphrase,
                };
          misplacedOptions.forEach(([name, wrap], turn) => {
            given[name] ??= wrap(secrets[turn % 3] ?? '');
          });
          misplacedVariables.forEach(([name, wrap], turn) => {
            const value = wrap(secrets[turn % 3] ?? '');
            if (typeof value === 'string') env[name] ??= value;
          });
          given[secrets[1] ?? ''] = true;
          const { problems, warnings } = resolveWith(given, env);
          expect(problems.length).toBeGreaterThan(0);
          const said = [...problems, ...warnings].join('\n');
          return secrets.every((text) => !said.includes(text));
        },
      ),
      { numRuns: 500 },
    );
  });
});
