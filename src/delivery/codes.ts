/** Kinds of trouble that concern WEEX or the way to it, and not one entry. */
export type FailureKind = 'network' | 'server' | 'rate-limit';

export type CodeMeaning =
  | { readonly kind: 'retry'; readonly failure: FailureKind; readonly meaning: string }
  | { readonly kind: 'clock' | 'hold' | 'reject' | 'order-unknown'; readonly meaning: string };

const hold = (meaning: string): CodeMeaning => ({ kind: 'hold', meaning });
const clock = (meaning: string): CodeMeaning => ({ kind: 'clock', meaning });
const reject = (meaning: string): CodeMeaning => ({ kind: 'reject', meaning });
const orderUnknown: CodeMeaning = { kind: 'order-unknown', meaning: 'order does not exist' };
const retry = (failure: FailureKind, meaning: string): CodeMeaning => ({ kind: 'retry', failure, meaning });

/** HTTP 200 alone is no success. v2 answers `"00000"`, v3 `0`, older documents show `"0"`. */
export const SUCCESS_CODES: ReadonlySet<string> = new Set(['00000', '0']);

/**
 * WEEX's error codes as text: v2 sends strings, v3 negative numbers, so one table serves both.
 *
 * A code that is missing here is judged by the HTTP status.
 */
export const CODES: ReadonlyMap<string, CodeMeaning> = new Map([
  // v2
  ['40001', hold('the ACCESS-KEY header is missing')],
  ['40002', hold('the ACCESS-SIGN header is missing')],
  ['40003', hold('the ACCESS-TIMESTAMP header is missing')],
  ['40005', clock('invalid timestamp')],
  ['40006', hold('invalid API key')],
  ['40007', reject('wrong content type')],
  ['40008', clock('timestamp expired')],
  ['40009', hold('the signature check failed')],
  ['40011', hold('the ACCESS-PASSPHRASE header is missing')],
  ['40012', hold('wrong API key or passphrase')],
  ['40013', hold('the account is frozen')],
  ['40014', hold('the API key lacks the permission')],
  ['40015', retry('server', 'system error')],
  ['40016', hold('a phone number has to be bound')],
  ['40017', reject('a parameter failed the check')],
  ['40018', hold('the IP address is not allowed')],
  ['40019', reject('a parameter is empty')],
  ['40020', reject('a parameter is invalid')],
  ['40021', hold('the account lacks the permission of the open API')],
  ['40022', hold('insufficient permission')],
  ['40753', hold('the API permission is disabled')],
  ['50003', hold('no permission for the trading pair')],
  ['50004', hold('no permission for the API')],
  ['50005', orderUnknown],
  ['429', retry('rate-limit', 'too many requests')],
  ['30015', retry('rate-limit', 'too many requests')],
  // v3
  ['-1000', retry('server', 'unknown error')],
  ['-1040', hold('the ACCESS-KEY header is empty')],
  ['-1041', hold('the ACCESS-SIGN header is empty')],
  ['-1042', hold('the ACCESS-TIMESTAMP header is empty')],
  ['-1043', clock('invalid timestamp')],
  ['-1044', hold('invalid API key')],
  ['-1045', reject('wrong content type')],
  ['-1046', clock('timestamp expired')],
  ['-1047', hold('authentication failed')],
  ['-1049', hold('wrong API key or passphrase')],
  ['-1050', hold('the state of the user does not allow it')],
  ['-1051', hold('the state of the user does not allow it')],
  ['-1052', hold('insufficient permission')],
  ['-1053', hold('insufficient permission')],
  ['-1054', retry('server', 'system error')],
  ['-1055', hold('the state of the user does not allow it')],
  ['-1056', hold('the IP address is not allowed')],
  ['-1057', hold('insufficient permission')],
  ['-1058', hold('insufficient permission')],
  ['-1128', reject('a combination of parameters is invalid')],
  ['-1135', reject('a parameter is invalid')],
  ['-1140', reject('a parameter is invalid')],
  ['-1141', reject('a parameter is invalid')],
  ['-1142', reject('a parameter is invalid')],
  ['-1150', reject('wrong method')],
  ['-1160', reject('a parameter is invalid')],
  ['-1180', reject('a parameter is invalid')],
  ['-1190', hold('forbidden')],
  ['-2200', orderUnknown],
  ['-3200', orderUnknown],
  ['-3235', hold('insufficient permission')],
  ['-3236', hold('insufficient permission')],
]);

/** What a status says when there is no code to say it. */
export function statusMeaning(status: number): string | undefined {
  if (status >= 300 && status < 400) return 'a redirect, which is never followed';
  return STATUS_MEANINGS.get(status);
}

const STATUS_MEANINGS: ReadonlyMap<number, string> = new Map([
  [401, 'the API key is not accepted'],
  [403, 'no access'],
  [404, 'no such path at this endpoint'],
  [413, 'larger than WEEX takes'],
  [429, 'too many requests'],
  [521, "the IP address is not on WEEX's allowlist"],
]);
