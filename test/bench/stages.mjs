// @ts-check
// What the benches log: stages of a given size whose text differs from one to the next, as a bot's does, so that
// nothing is fast only because the same string came again.

/** As long as real ones, and of the same characters. */
export const CREDENTIALS = {
  apiKey: 'weex_5b0e4f3a9c7d4e21b8f60a1d2c3e4f50',
  apiSecret: '9f2c7a41d86be05f13c94ab7e2d65f08c1b7a3e49d60f2851ac3be7490d5f618',
  apiPassphrase: 'Copper-Lantern-42',
};

const SENTENCE = 'BTCUSDT 64010.5, RSI(1h) 28, funding -0.011%, book bid-heavy. ';

/** @param {number} number @param {number} bytes about the size of the payload */
export function stagePayload(number, bytes = 2_000) {
  const prompt = `#id:${number}# ${SENTENCE.repeat(Math.ceil(bytes / SENTENCE.length))}`.slice(
    0,
    bytes - 330,
  );
  return {
    stage: 'Decision Making',
    model: 'gpt-5-2026-08-06',
    input: { symbol: 'BTCUSDT', price: 64010.5 + (number % 1_000), rsi: 28, prompt },
    output: { action: 'buy', size: 0.01, stop: 63_200, confidence: 0.72 },
    explanation: `RSI 28 on the 1h is oversold and funding is negative; risk ${number % 100} bp of equity, stop at 63200.`,
  };
}

/** @param {ReturnType<typeof stagePayload>} payload @param {number} number @returns {Record<string, string>} */
export function stageAttributes({ stage, model, input, output, explanation }, number) {
  return {
    'ai.stage': stage,
    'ai.model': model,
    'ai.input': JSON.stringify(input),
    'ai.output': JSON.stringify(output),
    'ai.explanation': explanation,
    'ai.order_id': String(596_471_064_624_628_269n + BigInt(number % 1_000_000)),
  };
}

/** Lets timers and I/O have their turn, as a bot's own pace does. @returns {Promise<void>} */
export const breathe = () => new Promise((resolve) => setImmediate(resolve));

/**
 * Stages made before a measurement: making them, and the memory that takes, belongs to the bot. Enough of them that
 * nobody still remembers one when its turn comes again.
 *
 * @param {number} [bytes]
 */
export function madeStages(bytes) {
  const made = Array.from({ length: 256 }, (_, number) => {
    const payload = stagePayload(number, bytes);
    return { payload, attributes: stageAttributes(payload, number) };
  });
  return (/** @type {number} */ number) =>
    made[number % made.length] ?? { payload: stagePayload(number, bytes), attributes: {} };
}
