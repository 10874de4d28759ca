import { getEnvironmentData, setEnvironmentData } from 'node:worker_threads';
import type { Log } from '../lib/log';

/** What register has to say. Each key is said once in a process: worker threads do not say it again. */
export interface Lines {
  info(key: string, text: string): void;
  warn(key: string, text: string): void;
  error(key: string, text: string): void;
  /** Whether an error was said in this thread or before it began. */
  readonly anyError: boolean;
  /** Every warning and error that was said in this thread. */
  readonly problems: readonly string[];
}

/** Copied into every worker thread at its start. */
const SAID = 'opentelemetry-exporter-weex.register.said';

const ANY_ERROR = 'any error';

export function linesOnce(log: Log): Lines {
  const before = getEnvironmentData(SAID);
  const said = new Set<unknown>(Array.isArray(before) ? before : []);
  const problems: string[] = [];
  const say = (level: keyof Log, key: string, text: string): void => {
    if (said.has(key)) return;
    said.add(key);
    setEnvironmentData(SAID, [...said].map(String));
    if (level !== 'info') problems.push(text);
    log[level](text);
  };
  return {
    problems,
    info: (key, text) => say('info', key, text),
    warn: (key, text) => say('warn', key, text),
    error: (key, text) => {
      said.add(ANY_ERROR);
      say('error', key, text);
    },
    get anyError() {
      return said.has(ANY_ERROR);
    },
  };
}
