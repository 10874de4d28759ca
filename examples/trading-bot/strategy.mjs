// @ts-check
import { EMA, RSI } from 'trading-signals';

/**
 * What the strategy reads from the candles.
 * @typedef {{ closedAt: string, price: number, emaFast: number, emaSlow: number, rsi: number }} Reading
 *
 * @typedef {{ action: 'BUY' | 'SELL' | 'HOLD', confidence: number, reason: string }} Signal
 */

export const STRATEGY_MODEL = 'ema9-ema21-rsi14-v3';

/** The averages must be this far apart, in parts of the price, before they say anything. */
const CLEAR_TREND = 0.0015;

/**
 * @param {import('./market.mjs').Candle[]} candles
 * @returns {Reading}
 */
export function readCandles(candles) {
  const emaFast = new EMA(9);
  const emaSlow = new EMA(21);
  const rsi = new RSI(14);
  for (const { close } of candles) for (const indicator of [emaFast, emaSlow, rsi]) indicator.add(close);
  const last = candles.at(-1);
  if (last === undefined) throw new Error('no candles to read');
  return {
    closedAt: new Date(last.openTime + 15 * 60_000).toISOString(),
    price: last.close,
    emaFast: round(emaFast.getResultOrThrow(), 2),
    emaSlow: round(emaSlow.getResultOrThrow(), 2),
    rsi: round(rsi.getResultOrThrow(), 2),
  };
}

/**
 * With the trend while it is clear and not overheated; long only.
 *
 * @param {Reading} reading
 * @param {number} position the size held now
 * @returns {Signal}
 */
export function findSignal({ price, emaFast, emaSlow, rsi }, position) {
  const trend = (emaFast - emaSlow) / price;
  const confidence = round(Math.min(0.95, 0.5 + Math.abs(trend) * 40), 2);
  const averages = `EMA9 ${emaFast} against EMA21 ${emaSlow}, RSI14 ${rsi}`;
  if (trend > CLEAR_TREND && rsi < 85) return { action: 'BUY', confidence, reason: `Uptrend: ${averages}.` };
  if (trend < -CLEAR_TREND && position > 0) {
    return {
      action: 'SELL',
      confidence,
      reason: `The trend has turned down: ${averages}. The long is closed.`,
    };
  }
  return { action: 'HOLD', confidence, reason: `No clear trend to follow: ${averages}.` };
}

/** @param {number} value @param {number} digits */
const round = (value, digits) => Number(value.toFixed(digits));
