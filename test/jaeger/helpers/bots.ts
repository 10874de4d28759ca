import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { type Install, install } from '../../register/helpers/installs.js';

const ROOT = join(import.meta.dirname, '..', '..', '..');

/** A folder as a bot's author has it: the packages named, the bots of these tests, the trading bot of the examples. */
export function installBots(...packages: readonly string[]): Install {
  const bots = install('trading-signals', ...packages);
  cpSync(join(import.meta.dirname, '..', 'bots'), bots.dir, { recursive: true });
  cpSync(join(ROOT, 'examples', 'trading-bot'), join(bots.dir, 'trading-bot'), { recursive: true });
  return bots;
}
