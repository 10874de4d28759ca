/** What one check came to: `warn` is worth reading and no problem yet. */
export interface Check {
  /** What was checked. */
  readonly name: string;
  readonly status: 'ok' | 'warn' | 'problem';
  readonly found: string;
  /** How to mend it. */
  readonly mend?: string | undefined;
}

export const ok = (name: string, found: string): Check => ({ name, status: 'ok', found });
export const warn = (name: string, found: string, mend: string): Check => ({
  name,
  status: 'warn',
  found,
  mend,
});
export const problem = (name: string, found: string, mend: string): Check => ({
  name,
  status: 'problem',
  found,
  mend,
});
