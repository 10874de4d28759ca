import { WeexConfigError } from '../../errors';
import { systemClock } from '../../lib/clock';
import { holdProcess } from '../../lib/hold-process';
import { openPipeline, type PipelineLease } from '../../pipeline';
import { type Command, done, wrongUsage } from '../command';
import { findJournal } from '../find-journal';
import type { Terminal } from '../terminal';

const LOOK_MILLIS = 200;

/** Why the wait came to its end. */
type End = 'empty' | 'timeout' | 'stopped' | 'paused';

/** Delivers what is left when the bot does not run. */
export const drainCommand: Command = {
  name: 'drain',
  synopsis: '[--timeout MS] [--watch]',
  summary: 'Delivers what dead processes of the account left',
  options: {
    timeout: { type: 'string', value: 'MS', help: 'give up after so many milliseconds; default: never' },
    watch: { type: 'boolean', help: 'stay and deliver whatever is left behind, until a signal' },
  },

  async run(line, terminal) {
    const timeout = line.text('timeout');
    const watches = line.flag('watch');
    if (timeout !== undefined && !/^\d{1,12}$/.test(timeout)) {
      return wrongUsage(`expected --timeout to be whole milliseconds, got "${timeout}"`);
    }
    if (timeout !== undefined && watches) return wrongUsage('--timeout and --watch exclude each other');
    const found = findJournal(line, terminal, watches ? 'watch' : 'send');
    if (found.kind === 'wrong') return wrongUsage(found.problem);
    const { folder, account } = found;
    // Before anything is sent: a signal that comes early must end it cleanly too.
    const stopped = terminal.untilStopped();
    const letProcessEnd = holdProcess();
    try {
      const opened = open(account, line.text('journal-dir'));
      if (typeof opened === 'string') return wrongUsage(opened);
      if (!line.flag('json')) terminal.out(`Journal: ${folder}`);
      const end = await work(opened, {
        terminal,
        stopped,
        watches,
        timeoutMillis: Number(timeout ?? Infinity),
      });
      const { waiting, pending, delivered, rejected, paused } = opened.pipeline.health();
      const left = waiting + pending;
      await opened.release(watches || end === 'stopped' ? undefined : 0);
      if (line.flag('json')) {
        terminal.json({ folder, end, delivered, rejected, left, paused });
      } else {
        terminal.out(`${delivered} delivered, ${rejected} rejected, ${left} left`);
        if (end === 'paused' && paused !== undefined) terminal.out(`The account is paused: ${paused.reason}`);
      }
      return done(left === 0 || watches ? 0 : 1);
    } finally {
      letProcessEnd();
    }
  },
};

function open(account: string, journalDir: string | undefined): PipelineLease | string {
  try {
    return openPipeline({ account, journalDir, mode: 'live' });
  } catch (error) {
    if (error instanceof WeexConfigError) return error.problems.join('; ');
    throw error;
  }
}

interface Wait {
  readonly terminal: Terminal;
  readonly stopped: Promise<void>;
  readonly watches: boolean;
  readonly timeoutMillis: number;
}

async function work({ pipeline, journal }: PipelineLease, wait: Wait): Promise<End> {
  let isStopped = false;
  const { terminal, watches, timeoutMillis } = wait;
  const wasStopped = wait.stopped.then(() => {
    isStopped = true;
  });
  const deadline = systemClock.monotonicMillis() + timeoutMillis;
  await Promise.race([journal?.recoverNow(), wasStopped]);
  for (;;) {
    const { waiting, pending, delivered, paused } = pipeline.health();
    const left = waiting + pending;
    terminal.progress(`${left} left, ${delivered} delivered${paused === undefined ? '' : ', paused'}`);
    if (isStopped) return 'stopped';
    if (!watches) {
      if (left === 0) return 'empty';
      // With a time given, the probes within it may still find that the account works again.
      if (paused !== undefined && timeoutMillis === Number.POSITIVE_INFINITY) return 'paused';
      if (systemClock.monotonicMillis() >= deadline) return 'timeout';
    }
    await Promise.race([pass(LOOK_MILLIS), wasStopped]);
  }
}

const pass = (millis: number): Promise<void> =>
  new Promise((resolve) => void systemClock.schedule(millis, resolve));
