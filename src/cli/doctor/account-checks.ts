import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createLiveness } from '../../journal/liveness';
import type { JournalFile, JournalRecord } from '../../journal/read-journal';
import { listFiles } from '../../journal/read-journal';
import { noteOf } from '../../journal/record-contents';
import { parseSocketFile } from '../../journal/segment-name';
import type { Clock } from '../../lib/clock';
import { type AccountSummary, summarize } from '../account-summary';
import { counted, roughly, timeOf, whyPaused } from '../words';
import { type Check, ok, problem, warn } from './check';

/** `health().ready` is false from this age on. */
const TOO_OLD_MILLIS = 45_000;

/** The account's own journal: what waits, who sends it, and what its processes found when they started. */
export async function checkAccount(
  folder: string,
  clock: Clock,
  progress: (text: string) => void,
): Promise<Check[]> {
  const live = await liveWriters(folder, clock);
  const processes = new Map<string, ProcessFacts>();
  const summary = await summarize(
    folder,
    (entries) => progress(`${entries} entries read ...`),
    (record, file) => learn(processes, record, file),
  );
  return [
    processCheck(live, processes),
    ...pendingChecks(summary, live.length, clock.wallMillis()),
    ...selfChecks(live, processes),
  ];
}

/** Other accounts below the same folder, for which nobody may be looking. */
export async function checkOthers(
  journalDir: string,
  accounts: readonly string[],
  clock: Clock,
  progress: (text: string) => void,
): Promise<Check[]> {
  const checks: Check[] = [];
  for (const account of accounts) {
    const folder = join(journalDir, account);
    progress(`reading ${folder} ...`);
    const { counts, oldestPendingMillis } = await summarize(folder, () => {});
    if (counts.pending === 0) continue;
    const age = roughly(clock.wallMillis() - (oldestPendingMillis ?? clock.wallMillis()));
    const found = `account "${account}" has ${counted(counts.pending, 'entry', 'entries')} to send, the oldest ${age} old`;
    if ((await liveWriters(folder, clock)).length > 0) checks.push(ok('other accounts', `${found}; it runs`));
    else {
      checks.push(
        problem(
          'other accounts',
          `${found}, and no process of it runs`,
          `with its credentials run weex-ai-log drain --account ${account}; if it is the same account under another key or name, set OTEL_EXPORTER_WEEX_ACCOUNT for good`,
        ),
      );
    }
  }
  const rest = accounts.length === 0 ? 'none' : `${accounts.length}, with nothing to send`;
  return checks.length > 0 ? checks : [ok('other accounts', rest)];
}

async function liveWriters(folder: string, clock: Clock): Promise<string[]> {
  const writers = new Set<string>();
  for (const { owner } of listFiles(folder)) if (owner !== undefined) writers.add(owner);
  for (const file of readdirSync(folder)) {
    const writer = parseSocketFile(file);
    if (writer !== undefined) writers.add(writer);
  }
  // Asks only, and never listens: nobody hears of this process.
  const liveness = createLiveness(folder, 'doctor000000', clock);
  const lives = await Promise.all(
    [...writers].map(async (writer) => ({ writer, life: await liveness.lifeOf(writer) })),
  );
  return lives.filter(({ life }) => life === 'alive').map(({ writer }) => writer);
}

interface ProcessFacts {
  atMillis: number;
  about: Readonly<Record<string, unknown>>;
  selfCheck: { readonly atMillis: number; readonly facts: Readonly<Record<string, unknown>> } | undefined;
}

/** Each writer begins its files with what it is; a self-check is a note in one of them. */
function learn(processes: Map<string, ProcessFacts>, record: JournalRecord, { base }: JournalFile): void {
  const writer = base.split('-')[1];
  if (writer === undefined) return;
  const known = processes.get(writer) ?? { atMillis: 0, about: {}, selfCheck: undefined };
  processes.set(writer, known);
  const { about } = record.fields;
  if (record.kind === 'open' && typeof about === 'object' && about !== null) {
    known.about = { ...about };
    known.atMillis = record.atMillis;
  }
  const note = noteOf(record);
  if (note?.name === 'self-check') known.selfCheck = { atMillis: record.atMillis, facts: note.facts };
}

