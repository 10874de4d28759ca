import { createHash } from 'node:crypto';
import type { WeexEmulatorCondition } from './fault';
import type { FaultPlan } from './fault-plan';

/** What is known of a request before its body is read. */
export interface HeadFacts {
  readonly endpoint: 'upload' | 'time';
  readonly apiVersion: 'v2' | 'v3';
  readonly account: string;
}

/** What is known once the body is there. Fields are `undefined` when the body has none that can be read. */
export interface RequestFacts extends HeadFacts {
  readonly body: Buffer;
  readonly stage: string | undefined;
  readonly model: string | undefined;
  readonly orderId: string | undefined;
}

/** The standing faults, first to last. */
export interface FaultList {
  add(plans: readonly FaultPlan[]): void;
  clear(): void;
  /**
   * Takes the fault of a request whose body is still to come, if that is `reset-before-body`. When another
   * fault stands before it and may be meant, the body is awaited, and `take` decides.
   */
  takeAtHead(facts: HeadFacts): FaultPlan | undefined;
  /** Takes the first fault that is for the request. */
  take(facts: RequestFacts): FaultPlan | undefined;
  /** How far the server's clock is off for this request, counting the use. */
  takeSkewMillis(facts: RequestFacts): number;
  /** How far the server's clock is off for whoever asks for the time. */
  skewMillis(): number;
  /** Each fault in words, with the uses that are left. */
  describe(): FaultDescription[];
}

export interface FaultDescription {
  readonly label: string;
  /** `undefined`: for ever, or counted for each order or body on its own. */
  readonly timesLeft: number | undefined;
  readonly condition: string;
}

/** Keys come from requests: the oldest is forgotten beyond this. */
const MAX_COUNTED_KEYS = 100_000;
const DESCRIBED = 50;

interface Standing {
  readonly plan: FaultPlan;
  left: number;
  readonly used: Map<string, number>;
}

/** `seed` makes the dice repeatable: the same requests in the same order meet the same faults. */
export function faultList(seed: number): FaultList {
  let standing: Standing[] = [];
  let rolls = 0;

  const roll = (): number => {
    rolls += 1;
    return createHash('sha256').update(`${seed}:${rolls}`).digest().readUInt32BE(0) / 2 ** 32;
  };

  const isLeft = ({ plan, left, used }: Standing, key: string | undefined): boolean =>
    key === undefined ? left > 0 : (used.get(key) ?? 0) < plan.times;

  const use = (fault: Standing, key: string | undefined): void => {
    if (key !== undefined) {
      const count = fault.used.get(key) ?? 0;
      if (count === 0 && fault.used.size >= MAX_COUNTED_KEYS) {
        for (const oldest of fault.used.keys()) {
          fault.used.delete(oldest);
          break;
        }
      }
      fault.used.set(key, count + 1);
      return;
    }
    fault.left -= 1;
    if (fault.left <= 0) standing = standing.filter((other) => other !== fault);
  };

  const takeFirst = (facts: RequestFacts, wanted: (plan: FaultPlan) => boolean): FaultPlan | undefined => {
    for (const fault of standing) {
      const { plan } = fault;
      if (!wanted(plan) || !headMatches(plan.when, facts) || !bodyMatches(plan.when, facts)) continue;
      const key = keyFor(plan, facts);
      if (!isLeft(fault, key)) continue;
      if (plan.probability < 1 && roll() >= plan.probability) continue;
      use(fault, key);
      return plan;
    }
    return undefined;
  };

  return {
    add(plans) {
      standing = [
        ...standing,
        ...plans.map((plan) => ({ plan, left: plan.times, used: new Map<string, number>() })),
      ];
    },
    clear() {
      standing = [];
    },
    takeAtHead(facts) {
      for (const fault of standing) {
        const { plan } = fault;
        if (isSkew(plan) || !headMatches(plan.when, facts)) continue;
        if (!isBeforeBody(plan)) return undefined;
        if (plan.probability < 1 && roll() >= plan.probability) continue;
        use(fault, undefined);
        return plan;
      }
      return undefined;
    },
    take: (facts) => takeFirst(facts, (plan) => !isSkew(plan) && !diceHaveFallen(plan)),
    takeSkewMillis(facts) {
      return skewOf(takeFirst(facts, isSkew));
    },
    skewMillis: () => skewOf(standing.find(({ plan }) => isSkew(plan))?.plan),
    describe: () =>
      standing.slice(0, DESCRIBED).map(({ plan, left }) => ({
        label: plan.label,
        timesLeft: plan.per === undefined && Number.isFinite(left) ? left : undefined,
        condition: describeCondition(plan),
      })),
  };
}

const isSkew = (plan: FaultPlan): boolean => plan.action.kind === 'clock-skew';

const skewOf = (plan: FaultPlan | undefined): number =>
  plan?.action.kind === 'clock-skew' ? plan.action.skewMillis : 0;

const isBeforeBody = (plan: FaultPlan): boolean =>
  plan.action.kind === 'mangled' && plan.action.mangling === 'reset-before-body';

/** Its chance was taken before the body came; a second roll would double it. */
const diceHaveFallen = (plan: FaultPlan): boolean => isBeforeBody(plan) && plan.probability < 1;

function headMatches(when: WeexEmulatorCondition, facts: HeadFacts): boolean {
  const endpoint = when.endpoint ?? 'upload';
  return (
    (endpoint === 'any' || endpoint === facts.endpoint) &&
    (when.apiVersion === undefined || when.apiVersion === facts.apiVersion) &&
    isOneOf(when.account, facts.account)
  );
}

function bodyMatches(when: WeexEmulatorCondition, facts: RequestFacts): boolean {
  return (
    isOneOf(when.stage, facts.stage) &&
    isOneOf(when.model, facts.model) &&
    isOneOf(when.orderId, facts.orderId) &&
    (when.hasOrderId === undefined || when.hasOrderId === (facts.orderId !== undefined)) &&
    (when.bodyIncludes === undefined ||
      [when.bodyIncludes].flat().some((text) => facts.body.includes(text))) &&
    (when.bodyBytesFrom === undefined || facts.body.length >= when.bodyBytesFrom)
  );
}

function isOneOf(wanted: string | readonly string[] | undefined, found: string | undefined): boolean {
  if (wanted === undefined) return true;
  return typeof wanted === 'string' ? wanted === found : found !== undefined && wanted.includes(found);
}

function keyFor(plan: FaultPlan, facts: RequestFacts): string | undefined {
  switch (plan.per) {
    case undefined:
      return undefined;
    case 'orderId':
      return facts.orderId ?? '';
    case 'body':
      return createHash('sha256').update(facts.body).digest('base64');
  }
}

function describeCondition(plan: FaultPlan): string {
  const parts = Object.entries(plan.when).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name} ${JSON.stringify(value)}`],
  );
  if (plan.per !== undefined) parts.push(`${plan.times} for each ${plan.per}`);
  if (plan.probability < 1) parts.push(`chance ${plan.probability}`);
  return parts.join(', ').slice(0, 300);
}
