import { join } from 'node:path';
import type { Settings } from '../../config/settings';
import { createUndiciTransport } from '../../delivery/undici-transport';
import type { FileJournal } from '../../journal/journal';
import { troubleOf } from '../../journal/trouble';
import { accountsIn } from '../find-journal';
import { checkAccount, checkOthers } from './account-checks';
import { type Check, problem, warn } from './check';
import { checkFolder } from './folder-checks';
import { checkNetwork } from './network-checks';
import { probe } from './probe';
import { checkSettings } from './settings-checks';
import type { Surroundings } from './surroundings';

export interface DoctorRequest {
  readonly account: string | undefined;
  readonly journalDir: string | undefined;
  readonly probes: boolean;
  openJournal(folder: string, settings: Settings): FileJournal;
  progress(text: string): void;
}

export interface Diagnosis {
  /** The account's folder; `undefined` when there is none on disk. */
  readonly folder: string | undefined;
  readonly checks: readonly Check[];
}

/** All checks, in the order in which trouble has to be mended. */
export async function runDoctor(request: DoctorRequest, surroundings: Surroundings): Promise<Diagnosis> {
  const { account, journalDir } = request;
  const env = surroundings.env();
  const { settings, credentials, checks } = checkSettings({ account, journalDir }, env);
  if (settings === undefined) return { folder: undefined, checks };
  const accounts = settings.journalDir === undefined ? [] : accountsIn(settings.journalDir);
  const name = accountName(settings, request, accounts, env['OTEL_EXPORTER_WEEX_ACCOUNT']);
  const folder = settings.journalDir === undefined ? undefined : join(settings.journalDir, name);
  const found: Check[] = [...checks];
  if (folder === undefined || settings.journalDir === undefined) {
    found.push(
      problem(
        'journal folder',
        'entries are kept in memory only, and a restart loses those that are not sent',
        'unset OTEL_EXPORTER_WEEX_JOURNAL_DIR, or set it to a folder on a disk',
      ),
    );
  } else {
    found.push(...checkFolder(folder, surroundings));
    if (accounts.includes(name)) {
      request.progress(`reading ${folder} ...`);
      found.push(
        ...(await readable(folder, () => checkAccount(folder, surroundings.clock, request.progress))),
      );
    }
    const { journalDir: parent } = settings;
    const others = accounts.filter((other) => other !== name);
    found.push(
      ...(await readable(parent, () => checkOthers(parent, others, surroundings.clock, request.progress))),
    );
  }
  request.progress(`asking ${settings.endpoint} ...`);
  const patient = { ...settings, exitTimeoutMillis: settings.timeoutMillis + 1_000 };
  const transport = createUndiciTransport(patient, surroundings.clock);
  try {
    const network = await checkNetwork(settings, transport, surroundings);
    found.push(...network.checks);
    if (request.probes && credentials === undefined) {
      found.push(warn('probe', 'not sent: credentials are missing', 'set them first'));
    } else if (request.probes && credentials !== undefined) {
      const journal = folder === undefined ? undefined : request.openJournal(folder, settings);
      const { clock } = surroundings;
      const { offsetMillis = 0 } = network;
      found.push(await probe({ settings, credentials, transport, journal, clock, offsetMillis }));
      await journal?.close();
    }
  } finally {
    await transport.close();
  }
  return { folder, checks: found };
}

/** What cannot be read ends its own check and no other. */
async function readable(folder: string, check: () => Promise<Check[]>): Promise<Check[]> {
  try {
    return await check();
  } catch (error) {
    return [
      problem('journal', `${folder} cannot be read: ${troubleOf(error)}`, 'run this as the user of the bot'),
    ];
  }
}

/** Without a name and without credentials, the journal's only account is meant. */
function accountName(
  settings: Settings,
  request: DoctorRequest,
  accounts: readonly string[],
  named: string | undefined,
): string {
  const [only, second] = accounts;
  const isNamed = request.account !== undefined || (named ?? '').trim() !== '';
  const isGuess =
    !isNamed && !accounts.includes(settings.account) && only !== undefined && second === undefined;
  return isGuess ? only : settings.account;
}
