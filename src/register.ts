import { join } from 'node:path';
import { register } from './register/register';

// Loading this file is the whole interface: `node --import opentelemetry-exporter-weex/register bot.js`.
register(join(__dirname, 'cli', 'main.js'));
