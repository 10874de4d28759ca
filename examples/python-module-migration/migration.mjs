// @ts-check
/**
 * Every call of the Python module `trendcortex.ai_logger`, and under it what takes its place. Each step runs
 * against a stand-in for WEEX and says what came of it.
 *
 *   node migration.mjs
 */
import { tableFromArrays } from 'apache-arrow';
import { Decimal } from 'decimal.js';
import {
  AiLogEntry,
  AiLogStage,
  createDecisionLog,
  createExecutionLog,
  createStrategyLog,
  serializeForAiLog,
  WeexAiLogger,
  WeexApiError,
} from 'opentelemetry-exporter-weex';
import { table } from '../support/table.mjs';
import { startWeexStandIn } from '../support/weex-stand-in.mjs';
import { tradingLoop } from './trading-loop.mjs';

const standIn = await startWeexStandIn();
const { emulator } = standIn;
/** @type {string[][]} */
const steps = [];
/** @param {string} before @param {string} now @param {string} outcome */
const done = (before, now, outcome) => steps.push([before, now, outcome]);

// --- The logger ---------------------------------------------------------------------------------------------
//
//   ai_logger = WEEXAILogger(
//       api_key="your_key", api_secret="your_secret", api_passphrase="your_passphrase",
//       base_url="https://api-contract.weex.com", timeout=10)
//
// Everything may also come from the environment (WEEX_API_KEY, ...); `timeout` was seconds, `timeoutMillis` is not.
const { apiKey, apiSecret, apiPassphrase, endpoint, journalDir } = standIn.settings;
const logger = new WeexAiLogger({
  apiKey,
  apiSecret,
  apiPassphrase,
  endpoint,
  journalDir,
  timeoutMillis: 10_000,
});
done('WEEXAILogger(api_key, ..., timeout)', 'new WeexAiLogger({ apiKey, ..., timeoutMillis })', 'ready');

// --- A strategy ---------------------------------------------------------------------------------------------
//
//   log_entry = create_strategy_log(
//       model="ema-crossover-v1",
//       input_data=serialize_for_ai_log({"timeframe": "15m", "ema_fast": 44800, "ema_slow": 44600, "rsi": 32}),
//       output_data=serialize_for_ai_log({"signal": "BUY", "confidence": 0.87}),
//       explanation="EMA fast crossed above EMA slow with RSI oversold.")
//   await ai_logger.upload_log_async(log_entry)
//
// `serialize_for_ai_log` around each argument is no longer needed.
const strategy = await logger.uploadLog(
  createStrategyLog({
    model: 'ema-crossover-v1',
    input: { timeframe: '15m', ema_fast: 44_800, ema_slow: 44_600, rsi: 32 },
    output: { signal: 'BUY', confidence: 0.87 },
    explanation: 'EMA fast crossed above EMA slow with RSI oversold.',
  }),
);
done('create_strategy_log(...)', 'createStrategyLog({ ... })', answer(strategy));

// --- A decision ---------------------------------------------------------------------------------------------
//
//   log_entry = create_decision_log(model="gpt-4-turbo-2024-12", input_data=..., output_data=..., explanation=...)
//   await ai_logger.upload_log_async(log_entry)
const decision = await logger.uploadLog(
  createDecisionLog({
    model: 'gpt-4-turbo-2024-12',
    input: {
      signal: { type: 'BUY', confidence: 0.87 },
      market_context: { trend: 'bullish', support: 44_500 },
    },
    output: { decision: 'APPROVE', position_size: 0.3, leverage: 5 },
    explanation: 'LLM approved the trade with 92% confidence: a risk/reward ratio of 3.5:1.',
  }),
);
done('create_decision_log(...)', 'createDecisionLog({ ... })', answer(decision));

// --- An execution, with its order ---------------------------------------------------------------------------
//
//   log_entry = create_execution_log(..., order_id="987654321")
//   await ai_logger.upload_log_async(log_entry)
//
// The order id is a string or a bigint. A number cannot hold the 18 digits that WEEX gives.
const execution = await logger.uploadLog(
  createExecutionLog({
    model: 'smart-execution-v1',
    input: { symbol: 'BTCUSDT', side: 'BUY', size: 0.3, order_type: 'LIMIT', price: 44_950 },
    output: { order_id: '596471064624628201', status: 'FILLED', filled_price: 44_945 },
    explanation: 'Limit order filled at 44945.',
    orderId: '596471064624628201',
  }),
);
done(
  'create_execution_log(..., order_id)',
  'createExecutionLog({ ..., orderId })',
  `${answer(execution)}, order ${execution.orderId}`,
);

// --- Data that is not JSON ----------------------------------------------------------------------------------
//
//   serialize_for_ai_log(market_data.tail(5))              # pandas DataFrame -> dict
//   serialize_for_ai_log(np.array([0.1, 0.9]))             # numpy array -> list
//   serialize_for_ai_log({"price": Decimal("44950.5"), "at": datetime(2026, 1, 5)})   # float, ISO string
//
// Data frames of Arrow, Polars and Danfo become records, typed arrays lists, decimals numbers (a string where a
// number would change them), dates ISO strings. The entries do this by themselves; call it to see the result.
const marketData = tableFromArrays({
  close: Float64Array.of(44_890, 44_910, 44_930, 44_905, 44_940, 44_950),
  volume: Float64Array.of(12.5, 9.1, 14.2, 11, 8.7, 10.3),
});
const data = serializeForAiLog({
  candles: marketData.slice(-5),
  probabilities: Float64Array.of(0.1, 0.9),
  price: new Decimal('44950.5'),
  exact: new Decimal('0.123456789012345678901'),
  at: new Date(Date.UTC(2026, 0, 5)),
});
done('serialize_for_ai_log(data)', 'serializeForAiLog(data)', 'see below');

