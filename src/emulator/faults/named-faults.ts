import { plainReply, type Reply } from '../weex/reply';
import type { WeexEmulatorFaultName, WeexEmulatorFaultRule } from './fault';
import type { FaultAction } from './fault-plan';

const DEFAULT_HUGE_BYTES = 1_048_576;
export const DEFAULT_SLOW_MILLIS = 15_000;

const mangled =
  (mangling: Extract<FaultAction, { kind: 'mangled' }>['mangling']) =>
  (rule: WeexEmulatorFaultRule): FaultAction => ({
    kind: 'mangled',
    mangling,
    bytes: rule.bytes ?? DEFAULT_HUGE_BYTES,
  });

const http =
  (status: number, contentType: string, body: string) =>
  (rule: WeexEmulatorFaultRule): FaultAction => ({
    kind: 'http',
    status,
    headers: { 'content-type': contentType, ...extraHeaders(rule) },
    body: rule.body ?? body,
  });

const usual = (): FaultAction => ({ kind: 'usual' });

/** What each name stands for. */
export const NAMED_FAULTS: Readonly<
  Record<WeexEmulatorFaultName, (rule: WeexEmulatorFaultRule) => FaultAction>
> = {
  accept: usual,
  'accept-as-v2': () => ({ kind: 'spelled', spelling: 'v2' }),
  'accept-as-v3': () => ({ kind: 'spelled', spelling: 'v3' }),
  'accept-as-text-zero': () => ({ kind: 'spelled', spelling: 'text-zero' }),
  slow: usual,
  'slow-body': mangled('slow-body'),
  'ok-empty': http(200, 'application/json', ''),
  'ok-not-json': http(200, 'text/html', '<!doctype html><title>Welcome</title>'),
  'ok-without-code': http(200, 'application/json', '{"msg":"success","data":"upload success"}'),
  'ok-unknown-code': http(200, 'application/json', '{"code":"99999","msg":"accepted for review"}'),
  'truncated-json': mangled('truncated-json'),
  'truncated-body': mangled('truncated-body'),
  'huge-body': mangled('huge-body'),
  'endless-body': mangled('endless-body'),
  'no-answer': mangled('no-answer'),
  'reset-before-body': mangled('reset-before-body'),
  'reset-after-body': mangled('reset-after-body'),
  'half-close': mangled('half-close'),
  garbage: mangled('garbage'),
  'rate-limited': (rule) => ({
    kind: 'code',
    code: '429',
    msg: rule.msg,
    status: 429,
    headers: extraHeaders(rule),
  }),
  'order-unknown': () => ({ kind: 'order-unknown' }),
  'html-521': (rule) => statusAction(521, rule),
  'text-403': (rule) => statusAction(403, rule),
  redirect: (rule) => statusAction(302, rule),
  'clock-skew': (rule) => ({ kind: 'clock-skew', skewMillis: rule.skewMillis ?? 0 }),
};

export const FAULT_NAMES: ReadonlySet<string> = new Set(Object.keys(NAMED_FAULTS));

export const isFaultName = (text: string): text is WeexEmulatorFaultName => FAULT_NAMES.has(text);

/** An HTTP status with what usually comes with it when nothing else is given. */
export function statusAction(status: number, rule: WeexEmulatorFaultRule): FaultAction {
  if (rule.body === undefined && (status === 429 || status === 401 || status === 500)) {
    const code = { 401: '40006', 429: '429', 500: '40015' }[status];
    return { kind: 'code', code, msg: rule.msg, status, headers: extraHeaders(rule) };
  }
  const usualReply = proxyReply(status);
  const location =
    status >= 300 && status < 400 ? { location: rule.location ?? '/moved-by-the-emulator' } : {};
  return {
    kind: 'http',
    status,
    headers: { ...usualReply.headers, ...location, ...extraHeaders(rule) },
    body: rule.body ?? usualReply.body,
  };
}

function proxyReply(status: number): Reply {
  if (status === 403) return plainReply(403, 'text/plain', 'Forbidden');
  return plainReply(
    status,
    'text/html;charset=UTF-8',
    `<html><head><title>Error ${status}</title></head><body><h1>Error ${status}</h1></body></html>`,
  );
}

/** What the rule itself puts into the answer's headers, names in lower case. */
export function extraHeaders(rule: WeexEmulatorFaultRule): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(rule.headers ?? {})) headers[name.toLowerCase()] = value;
  if (rule.retryAfterSeconds !== undefined) headers['retry-after'] = String(rule.retryAfterSeconds);
  return headers;
}
