// @ts-check
// The far end in a process of its own, so that its work is not counted as ours.
import { startWeexEmulator } from '../../dist/emulator.mjs';

const weex = await startWeexEmulator({ rateLimit: false, keepLogs: 'count' });
process.send?.({ url: weex.url, credentials: weex.credentials });
process.on('message', () => process.send?.({ accepted: weex.stats().accepted }));
process.on('disconnect', () => process.exit());
