// @ts-check

/**
 * @typedef {object} Sizing
 * @property {number} size
 * @property {number} leverage
 * @property {number} riskedUsdt what is lost if the stop is hit
 * @property {number} [stopPrice] none for a sale, which closes the position
 */

export const RISK_MODEL = 'fixed-fraction-2pct-v1';

const LEVERAGE = 5;
const EQUITY_USDT = 10_000;
const RISKED_PART = 0.02;
const STOP_DISTANCE = 0.014;

/**
 * Risks two per cent of the account on a stop 1.4 % away; a sale closes the whole position.
 *
 * @param {import('./strategy.mjs').Signal} signal
 * @param {import('./strategy.mjs').Reading} reading
 * @param {number} position
 * @returns {Sizing}
 */
export function sizePosition(signal, { price }, position) {
  if (signal.action === 'SELL') return { size: position, leverage: LEVERAGE, riskedUsdt: 0 };
  const riskedUsdt = EQUITY_USDT * RISKED_PART;
  const stopPrice = Number((price * (1 - STOP_DISTANCE)).toFixed(1));
  const size = Number((riskedUsdt / (price - stopPrice)).toFixed(3));
  return { size, leverage: LEVERAGE, riskedUsdt, stopPrice };
}
