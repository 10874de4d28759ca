/** Environment variables by name. */
export type Env = Readonly<Record<string, string | undefined>>;

/** The only place in the package that touches the process's environment. */
export const processEnv = (): Env => process.env;

/** A variable's value without the white space around it; empty means unset. */
export function variable(env: Env, name: string): string | undefined {
  const text = env[name]?.trim();
  return text === '' ? undefined : text;
}

/** Whether `OTEL_LOG_LEVEL` asks for silence. */
export const isSilenced = (env: Env): boolean => variable(env, 'OTEL_LOG_LEVEL')?.toLowerCase() === 'none';
