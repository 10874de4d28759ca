import type { Verdict } from '../../delivery/classify';
import type { Exchange } from '../../delivery/transport';

/** What an answer means, and what to do, in a sentence each. */
export interface Explanation {
  readonly found: string;
  readonly mend: string;
}

type Refused = Exclude<Verdict, { kind: 'accepted' }>;

const KEY =
  'compare key and passphrase (case counts) with those of this account; a new or changed key takes up to 15 minutes to work';
const ALLOWLIST =
  "add this machine's public address to the key's allowlist at WEEX; it can be refused for this endpoint alone while trading works";
const PERMISSION =
  'look at the permissions of the key at WEEX; if it has them, WEEX has switched it off and only their support switches it on again';
const SUPPORT = 'ask the support of WEEX';
const CLOCK = 'synchronise the clock of this machine';

const BY_CODE: ReadonlyMap<string, string> = new Map([
  ...['40001', '40002', '40003', '40011', '-1040', '-1041', '-1042'].map(
    (code) => [code, 'something on the way removes the signed headers: look at the proxy'] as const,
  ),
  ...['40006', '40012', '-1044', '-1047', '-1049'].map((code) => [code, KEY] as const),
  ['40009', 'compare the secret with that of this key; if it is right, a proxy changes the body on the way'],
  ...['40018', '-1056'].map((code) => [code, ALLOWLIST] as const),
  ...['40014', '40021', '40022', '40753', '50003', '50004', '-1052', '-1053', '-1057', '-1058'].map(
    (code) => [code, PERMISSION] as const,
  ),
  ...['-1190', '-3235', '-3236'].map((code) => [code, PERMISSION] as const),
  ...['40013', '-1050', '-1051', '-1055'].map((code) => [code, SUPPORT] as const),
  ['40016', 'bind a phone number at WEEX'],
]);

const NETWORK: readonly (readonly [RegExp, string])[] = [
  [/ENOTFOUND|EAI_AGAIN/, 'the name cannot be resolved: look at DNS, or set HTTPS_PROXY'],
  [
    /ECONNREFUSED|EHOSTUNREACH|ENETUNREACH/,
    'nothing listens there, or a firewall refuses: look at the endpoint',
  ],
  [/TIMEOUT|TIMEDOUT/, 'no answer in time: look at firewall and proxy, or raise OTEL_EXPORTER_WEEX_TIMEOUT'],
  [
    /CERT|SIGNATURE|ALTNAME|ISSUER|SELF_SIGNED|TLS|SSL/,
    'the certificate is not trusted: a proxy that reads along needs OTEL_EXPORTER_WEEX_CERTIFICATE',
  ],
  [/PROXY|TUNNEL/, 'the proxy refuses: look at HTTPS_PROXY and NO_PROXY'],
];

/** Explains every answer that is no acceptance. */
export function explain(verdict: Refused, exchange: Exchange): Explanation {
  const { weexCode, httpStatus, reason } = verdict.words;
  if (exchange.kind === 'failure') {
    const known = NETWORK.find(([pattern]) => pattern.test(reason));
    return {
      found: `no answer (${reason})`,
      mend: known?.[1] ?? 'look at the connection, firewall and proxy',
    };
  }
  const status = httpStatus === undefined ? '' : `HTTP ${httpStatus}, `;
  const found = weexCode === undefined ? reason : `${status}code ${weexCode}: ${reason}`;
  const byCode = weexCode === undefined ? undefined : BY_CODE.get(weexCode);
  return { found, mend: byCode ?? byKind(verdict, httpStatus) };
}

function byKind(verdict: Refused, status: number | undefined): string {
  if (verdict.kind === 'clock') return CLOCK;
  if (verdict.kind === 'retry') {
    return verdict.failure === 'rate-limit'
      ? 'the limit of the account is used up, by trading too: try again, or lower OTEL_EXPORTER_WEEX_RATE_LIMIT'
      : 'trouble at WEEX or on the way to it: try again; logs are kept and sent when it works';
  }
  if (status === 521) return ALLOWLIST;
  if (status === 401) return KEY;
  if (status === 403) return `${PERMISSION}; or a firewall in front refuses this machine`;
  if (status === 404) return 'look at OTEL_EXPORTER_WEEX_ENDPOINT and OTEL_EXPORTER_WEEX_API_VERSION';
  if (status !== undefined && status >= 300 && status < 400) {
    return 'name the endpoint that it points to; redirects are never followed with a signed request';
  }
  if (verdict.kind === 'reject' && verdict.known) {
    return 'key, address and permission are all right; WEEX only did not take the fields of this check';
  }
  if (verdict.kind === 'too-large')
    return 'something on the way takes only small requests: look at the proxy';
  return `the code is not documented: before the first accepted log it may mean that the account is not on the competition's list; ${SUPPORT}`;
}
