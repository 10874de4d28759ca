// @ts-check
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { trace } from '@opentelemetry/api';
import { createBot } from '../../../examples/trading-bot/bot.mjs';
import { createDecisionModel } from '../../../examples/trading-bot/decision-model.mjs';
import { createExchange } from '../../../examples/trading-bot/exchange.mjs';
import { createMarket } from '../../../examples/trading-bot/market.mjs';

// Instrumentations begin with what `require` gives. Something in most bots requires these; in one where nothing
// does, our HTTP client would, and so make the bot's own connections show.
const require = createRequire(import.meta.url);
require('node:dns');
require('node:net');
/** @type {typeof import('node:http')} */
const http = require('node:http');

/**
 * The trading bot of the examples, for some cycles; between them it asks a market over both of Node's clients.
 *
 * @param {number} cycles
 */
export async function trade(cycles) {
  const bot = createBot({
    market: createMarket({ seed: 7 }),
    model: createDecisionModel({ failsOnCall: 5 }),
    exchange: createExchange(),
    symbols: ['BTCUSDT', 'ETHUSDT'],
    say: () => {},
  });
  for (let cycle = 1; cycle <= cycles; cycle += 1) {
    await bot.runCycle(cycle);
    await askTheMarket();
  }
}

async function askTheMarket() {
  const url = process.env['MARKET_URL'];
  if (url === undefined) return;
  await trace.getTracer('bot').startActiveSpan('ask the market', async (span) => {
    await (await fetch(`${url}/fetch`)).text();
    const [response] = await once(http.get(`${url}/http`, { agent: false }), 'response');
    await once(response.resume(), 'end');
    span.end();
  });
}
