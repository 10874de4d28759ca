// @ts-check
/** Runs `bot.mjs`, a bot on the Vercel AI SDK 7, as `../support/run-bot.mjs` says. */
import { runBot } from '../support/run-bot.mjs';

await runBot({
  folder: import.meta.dirname,
  name: 'ai-sdk-bot',
  model: 'gpt-5-2026-08-06',
  stage: 'Decision Making', // the bot's functionId is `decision`
  isCall: ({ name }) => name === 'chat gpt-5',
});
