import { type Env, variable } from '../config/process-env';

/** What `OTEL_TRACES_EXPORTER` asks for. */
export interface TracesExporters {
  /** `weex` is in the list. */
  readonly weex: boolean;
  /** Every other name, as it stands there, for the SDK to read. */
  readonly others: readonly string[];
}

export function tracesExporters(env: Env): TracesExporters {
  const names = (variable(env, 'OTEL_TRACES_EXPORTER') ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  const isWeex = (name: string): boolean => name.toLowerCase() === 'weex';
  return { weex: names.some(isWeex), others: names.filter((name) => !isWeex(name)) };
}

/** `none` beside `weex` means: to WEEX only. */
export const nothingElse = (others: readonly string[]): boolean => others.every((name) => name === 'none');

/** The names that the SDK's own code knows; `jaeger` only in 1.x, with a package of its own. */
const KNOWN = new Set(['otlp', 'console', 'zipkin', 'jaeger', 'none']);

export const unknownNames = (others: readonly string[]): readonly string[] =>
  others.filter((name) => !KNOWN.has(name));
