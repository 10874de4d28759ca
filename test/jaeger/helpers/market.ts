import { once } from 'node:events';
import { createServer } from 'node:http';

/** A service of the bot's own, by the same host name as WEEX; it tells which requests came with a `traceparent`. */
export async function startMarket() {
  const traced: string[] = [];
  const server = createServer((request, response) => {
    if (request.headers['traceparent'] !== undefined) traced.push(request.url ?? '');
    // Else it is chance whether the next call finds the connection still open.
    response.setHeader('connection', 'close').end('ok');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('expected a port');
  return {
    url: `http://localhost:${address.port}`,
    traced: (): readonly string[] => traced,
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}
