// Decisions are made in the main thread and in a worker; another worker traces nothing.
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { trace } from '@opentelemetry/api';
import { decide } from './decide.cjs';

decide(trace.getTracer('bot'), 4001);
const workers = [new Worker(new URL('./trader.mjs', import.meta.url)), new Worker('1', { eval: true })];
const codes = await Promise.all(workers.map(async (worker) => (await once(worker, 'exit'))[0]));
console.log('workers ended', codes.join());
