import { validateHeaderName, validateHeaderValue } from 'node:http';
import { meaningOf } from '../weex/codes';
import type { WeexEmulatorCondition, WeexEmulatorFault, WeexEmulatorFaultRule } from './fault';
import type { FaultAction, FaultPlan } from './fault-plan';
import {
  DEFAULT_SLOW_MILLIS,
  extraHeaders,
  FAULT_NAMES,
  isFaultName,
  NAMED_FAULTS,
  statusAction,
} from './named-faults';

const LONGEST_DELAY_MILLIS = 3_600_000;
const MOST_BYTES = 67_108_864;
/** Ten years: a time that no `Date` can hold must not reach an answer. */
const MOST_SKEW_MILLIS = 315_576_000_000;

/** Where a mistake is collected: all of them are told at once. */
type Tell = (problem: string) => void;

/** Checks faults as a user wrote them. @throws TypeError that lists every problem */
export function parseFaults(faults: readonly WeexEmulatorFault[]): FaultPlan[] {
  const problems: string[] = [];
  const plans = faults.map((fault, index) =>
    parseFault(fault, (problem) => problems.push(`fault ${index + 1}: ${problem}`)),
  );
  if (problems.length > 0) throw new TypeError(`the emulator cannot do that: ${problems.join('; ')}`);
  return plans;
}

function parseFault(fault: WeexEmulatorFault, tell: Tell): FaultPlan {
  const rule = asRule(fault, tell);
  checkNumbers(rule, tell);
  checkHeaders(rule, tell);
  checkCondition(rule, tell);
  const clockSkew = rule.fault === 'clock-skew';
  if (clockSkew && rule.skewMillis === undefined) tell('clock-skew needs skewMillis');
  const late = rule.fault === 'slow' || rule.fault === 'slow-body';
  const forMany = rule.probability !== undefined || clockSkew;
  return {
    label: labelOf(rule),
    action: actionOf(rule, tell),
    accept: rule.accept ?? false,
    delayMillis: rule.delayMillis ?? (late ? DEFAULT_SLOW_MILLIS : 0),
    times: rule.times ?? (forMany ? Number.POSITIVE_INFINITY : 1),
    per: rule.per,
    probability: rule.probability ?? 1,
    when: rule.fault === 'order-unknown' ? { hasOrderId: true, ...rule.when } : (rule.when ?? {}),
  };
}

function asRule(fault: WeexEmulatorFault, tell: Tell): WeexEmulatorFaultRule {
  if (typeof fault === 'object' && fault !== null) return fault;
  if (typeof fault === 'string' && isFaultName(fault)) return { fault };
  const number = Number(fault);
  if (String(fault).trim() !== '' && Number.isInteger(number)) {
    return number >= 100 && number <= 599 ? { status: number } : { code: String(fault) };
  }
  tell(
    `expected an HTTP status, a WEEX code, a rule, or one of ${[...FAULT_NAMES].join(', ')}; got ${show(fault)}`,
  );
  return { fault: 'accept' };
}

function actionOf(rule: WeexEmulatorFaultRule, tell: Tell): FaultAction {
  const { fault, code, status } = rule;
  if (fault !== undefined) {
    if (code !== undefined || status !== undefined) tell('give fault, or code and status, not both');
    if (isFaultName(fault)) return NAMED_FAULTS[fault](rule);
    tell(`expected fault to be one of ${[...FAULT_NAMES].join(', ')}; got ${show(fault)}`);
    return { kind: 'usual' };
  }
  if (status !== undefined && (!Number.isInteger(status) || status < 200 || status > 599)) {
    tell(`expected status to be a whole number from 200 to 599; got ${show(status)}`);
    return { kind: 'usual' };
  }
  if (code !== undefined) {
    if (rule.body !== undefined) tell('give code or body, not both');
    if (Number(code) === 0 && status === undefined) {
      tell(`code ${show(code)} means success: say 'accept', or give the status that contradicts it`);
    }
    return { kind: 'code', code: String(code), msg: rule.msg, status, headers: extraHeaders(rule) };
  }
  if (status !== undefined) {
    if (status < 300 && rule.body === undefined) {
      tell(`status ${status} needs a body to send; for a usual success say 'accept'`);
    }
    return statusAction(status, rule);
  }
  tell('expected one of fault, code and status');
  return { kind: 'usual' };
}

function checkNumbers(rule: WeexEmulatorFaultRule, tell: Tell): void {
  const within = (name: string, value: number | undefined, least: number, most: number): void => {
    if (value !== undefined && !(Number.isInteger(value) && value >= least && value <= most)) {
      tell(`expected ${name} to be a whole number from ${least} to ${most}; got ${show(value)}`);
    }
  };
  within('delayMillis', rule.delayMillis, 0, LONGEST_DELAY_MILLIS);
  within('skewMillis', rule.skewMillis, -MOST_SKEW_MILLIS, MOST_SKEW_MILLIS);
  within('bytes', rule.bytes, 1, MOST_BYTES);
  within('retryAfterSeconds', rule.retryAfterSeconds, 0, 86_400);
  if (rule.times !== Number.POSITIVE_INFINITY) within('times', rule.times, 1, Number.MAX_SAFE_INTEGER);
  const { probability } = rule;
  if (probability !== undefined && !(probability >= 0 && probability <= 1)) {
    tell(`expected probability to be from 0 to 1; got ${show(probability)}`);
  }
}

function checkHeaders(rule: WeexEmulatorFaultRule, tell: Tell): void {
  const given = { ...rule.headers, ...(rule.location === undefined ? {} : { location: rule.location }) };
  for (const [name, value] of Object.entries(given)) {
    try {
      validateHeaderName(name);
      validateHeaderValue(name, value);
    } catch {
      tell(`header ${show(name)} cannot be sent`);
    }
  }
}

const BODY_CONDITIONS = [
  'stage',
  'model',
  'orderId',
  'hasOrderId',
  'bodyIncludes',
  'bodyBytesFrom',
] as const satisfies readonly (keyof WeexEmulatorCondition)[];

function checkCondition(rule: WeexEmulatorFaultRule, tell: Tell): void {
  if (rule.fault !== 'reset-before-body') return;
  const unknowable = BODY_CONDITIONS.filter((name) => rule.when?.[name] !== undefined);
  if (unknowable.length > 0 || rule.per !== undefined) {
    tell('reset-before-body acts before the body is known, so it cannot depend on what the body holds');
  }
  if (rule.accept === true) tell('reset-before-body cannot take a log that it has not read');
}

function labelOf(rule: WeexEmulatorFaultRule): string {
  if (rule.fault === 'clock-skew') return `clock-skew ${rule.skewMillis} ms`;
  if (rule.fault !== undefined) return rule.fault;
  if (rule.code !== undefined) return `${rule.code} ${meaningOf(String(rule.code))}`;
  return `HTTP ${rule.status}`;
}

const show = (value: unknown): string => JSON.stringify(String(value).slice(0, 80));
