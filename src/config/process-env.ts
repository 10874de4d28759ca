/** Environment variables by name. */
export type Env = Readonly<Record<string, string | undefined>>;

/** The only place in the package that touches the process's environment. */
export const readProcessEnv = (): Env => process.env;

/** A variable's value without the white space around it; empty means unset. */
export function variable(env: Env, name: string): string | undefined {
  const text = env[name]?.trim();
  return text === '' ? undefined : text;
}

/**
 * Runs `work` with some variables changed, for code of others that reads the environment by itself;
 * `undefined` removes one. They are as before when this returns or throws.
 */
export function withVariables<T>(changes: Env, work: () => T): T {
  const before = Object.keys(changes).map((name) => [name, process.env[name]] as const);
  try {
    for (const [name, value] of Object.entries(changes)) setVariable(name, value);
    return work();
  } finally {
    for (const [name, value] of before) setVariable(name, value);
  }
}

function setVariable(name: string, value: string | undefined): void {
  if (value === undefined) delete process.env[name];
  else process.env[name] = value;
}
