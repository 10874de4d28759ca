import { httpStatusOf } from './codes';
import type { EmulatedApiVersion } from './endpoints';

/** A whole HTTP answer. */
export interface Reply {
  readonly status: number;
  /** Lower-case names; the length is added when it is sent. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** The code in the body, as text, for the records; `undefined` when the body holds none. */
  readonly code: string | undefined;
}

const JSON_TYPE = { 'content-type': 'application/json;charset=UTF-8' };

/** The three ways in which a success has been seen to be spelled. */
export type SuccessSpelling = 'v2' | 'v3' | 'text-zero';

export function successReply(spelling: SuccessSpelling, serverMillis: number): Reply {
  switch (spelling) {
    case 'v2':
      return jsonReply(200, '00000', {
        code: '00000',
        msg: 'success',
        requestTime: serverMillis,
        data: 'upload success',
      });
    case 'v3':
      return jsonReply(200, '0', { code: 0, msg: 'success', data: 'upload success' });
    case 'text-zero':
      return jsonReply(200, '0', { code: '0', msg: 'success' });
  }
}

/** An error as the API version spells it: v2 has the code as text and a time, v3 the code as a number. */
export function errorReply(
  apiVersion: EmulatedApiVersion,
  serverMillis: number,
  code: string,
  msg: string,
  status: number = httpStatusOf(code),
): Reply {
  return apiVersion === 'v2'
    ? jsonReply(status, code, { code, msg, requestTime: serverMillis, data: null })
    : jsonReply(status, code, { code: Number.isNaN(Number(code)) ? code : Number(code), msg });
}

export function timeReply(apiVersion: EmulatedApiVersion, serverMillis: number): Reply {
  return apiVersion === 'v2'
    ? jsonReply(200, undefined, {
        epoch: (serverMillis / 1_000).toFixed(3),
        iso: new Date(serverMillis).toISOString(),
        timestamp: serverMillis,
      })
    : jsonReply(200, undefined, { serverTime: serverMillis });
}

function jsonReply(status: number, code: string | undefined, value: unknown): Reply {
  return { status, headers: JSON_TYPE, body: JSON.stringify(value), code };
}

/** What the proxy in front of WEEX says, without asking WEEX. */
export function plainReply(status: number, contentType: string, body: string): Reply {
  return { status, headers: { 'content-type': contentType }, body, code: undefined };
}
