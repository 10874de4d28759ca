// @ts-check
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { startFakeModel } from './fake-model.mjs';

/**
 * Runs `bot.mjs` of a folder with a stand-in for its model, and gives its exit code.
 *
 * @param {object} play
 * @param {string} play.node the executable
 * @param {string} play.folder
 * @param {string} play.preload the module for `--import`
 * @param {Readonly<Record<string, string>>} play.env
 */
export async function playBot({ node, folder, preload, env }) {
  const provider = await startFakeModel();
  const bot = spawn(node, ['--import', preload, 'bot.mjs'], {
    cwd: folder,
    env: {
      ...process.env,
      OTEL_METRICS_EXPORTER: 'none',
      OTEL_LOGS_EXPORTER: 'none',
      OTEL_NODE_RESOURCE_DETECTORS: 'env,host,process', // else auto-instrumentations looks for a cloud to name
      OPENAI_API_KEY: 'none',
      OPENAI_BASE_URL: `${provider.url}/v1`,
      ANTHROPIC_API_KEY: 'none',
      ANTHROPIC_BASE_URL: provider.url,
      ...env,
    },
    // The bot's words would mix with JSON on stdout.
    stdio: ['ignore', 2, 2],
  });
  const [exitCode] = await once(bot, 'close');
  await provider.close();
  return /** @type {number | null} */ (exitCode);
}