// --- Synchronous --------------------------------------------------------------------------------------------
//
//   ai_logger.upload_log_sync(log_entry)
const sync = logger.uploadLogSync(
  createDecisionLog({
    model: 'custom-xgboost-v2.1',
    input: { data },
    output: { prediction: 'BUY' },
    explanation: 'XGBoost says BUY.',
  }),
);
done('upload_log_sync(entry)', 'uploadLogSync(entry)', answer(sync));

// --- An entry by hand ---------------------------------------------------------------------------------------
//
//   entry = AILogEntry(stage=AILogStage.RISK_ASSESSMENT.value, model=..., input_data=..., ...)
//   entry.to_weex_payload()
const entry = new AiLogEntry({
  stage: AiLogStage.RISK_ASSESSMENT,
  model: 'var-95-v1',
  input: { position: 0.3 },
  output: { value_at_risk: 412.5 },
  explanation: 'The value at risk is within the limit of the day.',
});
done(
  'AILogEntry(...).to_weex_payload()',
  'new AiLogEntry({ ... }).toWeexPayload()',
  Object.keys(entry.toWeexPayload()).join(', '),
);

// --- Many at once -------------------------------------------------------------------------------------------
//
//   for trade in trades:
//       try:
//           await ai_logger.upload_log_async(create_execution_log(...))
//           await asyncio.sleep(0.1)  # Rate limiting
//       except Exception as e:
//           print(f"Failed to log trade {trade.order_id}: {e}")
//
// The rate limit is kept for you, and one that fails holds back no other.
const trades = ['596471064624628301', '596471064624628303', '596471064624628305'];
const batch = await logger.uploadLogs(
  trades.map((orderId) =>
    createExecutionLog({
      model: 'smart-execution-v1',
      input: { symbol: 'ETHUSDT', side: 'SELL', client: `batch-${orderId}` },
      output: { order_id: orderId, status: 'FILLED' },
      explanation: 'Part of the position closed.',
      orderId,
    }),
  ),
  { onError: (error) => console.error(`Failed to log a trade: ${error.message}`) },
);
done(
  'for trade in trades: ... sleep(0.1)',
  'uploadLogs(entries, { onError })',
  `${batch.delivered} delivered, ${batch.failed} failed`,
);

// --- Errors -------------------------------------------------------------------------------------------------
//
//   try:
//       await ai_logger.upload_log_async(log_entry)
//   except Exception as e:
//       logger.error(f"Failed to upload log: {e}")
//
// What the Python module raised and forgot is kept here. `code` says what became of the entry.

// "WEEX API error: code=30015" and "Network error uploading AI log": tried again until WEEX has it.
emulator.script({ code: '30015', status: 400 }, 'reset-before-body');
const retried = await logger.uploadLog(oneDecision('after-two-failures'));
done(
  'code=30015, then a network error',
  'nothing to do: tried again',
  `${answer(retried)} at attempt ${retried.attempts}`,
);

// "Failed to upload AI log: 400": set aside with WEEX's words; `weex-ai-log status` shows it, `redrive` mends it.
emulator.script({ code: '40020', msg: 'Parameter input error', status: 400 });
done(
  'Failed to upload AI log: 400',
  'WeexApiError REJECTED',
  await failureOf(logger.uploadLog(oneDecision('refused'))),
);

// "Failed to upload AI log: 401": kept, and sent when the account works again.
const wrong = new WeexAiLogger({
  apiKey,
  apiSecret,
  apiPassphrase: 'Not-My-Passphrase',
  endpoint,
  journalDir,
  account: 'wrong-passphrase',
});
done(
  'Failed to upload AI log: 401',
  'WeexApiError PAUSED',
  await failureOf(wrong.uploadLog(oneDecision('wrong-passphrase'))),
);

// --- The trading loop ---------------------------------------------------------------------------------------
// Example 1 of the Python module stands beside its counterpart in `trading-loop.mjs`.
const receipts = await tradingLoop(logger);
done('trading_loop()', 'tradingLoop(logger)', receipts.map(({ msg }) => msg).join(', '));

await Promise.all([logger.close(), wrong.close()]);

console.log(table(['Python', 'here', 'what came of it'], steps));
console.log(`\nserializeForAiLog gave ${JSON.stringify(data)}`);
const logs = emulator.logs();
const orderIds = logs.flatMap(({ orderId }) => orderId ?? []).sort();
const ok =
  logs.length === 11 && orderIds.join() === [execution.orderId, receipts[2]?.orderId, ...trades].join();
console.log(
  `\nmigration ${ok ? 'ok' : 'FAILED'}: ${logs.length} of 11 logs at WEEX, order ids ${orderIds.join(', ')}`,
);
process.exitCode = ok ? 0 : 1;
await standIn.close();

/** @param {string} name */
function oneDecision(name) {
  const input = { name };
  return createDecisionLog({
    model: 'gpt-4-turbo-2024-12',
    input,
    output: { decision: 'HOLD' },
    explanation: 'No setup.',
  });
}

/** @param {import('opentelemetry-exporter-weex').WeexReceipt} receipt */
function answer({ code, msg }) {
  return `${code} ${msg}`;
}

/** @param {Promise<unknown>} upload */
async function failureOf(upload) {
  try {
    await upload;
    return 'no error';
  } catch (error) {
    if (!(error instanceof WeexApiError)) throw error;
    return `${error.code} (${error.disposition}): ${error.message}`;
  }
}
