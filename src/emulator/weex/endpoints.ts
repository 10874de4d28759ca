export type EmulatedApiVersion = 'v2' | 'v3';

export type Endpoint = 'upload' | 'time';

export interface Route {
  readonly endpoint: Endpoint;
  readonly apiVersion: EmulatedApiVersion;
  readonly method: 'GET' | 'POST';
}

/** WEEX's paths, as documented; both versions are served by the same host. */
export const ROUTES: ReadonlyMap<string, Route> = new Map([
  ['/capi/v2/order/uploadAiLog', { endpoint: 'upload', apiVersion: 'v2', method: 'POST' }],
  ['/capi/v3/order/uploadAiLog', { endpoint: 'upload', apiVersion: 'v3', method: 'POST' }],
  ['/capi/v2/market/time', { endpoint: 'time', apiVersion: 'v2', method: 'GET' }],
  ['/capi/v3/market/time', { endpoint: 'time', apiVersion: 'v3', method: 'GET' }],
]);
