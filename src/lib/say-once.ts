import type { Log } from './log';

/** Lines that are said once for each key, until the episode that the key stands for is over. */
export interface OnceLog {
  info(key: string, text: string): void;
  warn(key: string, text: string): void;
  error(key: string, text: string): void;
  /** The episode is over: the next line under this key is said again. */
  over(key: string): void;
}

/** Bounded: beyond `maxKeys` the key that was said longest ago may be said again. */
export function sayOnce(log: Log, maxKeys = 1_000): OnceLog {
  const said = new Set<string>();
  const say = (level: keyof Log, key: string, text: string): void => {
    if (said.has(key)) return;
    said.add(key);
    if (said.size > maxKeys) {
      for (const oldest of said) {
        said.delete(oldest);
        break;
      }
    }
    log[level](text);
  };
  return {
    info: (key, text) => say('info', key, text),
    warn: (key, text) => say('warn', key, text),
    error: (key, text) => say('error', key, text),
    over: (key) => {
      said.delete(key);
    },
  };
}