function processCheck(live: readonly string[], processes: ReadonlyMap<string, ProcessFacts>): Check {
  if (live.length === 0) return ok('processes', 'none of this account runs now');
  // A process that has not written yet has not said what it is either.
  const described = live.flatMap((writer) => {
    const { about = {} } = processes.get(writer) ?? {};
    const parts = ['version', 'node', 'mode', 'command'].map((name) => about[name]);
    const text = parts.filter((part) => typeof part === 'string').join(' ');
    return text === '' ? [] : [text];
  });
  const what = described.length === 0 ? '' : ` (${[...new Set(described)].join('; ')})`;
  return ok('processes', `${live.length} of this account run now${what}`);
}

function pendingChecks(summary: AccountSummary, live: number, nowMillis: number): Check[] {
  const { counts, oldestPendingMillis, paused } = summary;
  const checks: Check[] = [];
  if (paused !== undefined) {
    checks.push(
      problem(
        'account',
        `paused since ${timeOf(paused.sinceMillis)}: ${whyPaused(paused)}`,
        'doctor --probe explains it; when it is mended, a running bot finds out by itself within 5 minutes',
      ),
    );
  }
  const age = nowMillis - (oldestPendingMillis ?? nowMillis);
  const waits = `${counts.pending} to send${counts.pending === 0 ? '' : `, the oldest ${roughly(age)} old`}`;
  if (counts.pending > 0 && live === 0) {
    checks.push(
      problem('to send', `${waits}, and no process runs`, 'start the bot, or run weex-ai-log drain'),
    );
  } else if (age > TOO_OLD_MILLIS) {
    checks.push(
      problem(
        'to send',
        `${waits}: WEEX wants a log within a minute`,
        'look at the other checks for the reason',
      ),
    );
  } else {
    checks.push(ok('to send', waits));
  }
  const asides = counts.rejected + counts.invalid;
  checks.push(
    asides === 0
      ? ok('set aside', 'nothing is rejected or invalid')
      : problem(
          'set aside',
          `${counts.rejected} rejected by WEEX, ${counts.invalid} invalid`,
          'weex-ai-log status tells why; redrive sends them mended',
        ),
  );
  return checks;
}

/** What the bot's own process found: of those that run, else of the last one. */
function selfChecks(live: readonly string[], processes: ReadonlyMap<string, ProcessFacts>): Check[] {
  const all = [...processes].flatMap(([writer, { selfCheck }]) =>
    selfCheck === undefined ? [] : [{ writer, ...selfCheck }],
  );
  const ofLive = all.filter(({ writer }) => live.includes(writer));
  const newest = all.sort((one, other) => one.atMillis - other.atMillis).slice(-1);
  const shown = ofLive.length > 0 ? ofLive : newest;
  if (shown.length === 0) {
    return [
      warn(
        'in the bot',
        'no process has left a self-check',
        'start the bot once: it notes its tracer provider, sampler and limits',
      ),
    ];
  }
  return shown.flatMap(({ atMillis, facts }) => {
    const problems = Array.isArray(facts['problems']) ? facts['problems'].map(String) : [];
    const when = `of ${timeOf(atMillis)}${ofLive.length > 0 ? '' : ', by a process that has ended'}`;
    if (problems.length > 0) {
      return problems.map((text) =>
        problem('in the bot', `${text} (${when})`, 'change it in the bot and start it again'),
      );
    }
    const told = ['provider', 'sampler']
      .map((name) => facts[name])
      .filter((fact) => typeof fact === 'string')
      .join(', ');
    return [ok('in the bot', `nothing wrong${told === '' ? '' : `: ${told}`} (${when})`)];
  });
}
