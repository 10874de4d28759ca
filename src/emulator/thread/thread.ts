import { parentPort, workerData } from 'node:worker_threads';
import { systemClock } from '../../lib/clock';
import { faultList } from '../faults/fault-list';
import { emulatorServer } from '../http/server';
import { LiveFeed } from '../page/live-feed';
import { History } from './history';
import type { FromThread, ThreadStart, ToThread } from './protocol';
import { answerCalls } from './sync-call';

/** The emulator's thread: joins its parts and listens. */
function main(start: ThreadStart): void {
  const { settings } = start;
  const clock = systemClock;
  const faults = faultList(settings.seed);
  faults.add(settings.faults);

  const connections = { opened: 0, open: 0 };
  const feed = new LiveFeed(clock);
  const history = new History(settings.keepLogs, feed, () => connections);
  feed.attach({ history, faults, accounts: settings.accounts.length });
  const server = emulatorServer({ settings, clock, faults, history, feed, connections });

  answerCalls(start.callPort, new Int32Array(start.answered), {
    logsAfter: (number) => history.logsAfter(number),
    requestsAfter: (number) => history.requestsAfter(number),
    stats: () => history.stats(),
    script: (plans) => {
      faults.add(plans);
      feed.changed();
    },
    clearFaults: () => {
      faults.clear();
      feed.changed();
    },
    reset: () => {
      faults.clear();
      history.reset();
    },
  });

  parentPort?.on('message', ({ id, count, timeoutMillis }: ToThread) => {
    const timer = clock.schedule(timeoutMillis, () => {
      withdraw();
      say({ kind: 'waited', id, reached: false });
    });
    const withdraw = history.whenTaken(count, () => {
      timer.cancel();
      say({ kind: 'waited', id, reached: true });
    });
  });

  server.once('error', (error: NodeJS.ErrnoException) => {
    say({ kind: 'failed', code: error.code, message: error.message });
  });
  server.listen({ port: settings.port, host: settings.host }, () => {
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : settings.port;
    say({ kind: 'listening', url: `http://${nameInUrl(settings.host)}:${port}` });
  });
}

function say(message: FromThread): void {
  parentPort?.postMessage(message);
}

/** By which name a client on this machine reaches an address that was listened on. */
function nameInUrl(host: string): string {
  if (host === '0.0.0.0') return '127.0.0.1';
  if (host === '::') return '[::1]';
  return host.includes(':') ? `[${host}]` : host;
}

main(workerData);
