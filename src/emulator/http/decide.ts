import type { FaultPlan } from '../faults/fault-plan';
import { type CodedProblem, codeProblem, meaningOf, type Problem } from '../weex/codes';
import type { EmulatedApiVersion } from '../weex/endpoints';
import { errorReply, plainReply, type Reply, successReply, timeReply } from '../weex/reply';
import type { Sending } from './send';

/** What is known when an answer is due. */
export interface Situation {
  readonly endpoint: 'upload' | 'time';
  readonly apiVersion: EmulatedApiVersion;
  /** What the checks found. */
  readonly problem: Problem | undefined;
  readonly plan: FaultPlan | undefined;
  /** By the server's clock, which may be off. */
  readonly serverMillis: number;
  readonly skewed: boolean;
  readonly latencyMillis: number;
}

export interface Decision {
  readonly outcome: 'accepted' | 'served' | 'refused' | 'fault';
  /** The log is taken. */
  readonly accepted: boolean;
  readonly problem: CodedProblem | undefined;
  readonly sending: Sending;
  /** Whether the client gets an HTTP status at all. */
  readonly answered: boolean;
}

/** Pure: the checks say what is true of the request, the fault what the client gets to know of it. */
export function decide(situation: Situation): Decision {
  const { endpoint, apiVersion, plan, serverMillis } = situation;
  const problem = situation.problem && codeProblem(situation.problem, apiVersion);
  const usual = usualReply(situation, problem);
  const action = plan?.action ?? { kind: 'usual' };
  const good = endpoint === 'upload' && problem === undefined;
  const sending: Sending = {
    reply: usual,
    mangling: undefined,
    delayMillis: situation.latencyMillis + (plan?.delayMillis ?? 0),
    bytes: 0,
    dateMillis: situation.skewed ? serverMillis : undefined,
  };
  const byTheChecks = { accepted: good, problem, sending, answered: true };
  const byTheFault = { outcome: 'fault', accepted: good && plan?.accept === true, problem } as const;

  switch (action.kind) {
    case 'usual':
    case 'clock-skew':
      return { ...byTheChecks, outcome: usualOutcome(endpoint, problem) };
    case 'spelled': {
      const reply = good ? successReply(action.spelling, serverMillis) : usual;
      return { ...byTheChecks, outcome: usualOutcome(endpoint, problem), sending: { ...sending, reply } };
    }
    case 'order-unknown': {
      const { code, msg } = codeProblem({ kind: 'order-unknown', detail: undefined }, apiVersion);
      const reply = errorReply(apiVersion, serverMillis, code, msg);
      return { ...byTheFault, sending: { ...sending, reply }, answered: true };
    }
    case 'code': {
      const msg = action.msg ?? meaningOf(action.code);
      const plain = errorReply(apiVersion, serverMillis, action.code, msg, action.status);
      const reply = { ...plain, headers: { ...plain.headers, ...action.headers } };
      return { ...byTheFault, sending: { ...sending, reply }, answered: true };
    }
    case 'http': {
      const { status, headers, body } = action;
      const reply: Reply = { status, headers, body, code: undefined };
      return { ...byTheFault, sending: { ...sending, reply }, answered: true };
    }
    case 'mangled': {
      const { mangling, bytes } = action;
      if (mangling === 'slow-body') {
        return {
          ...byTheChecks,
          outcome: usualOutcome(endpoint, problem),
          sending: { ...sending, mangling },
        };
      }
      const success = { ...successReply(apiVersion, serverMillis), code: undefined };
      const answered = ['truncated-json', 'truncated-body', 'huge-body', 'endless-body'].includes(mangling);
      return { ...byTheFault, sending: { ...sending, reply: success, mangling, bytes }, answered };
    }
  }
}

function usualReply(situation: Situation, problem: CodedProblem | undefined): Reply {
  const { endpoint, apiVersion, serverMillis } = situation;
  if (situation.problem?.kind === 'user-agent-missing') return plainReply(403, 'text/plain', 'Forbidden');
  if (problem !== undefined) return errorReply(apiVersion, serverMillis, problem.code, problem.msg);
  return endpoint === 'time' ? timeReply(apiVersion, serverMillis) : successReply(apiVersion, serverMillis);
}

function usualOutcome(endpoint: 'upload' | 'time', problem: CodedProblem | undefined): Decision['outcome'] {
  if (problem !== undefined) return 'refused';
  return endpoint === 'time' ? 'served' : 'accepted';
}
