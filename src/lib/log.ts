import { diag } from '@opentelemetry/api';
import { plainLine } from './plain-line';
import { writeToStderr } from './stderr';

/** Where the package says the few things that a person should read: one line for each change of state. */
export interface Log {
  info(text: string): void;
  warn(text: string): void;
  error(text: string): void;
}

/** The part of the API's `diag` that is used. */
export interface DiagLike {
  info(message: string): void;
  warn(message: string): void;
  error(message: string): void;
}

export interface LogOptions {
  /** Says nothing at all: `OTEL_LOG_LEVEL=none`. */
  readonly quiet: boolean;
  /** Takes one line without its end, when no diag logger is set. */
  write(line: string): void;
  readonly diag: DiagLike;
  /** Asked for each line: a bot may set its diag logger at any time. */
  hasDiagLogger(): boolean;
  /** Hides secrets in a line that is otherwise ready. */
  readonly mask?: ((text: string) => string) | undefined;
}

export const LOG_PREFIX = 'opentelemetry-exporter-weex: ';

const MAX_LINE_LENGTH = 2_000;

/**
 * A log whose lines go to the diag logger that the bot has set, else to `write`. Never throws: a closed
 * stderr or a broken logger must not reach the bot.
 */
export function createLog(options: LogOptions): Log {
  const say = (level: keyof Log, text: string): void => {
    if (options.quiet) return;
    try {
      const line = LOG_PREFIX + ready(text, options.mask);
      if (options.hasDiagLogger()) options.diag[level](line);
      else options.write(line);
    } catch {
      // Nobody is left to tell.
    }
  };
  return {
    info: (text) => say('info', text),
    warn: (text) => say('warn', text),
    error: (text) => say('error', text),
  };
}

/**
 * Masks after cleaning, for a secret broken up by control characters becomes whole only then; and before
 * cutting, for a secret that is cut no longer looks like one.
 */
function ready(text: string, mask: LogOptions['mask']): string {
  const clean = plainLine(text, MAX_LINE_LENGTH * 8);
  return plainLine(mask ? mask(clean) : clean, MAX_LINE_LENGTH);
}

/** Where every 1.x version of the API keeps its globals. */
const API_GLOBALS = Symbol.for('opentelemetry.js.api.1');

/** Whether somebody has set a diag logger; without one, what `diag` is told goes nowhere. */
export function hasDiagLogger(): boolean {
  const globals: unknown = Reflect.get(globalThis, API_GLOBALS);
  return typeof globals === 'object' && globals !== null && 'diag' in globals && globals.diag !== undefined;
}

/** The log of a process: its diag logger if it has one, else stderr; silent by `OTEL_LOG_LEVEL=none`. */
export function createProcessLog(
  env: Readonly<Record<string, string | undefined>>,
  mask?: (text: string) => string,
): Log {
  const quiet = env['OTEL_LOG_LEVEL']?.trim().toLowerCase() === 'none';
  return createLog({ quiet, write: writeToStderr, diag, hasDiagLogger, mask });
}
