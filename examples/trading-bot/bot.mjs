// @ts-check
import { trace } from '@opentelemetry/api';
import { AiLogStage, ATTR_AI_SYMBOL, startActiveStage } from 'opentelemetry-exporter-weex';
import { RISK_MODEL, sizePosition } from './risk.mjs';
import { findSignal, readCandles, STRATEGY_MODEL } from './strategy.mjs';

/**
 * @typedef {object} Parts
 * @property {ReturnType<typeof import('./market.mjs').createMarket>} market
 * @property {ReturnType<typeof import('./decision-model.mjs').createDecisionModel>} model
 * @property {ReturnType<typeof import('./exchange.mjs').createExchange>} exchange
 * @property {string[]} symbols
 * @property {(line: string) => void} say one line for each thing worth telling
 */

const tracer = trace.getTracer('trading-bot');

/**
 * The bot. Each cycle is one trace, each symbol a span in it, and each AI step a stage below that: what
 * `startActiveStage` wraps is what WEEX gets.
 *
 * @param {Parts} parts
 */
export function createBot({ market, model, exchange, symbols, say }) {
  return { runCycle };

  /** @param {number} cycle counted from 1 */
  async function runCycle(cycle) {
    await tracer.startActiveSpan('trading cycle', { attributes: { 'bot.cycle': cycle } }, async (span) => {
      try {
        for (const symbol of symbols) await trade(symbol, cycle);
      } finally {
        span.end();
      }
    });
  }

  /** @param {string} symbol @param {number} cycle */
  async function trade(symbol, cycle) {
    const attributes = { [ATTR_AI_SYMBOL]: symbol };
    await tracer.startActiveSpan(`trade ${symbol}`, { attributes }, async (span) => {
      try {
        const reading = readCandles(await market.candles(symbol, cycle));
        const signal = generateSignal(symbol, reading);
        const sizing = signal.action === 'HOLD' ? undefined : assessRisk(symbol, reading, signal);
        const answer = await decide({ symbol, reading, signal, ...(sizing && { sizing }) });
        if (answer.decision === 'HOLD' || sizing === undefined) {
          say(`cycle ${cycle}  ${symbol}  hold`);
        } else {
          await execute(symbol, cycle, reading, signal, sizing);
        }
      } catch (error) {
        // One failed step costs this symbol its turn, not the bot its life. The stage is logged all the same.
        say(`cycle ${cycle}  ${symbol}  no trade: ${error instanceof Error ? error.message : error}`);
      } finally {
        span.end();
      }
    });
  }

  /** @param {string} symbol @param {import('./strategy.mjs').Reading} reading */
  function generateSignal(symbol, reading) {
    const details = { model: STRATEGY_MODEL, input: { symbol, timeframe: '15m', ...reading } };
    return startActiveStage(AiLogStage.STRATEGY_GENERATION, details, (stage) => {
      const signal = findSignal(reading, exchange.position(symbol));
      stage.setOutput({ signal: signal.action, confidence: signal.confidence });
      stage.setExplanation(signal.reason);
      return signal;
    });
  }

  /**
   * @param {string} symbol
   * @param {import('./strategy.mjs').Reading} reading
   * @param {import('./strategy.mjs').Signal} signal
   */
  function assessRisk(symbol, reading, signal) {
    const position = exchange.position(symbol);
    const details = {
      model: RISK_MODEL,
      input: { symbol, price: reading.price, signal: signal.action, position },
    };
    return startActiveStage(AiLogStage.RISK_ASSESSMENT, details, (stage) => {
      const sizing = sizePosition(signal, reading, position);
      stage.setOutput(sizing);
      const at =
        sizing.stopPrice === undefined ? 'closes the position' : `with a stop at ${sizing.stopPrice}`;
      stage.setExplanation(`A size of ${sizing.size} ${at} puts ${sizing.riskedUsdt} USDT at risk.`);
      return sizing;
    });
  }

  /** @param {import('./decision-model.mjs').Question} question */
  async function decide(question) {
    // What stands here until the model has answered is what WEEX gets when it does not.
    const explanation = `Asked whether to act on the signal. ${question.signal.reason}`;
    const details = { model: model.alias, input: question, explanation };
    return startActiveStage(AiLogStage.DECISION_MAKING, details, async (stage) => {
      const answer = await model.decide(question);
      stage.setModel(answer.model); // the id that really answered
      stage.setOutput({ decision: answer.decision, confidence: answer.confidence });
      stage.setExplanation(answer.reasoning);
      if (answer.decision === 'HOLD') stage.setOrderId('none');
      return answer;
    });
  }

  /**
   * @param {string} symbol
   * @param {number} cycle
   * @param {import('./strategy.mjs').Reading} reading
   * @param {import('./strategy.mjs').Signal} signal
   * @param {import('./risk.mjs').Sizing} sizing
   */
  async function execute(symbol, cycle, reading, signal, sizing) {
    const side = signal.action === 'SELL' ? 'SELL' : 'BUY';
    const clientOrderId = `bot-${cycle}-${symbol}`;
    /** @type {import('./exchange.mjs').OrderRequest} */
    const order = { symbol, side, size: sizing.size, price: reading.price, clientOrderId };
    const details = { model: 'limit-order-v2', input: order };
    const result = await startActiveStage(AiLogStage.EXECUTION, details, async (stage) => {
      const placed = await exchange.placeOrder(order);
      stage.setOutput(placed);
      if (placed.status === 'REJECTED') {
        stage.setOrderId('none'); // a refused order has no id
        stage.setExplanation(`The exchange refused the order: ${placed.reason}.`);
      } else {
        stage.setOrderId(placed.orderId); // a string or a bigint; a number would lose the last digits
        stage.setExplanation(`${side} ${placed.filledSize} ${symbol} filled at ${placed.filledPrice}.`);
      }
      return placed;
    });
    if (result.status === 'REJECTED')
      return say(`cycle ${cycle}  ${symbol}  order refused: ${result.reason}`);
    say(
      `cycle ${cycle}  ${symbol}  ${side} ${result.filledSize} at ${result.filledPrice}, order ${result.orderId}`,
    );
    if (sizing.stopPrice !== undefined) await protect(symbol, cycle, sizing.size, sizing.stopPrice);
  }

  /**
   * Conditional orders are orders too: each gets its own log.
   *
   * @param {string} symbol
   * @param {number} cycle
   * @param {number} size
   * @param {number} stopPrice
   */
  async function protect(symbol, cycle, size, stopPrice) {
    const stop = { symbol, type: 'STOP_MARKET', side: 'SELL', size, stopPrice };
    await startActiveStage(AiLogStage.EXECUTION, { model: 'stop-loss-v1', input: stop }, async (stage) => {
      const placed = await exchange.placeStop(stop);
      stage.setOutput(placed);
      stage.setOrderId(placed.orderId);
      stage.setExplanation(`A stop at ${stopPrice} bounds the loss of the new position.`);
      say(`cycle ${cycle}  ${symbol}  stop at ${stopPrice}, order ${placed.orderId}`);
    });
  }
}
