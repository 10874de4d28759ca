import { createHash } from 'node:crypto';
import type { Audit } from '../../src/audit/audit.js';
import type { AuditOptions } from '../../src/audit/order-audit.js';
import { readAudit } from '../../src/audit/read-audit.js';
import { newEntryId } from '../../src/entry/entry-id.js';
import type { SealedEntry } from '../../src/entry/sealed-entry.js';
import { systemClock } from '../../src/lib/clock.js';
import { openJournal } from '../journal/open-journal.js';
import { receiptFor } from '../journal/receipt.js';
import { sampleEntry } from '../journal/sample-entry.js';
import { tempAccountFolder } from '../journal/temp-folder.js';

export const T0 = 1_760_000_000_000;

/** One log: what it says, and what became of it. */
export interface Log {
  readonly stage?: string;
  readonly order?: string;
  /** Linked to this order before it was sent. */
  readonly link?: string;
  readonly symbol?: string;
  readonly noOrder?: boolean;
  readonly trace?: string;
  readonly span?: string;
  readonly parent?: string;
  /** Seconds after T0 at which the decision was made. */
  readonly at?: number;
  readonly output?: string;
  /** Seconds from the decision to WEEX's acceptance, or another end. Default: 1. */
  readonly fate?: number | 'pending' | 'rejected' | 'invalid' | 'skipped';
  readonly duplicate?: boolean;
}

/** A name as an id of so many hexadecimal digits. */
const hex = (name: string | undefined, digits: number): string | undefined =>
  name === undefined ? undefined : createHash('sha256').update(name).digest('hex').slice(0, digits);

export interface LoggedAccount {
  readonly folder: string;
  readonly ids: readonly string[];
  /** The bot names an order after the log was sent. */
  nameLate(index: number, orderId: string): Promise<void>;
  audit(options?: AuditOptions, afterSeconds?: number): Promise<Audit>;
}

/** A real journal that holds these logs. */
export async function loggedAccount(...logs: readonly Log[]): Promise<LoggedAccount> {
  const folder = tempAccountFolder();
  const { journal } = openJournal(folder);
  const entries = logs.map((log, index) => {
    const atMillis = T0 + (log.at ?? index) * 1_000;
    const entry: SealedEntry = {
      ...sampleEntry(),
      id: newEntryId(systemClock),
      stage: log.stage ?? 'Decision Making',
      payload: `{"stage":"${log.stage ?? 'Decision Making'}","model":"m","input":{"n":1},"output":${log.output ?? '{"action":"buy"}'},"explanation":"because"}`,
      orderId: log.order,
      noOrder: log.noOrder ?? false,
      symbol: log.symbol,
      startedMillis: atMillis - 100,
      endedMillis: atMillis,
      origin:
        log.trace === undefined
          ? undefined
          : {
              traceId: hex(log.trace, 32) ?? '',
              spanId: hex(log.span ?? `span ${index}`, 16) ?? '',
              parentSpanId: hex(log.parent, 16),
            },
    };
    write(entry, log, atMillis);
    return entry;
  });
  await journal.sync();

  function write(entry: SealedEntry, log: Log, atMillis: number): void {
    const fate = log.fate ?? 1;
    if (fate === 'invalid' || fate === 'skipped') {
      journal.appendClosed(entry, { state: fate, reason: 'for a reason' });
      return;
    }
    const slot = journal.append(entry) ?? -1;
    if (log.link !== undefined) journal.link(slot, log.link, 'first order under span 1, which holds both');
    if (fate === 'pending') return;
    journal.sending(slot);
    if (fate === 'rejected') {
      journal.rejected(slot, { httpStatus: 400, weexCode: '40020', reason: 'wrong' });
      return;
    }
    const orderId = log.order ?? log.link;
    journal.accepted(slot, {
      ...receiptFor(entry.id),
      acceptedAt: atMillis + fate * 1_000,
      possibleDuplicate: log.duplicate ?? false,
      ...(orderId === undefined ? {} : { orderId }),
    });
  }

  return {
    folder,
    ids: entries.map(({ id }) => id),
    async nameLate(index, orderId) {
      journal.note('late-order', { entryId: entries[index]?.id, orderId });
      await journal.sync();
    },
    audit: (options, afterSeconds = 3_600) => readAudit(folder, () => T0 + afterSeconds * 1_000, options),
  };
}
