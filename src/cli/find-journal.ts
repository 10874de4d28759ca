import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { readProcessEnv, variable } from '../config/process-env';
import { resolveSettings } from '../config/resolve';
import type { Settings } from '../config/settings';
import { WeexConfigError } from '../errors';
import type { CommandLine } from './command-line';
import type { Terminal } from './terminal';

/** The folder of one account's journal, or what is wrong with how it was named. */
export type FoundJournal =
  | { readonly kind: 'found'; readonly folder: string; readonly account: string; readonly settings: Settings }
  | { readonly kind: 'wrong'; readonly problem: string };

/**
 * Finds the folder by the options, else by the bot's own variables.
 *
 * Whoever only reads needs no credentials: where no name is given and the journal holds one account, it is that
 * one. Whoever sends does not guess, for the entries of one account must not go out with the key of another. Whoever
 * watches may begin before the bot has made the folder.
 */
export function findJournal(
  line: CommandLine,
  terminal: Terminal,
  use: 'read' | 'send' | 'watch',
): FoundJournal {
  const env = readProcessEnv();
  let settings: Settings;
  try {
    settings = resolveSettings(
      // `record`: in mode `live` missing credentials would be an error.
      { mode: 'record', account: line.text('account'), journalDir: line.text('journal-dir') },
      env,
      (text) => terminal.err(text),
    );
  } catch (error) {
    if (error instanceof WeexConfigError) return { kind: 'wrong', problem: error.problems.join('; ') };
    throw error;
  }
  const { journalDir } = settings;
  if (journalDir === undefined) {
    return {
      kind: 'wrong',
      problem: 'this account has no journal on disk: name its folder by --journal-dir',
    };
  }
  const accounts = accountsIn(journalDir);
  let { account } = settings;
  const isNamed =
    line.text('account') !== undefined || variable(env, 'OTEL_EXPORTER_WEEX_ACCOUNT') !== undefined;
  const [only, second] = accounts;
  if (use === 'read' && !isNamed && only !== undefined && !accounts.includes(account)) {
    if (second !== undefined) {
      return {
        kind: 'wrong',
        problem: `${journalDir} holds several accounts: name one by --account (${accounts.join(', ')})`,
      };
    }
    account = only;
  }
  if (use !== 'watch' && !accounts.includes(account)) {
    const there = accounts.length === 0 ? 'holds no account' : `holds ${accounts.join(', ')}`;
    return { kind: 'wrong', problem: `there is no journal of account "${account}": ${journalDir} ${there}` };
  }
  return { kind: 'found', folder: join(journalDir, account), account, settings };
}

/** The accounts whose journals are below a folder. */
export function accountsIn(journalDir: string): string[] {
  try {
    return readdirSync(journalDir).filter((name) => statSync(join(journalDir, name)).isDirectory());
  } catch {
    return [];
  }
}
