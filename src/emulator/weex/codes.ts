import type { EmulatedApiVersion } from './endpoints';

/** What the checks can find wrong with a request. */
export type ProblemKind =
  /** Not WEEX's own refusal: the proxy in front wants one, and answers in plain text. */
  | 'user-agent-missing'
  | 'key-missing'
  | 'signature-missing'
  | 'timestamp-missing'
  | 'passphrase-missing'
  | 'timestamp-invalid'
  | 'timestamp-expired'
  | 'key-unknown'
  | 'signature-wrong'
  | 'passphrase-wrong'
  | 'content-type'
  | 'not-json'
  | 'parameter-empty'
  | 'parameter-invalid'
  | 'order-unknown'
  | 'too-often'
  | 'method'
  | 'not-found'
  | 'too-large';

interface ProblemCodes {
  readonly v2: string;
  readonly v3: string;
}

/**
 * The codes of WEEX's documentation. `403`, `404`, `405`, `413` and v3's `429` are not in it: there the HTTP
 * status is the fact, and the code repeats it, as v2's documented `429` does.
 */
export const PROBLEM_CODES: Readonly<Record<ProblemKind, ProblemCodes>> = {
  'user-agent-missing': { v2: '403', v3: '403' },
  'key-missing': { v2: '40001', v3: '-1040' },
  'signature-missing': { v2: '40002', v3: '-1041' },
  'timestamp-missing': { v2: '40003', v3: '-1042' },
  'passphrase-missing': { v2: '40011', v3: '-1049' },
  'timestamp-invalid': { v2: '40005', v3: '-1043' },
  'timestamp-expired': { v2: '40008', v3: '-1046' },
  'key-unknown': { v2: '40006', v3: '-1044' },
  'signature-wrong': { v2: '40009', v3: '-1047' },
  'passphrase-wrong': { v2: '40012', v3: '-1049' },
  'content-type': { v2: '40007', v3: '-1045' },
  'not-json': { v2: '40017', v3: '-1135' },
  'parameter-empty': { v2: '40019', v3: '-1141' },
  'parameter-invalid': { v2: '40020', v3: '-1142' },
  'order-unknown': { v2: '50005', v3: '-2200' },
  'too-often': { v2: '429', v3: '429' },
  method: { v2: '405', v3: '-1150' },
  'not-found': { v2: '404', v3: '404' },
  'too-large': { v2: '413', v3: '413' },
};

/** What each documented code means, in words of our own; the exchange's texts differ and change. */
const MEANINGS: Readonly<Record<string, string>> = {
  '403': 'Forbidden',
  '404': 'No such path',
  '405': 'Request method not supported',
  '413': 'Request body too large',
  '429': 'Too many requests',
  '30015': 'Too many requests',
  '40001': 'Header ACCESS-KEY is missing',
  '40002': 'Header ACCESS-SIGN is missing',
  '40003': 'Header ACCESS-TIMESTAMP is missing',
  '40005': 'ACCESS-TIMESTAMP is invalid',
  '40006': 'ACCESS-KEY is invalid',
  '40007': 'Content-Type must be application/json',
  '40008': 'ACCESS-TIMESTAMP has expired',
  '40009': 'Signature check failed',
  '40011': 'Header ACCESS-PASSPHRASE is missing',
  '40012': 'API key or passphrase is incorrect',
  '40013': 'The account is frozen',
  '40014': 'Permission denied',
  '40015': 'System error',
  '40016': 'A phone or an authenticator must be bound to the account',
  '40017': 'Parameter verification failed',
  '40018': 'The IP address is not allowed',
  '40019': 'A parameter is empty',
  '40020': 'A parameter is invalid',
  '40021': 'No permission for the open API',
  '40022': 'Insufficient permission',
  '40753': 'The API permission is disabled',
  '50003': 'No permission for this trading pair',
  '50004': 'No permission for this API',
  '50005': 'The order does not exist',
  '-1000': 'Unknown error',
  '-1040': 'Header ACCESS-KEY is missing',
  '-1041': 'Header ACCESS-SIGN is missing',
  '-1042': 'Header ACCESS-TIMESTAMP is missing',
  '-1043': 'ACCESS-TIMESTAMP is invalid',
  '-1044': 'ACCESS-KEY is invalid',
  '-1045': 'Content-Type must be application/json',
  '-1046': 'ACCESS-TIMESTAMP has expired',
  '-1047': 'Signature check failed',
  '-1049': 'API key or passphrase is incorrect',
  '-1050': 'The state of the account forbids this',
  '-1051': 'Permission denied',
  '-1052': 'Insufficient permission',
  '-1053': 'Permission check failed',
  '-1054': 'System error',
  '-1055': 'A phone or an authenticator must be bound to the account',
  '-1056': 'The IP address is not allowed',
  '-1057': 'The account is locked',
  '-1058': 'No permission for this trading pair',
  '-1128': 'The parameters do not go together',
  '-1135': 'The body is not valid JSON',
  '-1140': 'Parameter verification failed',
  '-1141': 'A parameter is empty',
  '-1142': 'A parameter is invalid',
  '-1150': 'Request method not supported',
  '-1160': 'Too many decimal places',
  '-1180': 'The client order id is invalid',
  '-1190': 'Access is forbidden',
  '-2200': 'The order does not exist',
  '-3200': 'The order does not exist',
  '-3235': 'Permission denied',
  '-3236': 'Permission denied',
};

export const meaningOf = (code: string): string => MEANINGS[code] ?? 'Unknown error';

/** WEEX answers errors with 400 but for these. Source: WEEX's table of HTTP statuses. */
const OTHER_STATUSES: Readonly<Record<string, number>> = {
  '403': 403,
  '404': 404,
  '405': 405,
  '413': 413,
  '429': 429,
  '40022': 403,
  '-1150': 405,
};

export const httpStatusOf = (code: string): number => OTHER_STATUSES[code] ?? 400;

/** Something wrong with a request, before it is put into the words of one API version. */
export interface Problem {
  readonly kind: ProblemKind;
  /** Says more than WEEX does: which field, what came, what was expected. Holds no secret and no value. */
  readonly detail: string | undefined;
}

/** A problem as the API version of the request answers it. */
export interface CodedProblem {
  readonly code: string;
  readonly msg: string;
}

export function codeProblem(problem: Problem, apiVersion: EmulatedApiVersion): CodedProblem {
  const code = PROBLEM_CODES[problem.kind][apiVersion];
  const meaning = meaningOf(code);
  return { code, msg: problem.detail === undefined ? meaning : `${meaning}: ${problem.detail}` };
}
