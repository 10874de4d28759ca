// A process (or thread) with a journal of its own, told what to do by messages: [number, command, ...arguments].
import { createRequire } from 'node:module';
import { parentPort, workerData } from 'node:worker_threads';

/** @import { SealedEntry } from '../../src/entry/sealed-entry.js' */
/** @import { PauseRecord, RecoveredEntry, Slot } from '../../src/journal/journal.js' */

const require = createRequire(import.meta.url);
/** @type {typeof import('../../src/journal/file-journal.js')} */
const { createFileJournal } = require('../../dist/journal/file-journal.js');
/** @type {typeof import('../../src/lib/clock.js')} */
const { systemClock } = require('../../dist/lib/clock.js');

/** @param {unknown} message */
const say = (message) => (parentPort === null ? process.send?.(message) : parentPort.postMessage(message));

/** @type {RecoveredEntry[]} */
const recovered = [];
const quiet = { info() {}, warn() {}, error() {} };
const journal = createFileJournal({
  folder: workerData?.folder ?? process.argv[2],
  clock: systemClock,
  log: quiet,
  maxBytes: 2 ** 31,
  retentionDays: 180,
  onRecovered: (entries) => recovered.push(...entries),
});
/** @type {Map<string, Slot>} */
const slots = new Map();

/** @param {readonly SealedEntry[]} entries */
const append = (entries) => {
  for (const entry of entries) slots.set(entry.id, journal.append(entry) ?? -1);
};

/** @param {readonly string[]} ids */
const accept = (ids) => {
  for (const entryId of ids) {
    const receipt = { code: '0', msg: 'ok', acceptedAt: 1, attempts: 1, possibleDuplicate: false };
    journal.accepted(slots.get(entryId) ?? -1, { entryId, ...receipt });
  }
};

/**
 * @param {string} command
 * @param {readonly any[]} args
 */
const obey = async (command, [first, second]) => {
  switch (command) {
    case 'append':
      return append(first);
    case 'accept':
      return accept(first);
    case 'sending':
      for (const id of first) journal.sending(slots.get(id) ?? -1);
      return undefined;
    case 'appendAndExit':
      append(first);
      accept(second);
      return process.exit(0);
    case 'end':
      // Then nothing is left that keeps the process.
      setImmediate(() => process.disconnect?.());
      return undefined;
    case 'recover':
      await journal.recoverNow();
      return recovered.map(({ slot }) => journal.read(slot)?.id);
    case 'paused':
      return journal.paused(first);
    case 'resumed':
      return journal.resumed(Date.now());
    default:
      throw new Error(`unknown command ${command}`);
  }
};

/** @param {[number, string, ...unknown[]]} message */
const hear = async ([number, command, ...args]) => say([number, await obey(command, args)]);
if (parentPort === null) process.on('message', hear);
else parentPort.on('message', hear);
say([0]);
