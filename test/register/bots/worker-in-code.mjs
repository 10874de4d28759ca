// The strategy runs in a worker thread, with a set-up of its own; the main thread traces nothing.
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

const worker = new Worker(new URL('./in-code.mjs', import.meta.url));
const [code] = await once(worker, 'exit');
console.log('worker ended', code);
