// @ts-check
/**
 * The complete trading loop of the Python module, line for line: without spans, with the logger in the bot's hands.
 *
 *   async def trading_loop():
 *       config = Config.load("config.json")
 *       api = WEEXAPIClient(config)
 *       ai_logger = WEEXAILogger(api_key=..., api_secret=..., api_passphrase=...)
 *       symbol = "BTCUSDT"
 *
 *       # 1. Generate signal
 *       market_data = await api.get_candles(symbol, "15m", 100)
 *       signals = await signal_engine.generate_signals(market_data)
 *       if signals:
 *           signal = signals[0]
 *           log_entry = create_strategy_log(
 *               model="signal-engine-v1",
 *               input_data=serialize_for_ai_log(market_data.tail(5)),
 *               output_data=serialize_for_ai_log({"signal": signal.direction.value, "confidence": signal.confidence}),
 *               explanation=f"Generated {signal.signal_type.value} signal")
 *           await ai_logger.upload_log_async(log_entry)
 *
 *           # 2. AI decision
 *           ml_decision = await decision_engine.make_decision(signal, market_data, {})
 *
 *           # 3. Execute trade
 *           if ml_decision.approve_trade:
 *               result = await executor.execute_signal(signal, risk_assessment, contract_specs)
 *
 * There the decision and the execution were logged inside other modules; here all three stand in one place. A bot
 * that is traced writes none of this: see `../trading-bot`.
 */
import { createDecisionLog, createExecutionLog, createStrategyLog } from 'opentelemetry-exporter-weex';
import { createDecisionModel } from '../trading-bot/decision-model.mjs';
import { createExchange } from '../trading-bot/exchange.mjs';
import { createMarket } from '../trading-bot/market.mjs';
import { sizePosition } from '../trading-bot/risk.mjs';
import { findSignal, readCandles } from '../trading-bot/strategy.mjs';

/**
 * @param {import('opentelemetry-exporter-weex').WeexAiLogger} logger
 * @returns {Promise<import('opentelemetry-exporter-weex').WeexReceipt[]>} of the logs that WEEX took
 */
export async function tradingLoop(logger) {
  const symbol = 'BTCUSDT';
  const model = createDecisionModel({ failsOnCall: 0 });
  const exchange = createExchange();

  /** @type {Promise<import('opentelemetry-exporter-weex').WeexReceipt | undefined>[]} */
  const uploads = [];
  /**
   * Not awaited: a trade does not wait for its paperwork. And caught: a log that WEEX refuses must not stop the bot.
   *
   * @param {import('opentelemetry-exporter-weex').AiLogEntry} entry
   */
  const log = (entry) => {
    const upload = logger.uploadLog(entry).catch((error) => {
      console.error(`Failed to log: ${error.message}`);
      return undefined;
    });
    uploads.push(upload);
  };

  // 1. Generate signal
  const marketData = await createMarket({ seed: 7 }).candles(symbol, 1);
  const reading = readCandles(marketData);
  const signal = findSignal(reading, exchange.position(symbol));
  log(
    createStrategyLog({
      model: 'signal-engine-v1',
      input: { symbol, candles: marketData.slice(-5) },
      output: { signal: signal.action, confidence: signal.confidence },
      explanation: signal.reason,
    }),
  );

  // 2. AI decision
  const sizing = sizePosition(signal, reading, exchange.position(symbol));
  const question = { symbol, reading, signal, sizing };
  const answer = await model.decide(question);
  log(
    createDecisionLog({
      model: answer.model,
      input: question,
      output: { decision: answer.decision, confidence: answer.confidence },
      explanation: answer.reasoning,
    }),
  );

  // 3. Execute trade
  if (answer.decision === 'APPROVE') {
    const side = /** @type {const} */ ('BUY');
    const order = { symbol, side, size: sizing.size, price: reading.price, clientOrderId: 'loop-1' };
    const result = await exchange.placeOrder(order);
    log(
      createExecutionLog({
        model: 'smart-execution-v1',
        input: order,
        output: result,
        explanation: `The order is ${result.status}.`,
        orderId: result.status === 'FILLED' ? result.orderId : undefined,
      }),
    );
  }
  return (await Promise.all(uploads)).filter((receipt) => receipt !== undefined);
}
