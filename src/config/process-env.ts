/** Environment variables by name. */
export type Env = Readonly<Record<string, string | undefined>>;

/** The only place in the package that touches the process's environment. */
export const readProcessEnv = (): Env => process.env;

/** A variable's value without the white space around it; empty means unset. */
export function variable(env: Env, name: string): string | undefined {
  const text = env[name]?.trim();
  return text === '' ? undefined : text;
}
