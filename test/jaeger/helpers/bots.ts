import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { type Install, install } from '../../register/helpers/installs.js';

const ROOT = join(import.meta.dirname, '..', '..', '..');
const BOTS = 'test/jaeger/bots';

/** The path of a bot of these tests in the folder of an installation. */
export const bot = (name: string): string => join(BOTS, name);

/** A folder as a bot's author has it: the packages named, the bots of these tests, the trading bot of the examples. */
export function installBots(...packages: readonly string[]): Install {
  const installation = install('trading-signals', ...packages);
  for (const folder of [BOTS, 'test/matrix/bots', 'examples/trading-bot'])
    cpSync(join(ROOT, folder), join(installation.dir, folder), { recursive: true });
  return installation;
}
