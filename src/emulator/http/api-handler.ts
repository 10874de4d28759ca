import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { FaultPlan } from '../faults/fault-plan';
import { type BodyCheck, checkBody } from '../weex/check-body';
import { checkRequest } from '../weex/check-request';
import type { Problem } from '../weex/codes';
import type { Route } from '../weex/endpoints';
import { rateWindow } from '../weex/rate-window';
import { recordOf } from './arrival';
import { type Decision, decide } from './decide';
import { type BodyBudget, readBody } from './read-body';
import { send } from './send';
import type { ServerParts } from './server-parts';

/** A request to one of WEEX's paths. */
interface Call {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly path: string;
  readonly route: Route;
  readonly account: string;
}

/** What came of reading it. */
interface Content {
  readonly body: Buffer | undefined;
  /** Of an upload that was read. */
  readonly checked: BodyCheck | undefined;
  /** Known without looking at the body. */
  readonly found: Problem | undefined;
}

const UNREAD: Content = { body: undefined, checked: undefined, found: undefined };
const NO_BYTES = Buffer.alloc(0);

/** Answers WEEX's own paths: fault at the head, body, checks, fault, record, answer, in this order. */
export function apiHandler(parts: ServerParts, connectionOf: (socket: Socket) => number) {
  const { settings, clock, faults, history } = parts;
  const accounts = new Map(settings.accounts.map((account) => [account.apiKey, account]));
  const rate = rateWindow(settings.rateLimit);
  const budget: BodyBudget = { bufferedBytes: 0 };

  const check = ({ request, path, route, account }: Call, content: Content, serverMillis: number) => {
    const { method = '', url = path, headers, socket } = request;
    const { endpoint, apiVersion } = route;
    const { body, checked, found } = content;
    if (found !== undefined || body === undefined) return found;
    if (headers['user-agent'] === undefined) return problem('user-agent-missing');
    if (endpoint === 'upload' && settings.apiVersion !== undefined && settings.apiVersion !== apiVersion) {
      return problem('not-found', `this emulator serves ${settings.apiVersion} only`);
    }
    if (method !== route.method) return problem('method', `expected ${route.method}`);
    if (endpoint === 'time') return undefined;
    const address = socket.remoteAddress ?? '';
    const counted = accounts.has(account) ? `${address} ${account}` : address;
    if (!rate.take(counted, clock.monotonicMillis())) return problem('too-often');
    return (
      checkRequest({ method, target: url, headers, body }, accounts, serverMillis) ??
      (checked?.kind === 'bad' ? checked.problem : undefined)
    );
  };

  const record = (call: Call, content: Content, decision: Decision, plan: FaultPlan | undefined) => {
    const { request, path, route } = call;
    const { reply } = decision.sending;
    history.add(
      recordOf(request, path, {
        receivedAt: clock.wallMillis(),
        connection: connectionOf(request.socket),
        raw: settings.keepLogs === 0 ? '' : (content.body?.toString('utf8') ?? ''),
        fault: plan?.label,
        endpoint: route.endpoint,
        apiVersion: route.apiVersion,
        outcome: decision.outcome,
        accepted: decision.accepted,
        problem: decision.problem,
        status: decision.answered ? reply.status : undefined,
        code: decision.answered ? reply.code : undefined,
      }),
      content.checked?.kind === 'good' ? content.checked.log : undefined,
    );
  };

  const answer = (call: Call, content: Content, planAtHead: FaultPlan | undefined) => {
    const { route, account } = call;
    const { endpoint, apiVersion } = route;
    const log = content.checked?.kind === 'good' ? content.checked.log : undefined;
    const facts = {
      endpoint,
      apiVersion,
      account,
      body: content.body ?? NO_BYTES,
      stage: log?.stage,
      model: log?.model,
      orderId: log?.orderId,
    };
    const skewMillis = endpoint === 'upload' ? faults.takeSkewMillis(facts) : faults.skewMillis();
    const serverMillis = clock.wallMillis() + skewMillis;
    const plan = planAtHead ?? faults.take(facts);
    const decision = decide({
      endpoint,
      apiVersion,
      problem: check(call, content, serverMillis),
      plan,
      serverMillis,
      skewed: skewMillis !== 0,
      latencyMillis: settings.latencyMillis,
    });
    record(call, content, decision, plan);
    send(call.request, call.response, decision.sending, clock);
  };

  return (request: IncomingMessage, response: ServerResponse, path: string, route: Route): void => {
    const account = String(request.headers['access-key'] ?? '');
    const call: Call = { request, response, path, route, account };
    const { endpoint, apiVersion } = route;
    const planAtHead = faults.takeAtHead({ endpoint, apiVersion, account });
    if (planAtHead !== undefined) {
      answer(call, UNREAD, planAtHead);
      return;
    }
    readBody(request, settings.maxBodyBytes, budget, (read) => {
      switch (read.kind) {
        case 'gone':
          return;
        case 'too-large':
          response.setHeader('connection', 'close');
          answer(
            call,
            { ...UNREAD, found: problem('too-large', `at most ${settings.maxBodyBytes} bytes`) },
            undefined,
          );
          return;
        case 'whole': {
          const { body } = read;
          const checked = endpoint === 'upload' ? checkBody(body) : undefined;
          answer(call, { body, checked, found: undefined }, undefined);
          return;
        }
      }
    });
  };
}

const problem = (kind: Problem['kind'], detail?: string): Problem => ({ kind, detail });
