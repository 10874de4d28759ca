// @ts-check
import { SpanKind, trace } from '@opentelemetry/api';

/**
 * @typedef {object} Candle
 * @property {number} openTime milliseconds since 1970
 * @property {number} open
 * @property {number} high
 * @property {number} low
 * @property {number} close
 * @property {number} volume
 */

/**
 * How a symbol moves: for each candle the mean of the next change, in parts of the price.
 * @typedef {{ start: number, decimals: number, noise: number, drift: (candle: number) => number }} Walk
 */

const FIFTEEN_MINUTES = 15 * 60_000;
const FIRST_OPEN = Date.UTC(2026, 0, 5);
const WINDOW = 60;
const CANDLES_A_CYCLE = 6;
const TURN = WINDOW + 2 * CANDLES_A_CYCLE;

/** BTC rises and turns down after the third cycle; ETH goes nowhere. @type {Record<string, Walk>} */
const WALKS = {
  BTCUSDT: { start: 64_200, decimals: 1, noise: 0.002, drift: (i) => (i < TURN ? 0.0006 : -0.005) },
  ETHUSDT: { start: 3_180, decimals: 2, noise: 0.0004, drift: () => 0 },
};

const tracer = trace.getTracer('market-data');

/**
 * A market whose candles come from a seed: the same seed tells the same story.
 *
 * @param {{ seed: number }} options
 */
export function createMarket({ seed }) {
  return {
    /**
     * The latest closed 15-minute candles in a trading cycle (the first is 1), behind an ordinary client span:
     * WEEX never sees it, your tracing backend does.
     *
     * @param {string} symbol
     * @param {number} cycle
     * @returns {Promise<Candle[]>}
     */
    candles(symbol, cycle) {
      const attributes = { 'http.request.method': 'GET', 'market.symbol': symbol };
      return tracer.startActiveSpan('GET candles', { kind: SpanKind.CLIENT, attributes }, async (span) => {
        const closed = WINDOW + (cycle - 1) * CANDLES_A_CYCLE;
        const candles = generate(walkOf(symbol), seed, closed).slice(-WINDOW);
        span.setAttribute('market.candles', candles.length);
        span.end();
        return candles;
      });
    },
  };
}

/** @param {string} symbol */
function walkOf(symbol) {
  const walk = WALKS[symbol];
  if (walk === undefined)
    throw new Error(`no market for ${symbol}; there is ${Object.keys(WALKS).join(', ')}`);
  return walk;
}

/**
 * @param {Walk} walk
 * @param {number} seed
 * @param {number} count
 * @returns {Candle[]}
 */
function generate(walk, seed, count) {
  const random = seededRandom(seed);
  /** @param {number} price */
  const rounded = (price) => Number(price.toFixed(walk.decimals));
  /** @type {Candle[]} */
  const candles = [];
  let price = walk.start;
  for (let i = 0; i < count; i += 1) {
    const open = price;
    price *= 1 + walk.drift(i) + (random() - 0.5) * 2 * walk.noise;
    const wick = price * walk.noise * random();
    candles.push({
      openTime: FIRST_OPEN + i * FIFTEEN_MINUTES,
      open: rounded(open),
      high: rounded(Math.max(open, price) + wick),
      low: rounded(Math.min(open, price) - wick),
      close: rounded(price),
      volume: Number((50 + 200 * random()).toFixed(3)),
    });
  }
  return candles;
}

/**
 * Numbers from 0 to 1 by a linear congruential generator: good enough for candles, and the same everywhere.
 *
 * @param {number} seed
 */
function seededRandom(seed) {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
