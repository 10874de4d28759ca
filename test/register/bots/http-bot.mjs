// A library call that only an instrumentation can trace.
import { createRequire } from 'node:module';
import { trace } from '@opentelemetry/api';
import { decide } from './decide.cjs';

const http = createRequire(import.meta.url)('node:http');
decide(trace.getTracer('bot'), 5001);
const server = http.createServer((_request, response) => response.end('ok'));
server.listen(0, '127.0.0.1', () => {
  http.get({ port: server.address().port }, (response) => {
    response.resume();
    response.on('end', () => server.close());
    server.closeIdleConnections();
  });
});
