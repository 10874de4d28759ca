// A library call that only an instrumentation can trace.
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { trace } from '@opentelemetry/api';
import { decide } from './decide.cjs';

/** @type {typeof import('node:http')} Instrumentations change what `require` gives. */
const http = createRequire(import.meta.url)('node:http');
decide(trace.getTracer('bot'), 5001);
const server = http.createServer((_request, response) => response.end('ok'));
await once(server.listen(0, '127.0.0.1'), 'listening');
const address = server.address();
if (address === null || typeof address === 'string') throw new Error('expected a port');
const [response] = await once(http.get({ port: address.port, agent: false }), 'response');
await once(response.resume(), 'end');
server.close();
