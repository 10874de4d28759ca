// @ts-check
/** Runs `bot.mjs`, a bot on LangGraph traced by OpenInference, as `../support/run-bot.mjs` says. */
import { runBot } from '../support/run-bot.mjs';

await runBot({
  folder: import.meta.dirname,
  name: 'langgraph-bot',
  model: 'gpt-5', // OpenInference writes the model that was asked for
  stage: 'Decision Making', // the graph's node is `decision`
  isCall: ({ name }) => name === 'ChatOpenAI',
});
