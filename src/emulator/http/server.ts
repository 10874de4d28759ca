import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { servePage } from '../page/page-routes';
import { codeProblem } from '../weex/codes';
import { ROUTES } from '../weex/endpoints';
import { errorReply, plainReply } from '../weex/reply';
import { apiHandler } from './api-handler';
import { connectionCounter, recordOf } from './arrival';
import { hostGuard } from './host-guard';
import { send } from './send';
import type { ServerParts } from './server-parts';

/** WEEX's paths and the page, on one port. */
export function emulatorServer(parts: ServerParts): Server {
  const { settings, clock, history, feed, connections } = parts;
  const isCalledByName = hostGuard(settings.host, settings.allowedHosts);
  const connectionOf = connectionCounter();
  const handleApi = apiHandler(parts, connectionOf);

  const server = createServer({ keepAliveTimeout: 75_000 }, (request, response) => {
    response.on('error', () => {});
    const [path = '/'] = (request.url ?? '/').split('?', 1);
    if (!isCalledByName(request)) {
      refuseHost(request, response);
      return;
    }
    const route = ROUTES.get(path);
    if (route !== undefined) {
      handleApi(request, response, path, route);
      return;
    }
    if (servePage(path, request, response, history, feed)) return;
    notFound(request, response, path);
  });

  server.on('connection', (socket) => {
    connections.opened += 1;
    connections.open += 1;
    socket.once('close', () => {
      connections.open -= 1;
    });
  });
  // Without a listener a client that speaks no HTTP would only be dropped; with one it is told why.
  server.on('clientError', (_error, socket) => {
    if (socket.writable)
      socket.end('HTTP/1.1 400 Bad Request\r\nconnection: close\r\ncontent-length: 0\r\n\r\n');
    else socket.destroy();
  });
  return server;

  /** No part of WEEX: a request by a foreign name is none of the bot's. */
  function refuseHost(request: IncomingMessage, response: ServerResponse): void {
    const reply = plainReply(
      403,
      'text/plain',
      'This emulator does not answer to the name in the Host header. Use its own address, or allowedHosts.',
    );
    send(
      request,
      response,
      { reply, mangling: undefined, delayMillis: 0, bytes: 0, dateMillis: undefined },
      clock,
    );
  }

  function notFound(request: IncomingMessage, response: ServerResponse, path: string): void {
    const problem = codeProblem({ kind: 'not-found', detail: undefined }, 'v2');
    const reply = errorReply('v2', clock.wallMillis(), problem.code, problem.msg);
    history.add(
      recordOf(request, path, {
        receivedAt: clock.wallMillis(),
        connection: connectionOf(request.socket),
        raw: '',
        fault: undefined,
        endpoint: undefined,
        apiVersion: undefined,
        outcome: 'refused',
        accepted: false,
        problem,
        status: reply.status,
        code: reply.code,
      }),
      undefined,
    );
    send(
      request,
      response,
      { reply, mangling: undefined, delayMillis: 0, bytes: 0, dateMillis: undefined },
      clock,
    );
  }
}
