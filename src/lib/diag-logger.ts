import { diag } from '@opentelemetry/api';
import { createLog, type Log } from './log';
import { writeToStderr } from './stderr';

/** Where every 1.x version of the API keeps its globals. */
const API_GLOBALS = Symbol.for('opentelemetry.js.api.1');

/** Whether somebody has set a diag logger; without one, what `diag` is told goes nowhere. */
export function hasDiagLogger(): boolean {
  const globals: unknown = Reflect.get(globalThis, API_GLOBALS);
  return typeof globals === 'object' && globals !== null && 'diag' in globals && globals.diag !== undefined;
}

/** The log of a process: its diag logger if it has one, else stderr. */
export const createProcessLog = (options: {
  readonly quiet: boolean;
  readonly mask?: ((text: string) => string) | undefined;
}): Log => createLog({ ...options, diag, hasDiagLogger, write: writeToStderr });
