import { statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { findCredentials } from '../../config/credentials';
import { readProcessEnv } from '../../config/process-env';
import { readOrderIds } from '../../entry/order-id';
import { writeEvidence } from '../../evidence/write-evidence';
import { systemClock } from '../../lib/clock';
import { VERSION } from '../../lib/version';
import { type Command, done, wrongUsage } from '../command';
import { findJournal } from '../find-journal';
import { readPeriod } from '../read-time';
import { counted } from '../words';

/** What can be shown to somebody who doubts a log. */
export const evidenceCommand: Command = {
  name: 'evidence',
  synopsis: '[--order ID] [--since T] [--until T] [--redact] --out FILE',
  summary: 'Writes a bundle for a dispute: every log with its hashes, attempts, answers and the hash chain',
  options: {
    out: {
      type: 'string',
      value: 'FILE',
      help: 'writes FILE.json and FILE.html; they hold prompts and answers',
    },
    order: { type: 'string', value: 'ID', help: 'only the logs of this order' },
    since: { type: 'string', value: 'T', help: 'only decisions from this time on' },
    until: { type: 'string', value: 'T', help: 'only decisions before this time' },
    redact: { type: 'boolean', help: 'hashes in place of input, output and explanation' },
  },

  async run(line, terminal) {
    const out = line.text('out');
    if (out === undefined || out === '')
      return wrongUsage('expected --out FILE: FILE.json and FILE.html are written');
    const path = resolve(out.replace(/\.(json|html)$/i, ''));
    if (statSync(dirname(path), { throwIfNoEntry: false })?.isDirectory() !== true) {
      return wrongUsage(`expected --out to be in a folder that is there: ${dirname(path)} is none`);
    }
    const order = readOrderIds(line.text('order'));
    const orderId = order.kind === 'ids' ? order.ids[0] : undefined;
    if (line.text('order') !== undefined && orderId === undefined) {
      return wrongUsage('expected --order to be the digits of an order id');
    }
    const period = readPeriod(line);
    if (period.kind === 'wrong') return wrongUsage(period.problem);
    const found = findJournal(line, terminal, 'read');
    if (found.kind === 'wrong') return wrongUsage(found.problem);
    const { folder, account } = found;
    const jsonPath = `${path}.json`;
    const htmlPath = `${path}.html`;
    const result = await writeEvidence({
      folder,
      account,
      version: VERSION,
      jsonPath,
      htmlPath,
      orderId,
      sinceMillis: period.sinceMillis,
      untilMillis: period.untilMillis,
      redacts: line.flag('redact'),
      // No credentials are needed; what can be found of them must not get into a bundle.
      secrets: findCredentials({}, readProcessEnv()).secrets,
      nowMillis: systemClock.wallMillis(),
      progress: (text) => terminal.progress(text),
    });
    if (result.kind === 'unknown-order') return wrongUsage(`no log of ${folder} names order ${orderId}`);
    const { entries, orders, head, sha256, isIntact } = result;
    if (line.flag('json')) {
      terminal.json({
        folder,
        json: jsonPath,
        html: htmlPath,
        entries,
        orders,
        head,
        sha256,
        intact: isIntact,
      });
    } else {
      terminal.out(`Journal: ${folder}`);
      terminal.out(`${counted(entries, 'log')} of ${counted(orders, 'order')}`);
      terminal.out(`Data: ${jsonPath}`);
      terminal.out(`Page: ${htmlPath}`);
      terminal.out(
        isIntact ? 'The hash chain is intact.' : 'The hash chain is NOT intact: the bundle says where.',
      );
      terminal.out(`SHA-256 of the data: ${sha256}`);
      terminal.out(
        'Note it where nobody can change it: it vouches for the heads of the journal, which are in it.',
      );
    }
    return done(0);
  },
};
