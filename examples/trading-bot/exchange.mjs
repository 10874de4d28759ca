// @ts-check
import { SpanKind, trace } from '@opentelemetry/api';

/**
 * @typedef {object} OrderRequest
 * @property {string} symbol
 * @property {'BUY' | 'SELL'} side
 * @property {number} size
 * @property {number} price
 * @property {string} clientOrderId
 *
 * @typedef {{ status: 'FILLED', orderId: string, filledPrice: number, filledSize: number }} Filled
 * @typedef {{ status: 'REJECTED', code: string, reason: string }} Rejected
 * @typedef {{ status: 'PLACED', orderId: bigint, stopPrice: number }} StopPlaced
 */

/** Ids as WEEX gives them: 18 digits, where neighbours are one and the same number to JavaScript. */
const FIRST_ORDER_ID = 596_471_064_624_628_269n;
const MARGIN_USDT = 16_000;

const tracer = trace.getTracer('exchange');

/** A small exchange: fills at once near the asked price, and refuses what the margin does not cover. */
export function createExchange() {
  /** @type {Map<string, number>} */
  const positions = new Map();
  /** @type {string[]} */
  const orderIds = [];
  let nextId = FIRST_ORDER_ID;

  const newOrderId = () => {
    const id = nextId;
    nextId += 2n;
    orderIds.push(String(id));
    return id;
  };

  return {
    /** @param {string} symbol */
    position: (symbol) => positions.get(symbol) ?? 0,

    /** Every order that got an id, in order of time. */
    orderIds: () => [...orderIds],

    /**
     * @param {OrderRequest} order
     * @returns {Promise<Filled | Rejected>}
     */
    async placeOrder({ symbol, side, size, price }) {
      return clientSpan('POST placeOrder', symbol, () => {
        const held = positions.get(symbol) ?? 0;
        if (side === 'BUY' && (held + size) * price > MARGIN_USDT) {
          return { status: 'REJECTED', code: 'INSUFFICIENT_MARGIN', reason: 'the margin does not cover it' };
        }
        positions.set(symbol, side === 'BUY' ? held + size : Math.max(0, held - size));
        const filledPrice = Number((price * (side === 'BUY' ? 1.0001 : 0.9999)).toFixed(1));
        return { status: 'FILLED', orderId: String(newOrderId()), filledPrice, filledSize: size };
      });
    },

    /**
     * @param {{ symbol: string, size: number, stopPrice: number }} stop
     * @returns {Promise<StopPlaced>}
     */
    async placeStop({ symbol, stopPrice }) {
      return clientSpan('POST placeStopOrder', symbol, () => ({
        status: 'PLACED',
        orderId: newOrderId(),
        stopPrice,
      }));
    },
  };
}

/**
 * @template Answer
 * @param {string} name
 * @param {string} symbol
 * @param {() => Answer} work
 * @returns {Promise<Answer>}
 */
async function clientSpan(name, symbol, work) {
  const attributes = { 'http.request.method': 'POST', 'market.symbol': symbol };
  return tracer.startActiveSpan(name, { kind: SpanKind.CLIENT, attributes }, async (span) => {
    try {
      return work();
    } finally {
      span.end();
    }
  });
}
