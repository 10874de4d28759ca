// @ts-check
import { table } from '../support/table.mjs';

/**
 * @typedef {object} Summary
 * @property {boolean} ok
 * @property {number} stages
 * @property {number} delivered
 * @property {number} spans
 * @property {number} spansAtOtherBackend counted there, or flushed without an error when it cannot be asked
 * @property {boolean} otherBackendCounted
 * @property {string} otherBackend
 * @property {string[]} orderIds every order that the exchange gave an id
 * @property {string[]} problems
 * @property {number} slowestReceiptMillis
 * @property {number} elapsedMillis
 * @property {Readonly<Record<string, number>>} answers how often WEEX gave each answer
 * @property {import('./comparison.mjs').Row[]} rows
 */

/** @param {Summary} summary */
export function printReport(summary) {
  const { rows, problems } = summary;
  const header = ['cycle', 'symbol', 'stage', 'model', 'WEEX answered', 'order id', 'receipt after'];
  let former = '';
  const cells = rows.map((row) => {
    const place = `${row.cycle} ${row.symbol}`;
    const again = place === former;
    former = place;
    return [
      again ? '' : String(row.cycle),
      again ? '' : row.symbol,
      row.stage,
      row.model,
      row.problem ?? row.answers.join(' > '),
      row.orderId ?? '-',
      row.receiptAfterMillis === undefined ? '-' : seconds(row.receiptAfterMillis),
    ];
  });
  console.log(`\n${table(header, cells)}\n`);
  console.log(lastLines(summary).join('\n'));
  for (const problem of problems) console.log(`MISSING: ${problem}`);
  console.log(`demo ${summary.ok ? 'ok' : 'FAILED'}: delivered ${summary.delivered} of ${summary.stages}`);
}

/** @param {Summary} summary */
function lastLines({ answers, orderIds, slowestReceiptMillis, rows, ...summary }) {
  const linked = orderIds.filter((id) => rows.some((row) => row.orderId === id)).length;
  const got = summary.otherBackendCounted
    ? `${summary.spansAtOtherBackend} of ${summary.spans} spans counted`
    : `${summary.spansAtOtherBackend} of ${summary.spans} spans flushed without error (nobody can be asked there)`;
  return [
    `WEEX      delivered ${summary.delivered} of ${summary.stages} stages; ${linked} of ${orderIds.length} orders have their log; slowest receipt ${seconds(slowestReceiptMillis)}`,
    `          answered ${Object.entries(answers)
      .map(([answer, count]) => `${count} x ${answer}`)
      .join(', ')}`,
    `backend   ${got}, at ${summary.otherBackend}`,
    `took      ${seconds(summary.elapsedMillis)}`,
  ];
}

/** @param {number} millis */
const seconds = (millis) => `${(millis / 1_000).toFixed(2)} s`;
