import type { Audit, AuditedOrder, Credit } from '../../audit/audit';
import type { ListedOrder } from '../../audit/order-list';
import { readAudit } from '../../audit/read-audit';
import { canonicalStage } from '../../entry/stage';
import { systemClock } from '../../lib/clock';
import { plainLine } from '../../lib/plain-line';
import { type Command, done, wrongUsage } from '../command';
import { findJournal } from '../find-journal';
import { readOrders } from '../read-orders';
import { readPeriod } from '../read-time';
import type { Terminal } from '../terminal';
import { counted, tableLines, timeOf } from '../words';

const MOST_SHOWN = 200;
const MOST_CONTRADICTIONS = 50;

/** Whether every order has its logs. */
export const coverageCommand: Command = {
  name: 'coverage',
  synopsis: '[--orders FILE] [--since T] [--until T] [--stages LIST]',
  summary: 'Shows for each order the stages that are logged, missing, late or rejected, and contradictions',
  options: {
    orders: {
      type: 'string',
      value: 'FILE',
      help: "the exchange's orders: ids one a line, CSV, a JSON array, or WEEX's order list as it came",
    },
    since: { type: 'string', value: 'T', help: 'only orders and decisions from this time on' },
    until: { type: 'string', value: 'T', help: 'only orders and decisions before this time' },
    stages: {
      type: 'string',
      value: 'LIST',
      help: 'what each order has to show, with commas; default: what most orders show',
    },
  },

  async run(line, terminal) {
    const period = readPeriod(line);
    if (period.kind === 'wrong') return wrongUsage(period.problem);
    const stages = line
      .text('stages')
      ?.split(',')
      .map(canonicalStage)
      .filter((stage) => stage !== '');
    if (stages?.length === 0) return wrongUsage('expected --stages to name stages, separated by commas');
    const path = line.text('orders');
    const reading = path === undefined ? undefined : readOrders(path);
    if (reading?.kind === 'wrong') return wrongUsage(reading.problem);
    const listed = reading?.orders;
    const found = findJournal(line, terminal, 'read');
    if (found.kind === 'wrong') return wrongUsage(found.problem);
    const { folder } = found;
    terminal.progress(`reading ${folder} ...`);
    let read = 0;
    const audit = await readAudit(
      folder,
      () => systemClock.wallMillis(),
      { listed, stages, sinceMillis: period.sinceMillis, untilMillis: period.untilMillis },
      () => {
        read += 1;
        if (read % 10_000 === 0) terminal.progress(`${read} entries read ...`);
      },
    );
    const isComplete = audit.totals.gaps === 0 && audit.totals.contradictions === 0;
    if (line.flag('json')) {
      terminal.json({ folder, complete: isComplete, knownOrdersOnly: listed === undefined, ...audit });
    } else {
      terminal.out(`Journal: ${folder}`);
      print(audit, listed, terminal);
    }
    return done(isComplete ? 0 : 1);
  },
};

function print(audit: Audit, listed: readonly ListedOrder[] | undefined, terminal: Terminal): void {
  const { orders, totals, unordered, expectedStages, stagesGiven } = audit;
  terminal.out(
    listed === undefined
      ? "Known orders only: an order that no log names is not seen. Give the exchange's list by --orders FILE"
      : `Orders in the list: ${listed.length}`,
  );
  if (orders.length > 0) {
    const why = stagesGiven ? '--stages says so' : 'most orders show them; --stages sets others';
    terminal.out(`Each order has to show: ${plainLine(expectedStages.join(', '), 300)} (${why})`);
    printOrders(orders, terminal);
  }
  const stray = orders.filter(({ isListed }) => isListed === false);
  if (stray.length > 0) {
    terminal.out(
      `${stray.length === 1 ? '1 order that logs name is' : `${stray.length} orders that logs name are`} not in the list: of another time, or the id is wrong (${examples(stray)})`,
    );
  }
  const contradictions = orders.flatMap((order) => order.contradictions);
  for (const { orderId, words, entryId } of contradictions.slice(0, MOST_CONTRADICTIONS)) {
    terminal.out(`CONTRADICTION: order ${orderId}: ${plainLine(words, 300)} (entry ${entryId})`);
  }
  if (contradictions.length > MOST_CONTRADICTIONS)
    terminal.out(`  ... and ${contradictions.length - MOST_CONTRADICTIONS} more: --json lists them`);
  terminal.out(
    `Decisions without an order: ${unordered.total} (${unordered.holds} to hold, ${unordered.saidNone} said to have none, ${unordered.unlinked} whose order nobody named)`,
  );
  terminal.out(
    [
      `${counted(totals.orders, 'order')}: ${totals.complete} complete, ${totals.underWay} under way, ${totals.gaps} with gaps`,
      totals.unlogged > 0 ? `${totals.unlogged} of them without any accepted log` : '',
      totals.withLate > 0 ? `${totals.withLate} with a log later than a minute` : '',
      totals.possibleDuplicates > 0
        ? `${counted(totals.possibleDuplicates, 'log')} possibly twice at WEEX`
        : '',
    ]
      .filter((part) => part !== '')
      .join('; '),
  );
}

const examples = (orders: readonly AuditedOrder[]): string =>
  orders
    .slice(0, 3)
    .map(({ orderId }) => orderId)
    .join(', ') + (orders.length > 3 ? ', ...' : '');

function printOrders(orders: readonly AuditedOrder[], terminal: Terminal): void {
  const troubled = orders.filter(({ status }) => status === 'gaps');
  const others = orders.filter(({ status }) => status !== 'gaps');
  // What is missing must not be pushed out of sight by what is well.
  const shown = [...others.slice(-Math.max(MOST_SHOWN - troubled.length, 0)), ...troubled.slice(-MOST_SHOWN)];
  const listedOrders = orders.length > MOST_SHOWN ? shown : orders;
  const rows = listedOrders.map((order) => [
    order.orderId,
    order.atMillis === undefined ? '-' : timeOf(order.atMillis),
    order.symbol ?? '-',
    order.logged.map((stage) => `${stage}${markOf(order.credits, stage)}`).join(', ') || '-',
    order.late.join(', ') || '-',
    order.missing.map((stage) => `${stage}${whyOf(order, stage)}`).join(', ') || '-',
    order.status === 'gaps' ? 'GAPS' : order.status,
  ]);
  const heading = ['order', 'decided', 'symbol', 'logged', 'late', 'missing', 'status'];
  for (const row of tableLines([heading, ...rows])) terminal.out(row);
  if (orders.length > rows.length)
    terminal.out(`  ... and ${orders.length - rows.length} more: --json lists them`);
}

/** How a logged stage came to the order, where its id is not in what WEEX got. */
function markOf(credits: readonly Credit[], stage: string): string {
  const ofStage = credits.filter(({ entry }) => entry.stage === stage && entry.state === 'delivered');
  if (ofStage.some(({ by }) => by === 'own' || by === 'link')) return '';
  return ofStage.some(({ by }) => by === 'trade') ? ' (of its trade)' : ' (linked late, not sent)';
}

function whyOf({ rejected, credits }: AuditedOrder, stage: string): string {
  if (rejected.includes(stage)) {
    const isInvalid = credits.every(({ entry }) => entry.stage !== stage || entry.state === 'invalid');
    return isInvalid ? ' (invalid)' : ' (rejected)';
  }
  const overdue = credits.some(({ entry, timeliness }) => entry.stage === stage && timeliness === 'overdue');
  return overdue ? ' (not sent yet)' : '';
}
