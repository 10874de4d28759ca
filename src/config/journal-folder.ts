import { isAbsolute, join, resolve } from 'node:path';
import { invalid, type Parsed, type Parser, text, valid } from './parser';
import { type Env, variable } from './process-env';

/** An absolute folder, or memory alone. */
export type JournalPlace = { readonly folder: string } | 'memory';

const EXPECTED = 'a folder, or "none" to keep entries in memory only';

/** `home` is asked for `~/...`, which nothing expands in an environment file. */
export const journalFolderParser = (home: () => string | undefined): Parser<JournalPlace> =>
  text((raw) => parseFolder(raw, home), EXPECTED);

function parseFolder(raw: string, home: () => string | undefined): Parsed<JournalPlace> {
  if (raw.trim().toLowerCase() === 'none') return valid('memory');
  if (raw.includes('\0')) return invalid(`${EXPECTED}, without NUL characters`);
  try {
    if (!/^~([\\/]|$)/.test(raw)) return valid({ folder: resolve(raw) });
    const base = home();
    return base
      ? valid({ folder: join(base, raw.slice(1)) })
      : invalid(`${EXPECTED}; no home was found`, raw);
  } catch {
    // A relative path, and the working folder is gone.
    return invalid(`${EXPECTED}, as an absolute path`, raw);
  }
}

const FOLDER_NAME = 'opentelemetry-exporter-weex';

/** Where state belongs by the XDG rules (a relative XDG_STATE_HOME is no value), or `undefined`. */
export function defaultJournalFolder(env: Env, home: () => string | undefined): string | undefined {
  const stateHome = variable(env, 'XDG_STATE_HOME');
  if (stateHome && isAbsolute(stateHome)) return join(stateHome, FOLDER_NAME);
  const base = home();
  return base && join(base, '.local', 'state', FOLDER_NAME);
}
