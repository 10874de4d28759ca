import { join } from 'node:path';
import { register } from './register/register';

// Loading this file is the whole interface: `node --import opentelemetry-exporter-weex/register bot.js`.
// Bundled into a bot in ESM form, it has no folder of its own, and no command beside it.
register(typeof __dirname === 'string' ? join(__dirname, 'cli', 'main.js') : undefined);
