// @ts-check
/** Runs `bot.mjs`, a bot on the Anthropic SDK 1.x, which traces itself, as `../support/run-bot.mjs` says. */
import { runBot } from '../support/run-bot.mjs';

await runBot({
  folder: import.meta.dirname,
  name: 'anthropic-bot',
  model: 'claude-opus-5-20260801',
  stage: 'Decision Making', // nothing names the call, so it is a decision
  isCall: ({ name }) => name === 'anthropic.messages.create',
  env: { ANTHROPIC_OPEN_TELEMETRY_TRACES_CONTENT_MODE: 'content' },
});
